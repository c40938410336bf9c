// When two answers are the same: words, and what a program prints.

const NUMBER = /[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?/g;
const DIGITS_OF_NUMPY = 8;

// Case, blanks, hyphens, an article in front, quotation marks and a full stop at the end don't count.
export function sameText(accepted, typed) {
  return plainText(accepted) === plainText(typed);
}

export function plainText(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/["'`“”‘’$]/g, "")
    .trim()
    .replace(/^(?:the|an|a)\s+/, "")
    .replace(/[\s\-‐‑–—]+/g, "")
    .replace(/[.,;:!?]+$/, "");
}

// As the tests of this guide compare outputs (sitekit/outputs.py), line by line.
export function sameOutput(shown, typed) {
  const [ours, theirs] = [linesOf(shown), linesOf(typed)];
  return ours.length === theirs.length && ours.every((line, index) => sameLine(line, theirs[index]));
}

// The same numbers and the same words, in another form: 4 for 4.0, [1,2] for [1, 2].
export function almostSameOutput(shown, typed) {
  const words = (text) => text.replace(NUMBER, "#").replace(/[\s,;'"]+/g, "").toLowerCase();
  const [ours, theirs] = [linesOf(shown).join("\n"), linesOf(typed).join("\n")];
  const numbers = theirs.match(NUMBER) ?? [];
  return words(ours) === words(theirs) && (ours.match(NUMBER) ?? []).every((n, i) => Number(n) === Number(numbers[i]));
}

function linesOf(text) {
  const lines = text.replace(/−/g, "-").split(/\r?\n/).map((line) => line.trimEnd());
  while (lines.at(-1) === "") lines.pop();
  return lines;
}

function sameLine(shown, typed) {
  if (shown.replace(NUMBER, "#") !== typed.replace(NUMBER, "#")) return false;
  const numbers = typed.match(NUMBER) ?? [];
  return (shown.match(NUMBER) ?? []).every((number, index) => samePrintedNumber(number, numbers[index]));
}

// Integers exactly, floats to one unit in the last shown digit.
function samePrintedNumber(shown, typed) {
  if (shown === typed) return true;
  if (/^[-+]*\d+$/.test(shown) || /^[-+]*\d+$/.test(typed)) return false;
  return Math.abs(Number(shown) - Number(typed)) <= 1.000001 * unitOf(shown); // the unit is not exact in binary
}

function unitOf(number) {
  const [mantissa, exponent = "0"] = number.toLowerCase().split("e");
  const decimals = mantissa.endsWith(".") ? DIGITS_OF_NUMPY : (mantissa.split(".")[1] ?? "").length;
  return 10 ** (Number(exponent) - decimals);
}
