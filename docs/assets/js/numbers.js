// Reads a number as people type it: 1/3, .333, 0,333, 33.3%, 2*10^-1, −3, (2+4)/3, sqrt(2).

const EXAMPLES = "Write it like 0.25, 1/4, -3 or 2.5e-1.";
const LONGEST = 200;
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻";
const CONSTANTS = { pi: Math.PI, "π": Math.PI, e: Math.E };
const ROOTS = ["sqrt", "√"];
const AMBIGUOUS = /^[1-9]\d{0,2},\d{3}(?![\d.,])/; // 1,234: a thousand and more, or one and a bit?

// How a numeral can be written, and the mark of its decimals. The first one that fits is taken.
const NUMERALS = [
  [/^[1-9]\d{0,2}([ _']\d{3})+([.,]\d+)?(?![\d.,])/, /[.,]/], // 20 000.5
  [/^[1-9]\d{0,2}(,\d{3}){2,}(\.\d+)?(?![\d.,])/, "."], // 1,000,000.5
  [/^[1-9]\d{0,2}(,\d{3})+\.\d+(?![\d.,])/, "."], // 20,000.5
  [/^[1-9]\d{0,2}(\.\d{3}){2,}(,\d+)?(?![\d.,])/, ","], // 1.000.000,5
  [/^[1-9]\d{0,2}(\.\d{3})+,\d+(?![\d.,])/, ","], // 20.000,5
  [/^(\d+([.,]\d*)?|[.,]\d+)(?![\d.,])/, /[.,]/], // 0.333  0,333  .333  3.
];

export class Unreadable extends Error {}

// The value of what was typed. Throws Unreadable, whose message a reader can act on.
export function readNumber(text) {
  const unreadable = () => new Unreadable(`I can't read “${shortened(text)}” as a number. ${EXAMPLES}`);
  if (text.length > LONGEST) throw unreadable();
  const tokens = tokensOf(plain(text), unreadable);
  let next = 0;
  const take = (...signs) => (signs.includes(tokens[next]) ? tokens[next++] : null);

  function sum() {
    let value = product();
    for (let sign = take("+", "-"); sign; sign = take("+", "-")) value += sign === "+" ? product() : -product();
    return value;
  }

  function product() {
    let value = signed();
    for (let sign = take("*", "/"); sign; sign = take("*", "/")) {
      const factor = signed();
      value = sign === "*" ? value * factor : value / factor;
    }
    return value;
  }

  function signed() {
    const sign = take("+", "-");
    if (sign) return sign === "-" ? -signed() : signed();
    const base = percent();
    return take("^") ? base ** signed() : base; // -2^2 is -4, and 2^-1 is a half
  }

  function percent() {
    const value = atom();
    return take("%") ? value / 100 : value;
  }

  function atom() {
    const token = tokens[next++];
    if (typeof token === "number") return token;
    if (ROOTS.includes(token)) return Math.sqrt(atom());
    if (Object.hasOwn(CONSTANTS, token)) return CONSTANTS[token];
    if (token !== "(") throw unreadable();
    const value = sum();
    if (!take(")")) throw unreadable();
    return value;
  }

  const value = sum();
  if (next < tokens.length) throw unreadable();
  if (!Number.isFinite(value)) throw new Unreadable(`“${shortened(text)}” has no finite value. ${EXAMPLES}`);
  return value;
}

// The same in plain characters: keyboards have several signs for minus and times, and blanks of several widths.
function plain(text) {
  return text
    .toLowerCase()
    .replace(/[\s\u00a0\u2009\u202f]+/g, " ")
    .replace(/^ ?[=≈~] ?/, "")
    .replace(/[−–—]/g, "-")
    .replace(/\*\*/g, "^")
    .replace(/[×·⋅∙∗]/g, "*")
    .replace(/[÷∕⁄]/g, "/")
    .replace(/’/g, "'")
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+/g, (raised) => `^(${lowered(raised)})`);
}

function lowered(raised) {
  return [...raised].map((sign) => "0123456789+-"[SUPERSCRIPTS.indexOf(sign)]).join("");
}

function tokensOf(text, unreadable) {
  const tokens = [];
  let rest = text.trim();
  while (rest) {
    const [token, length] = numeral(rest) ?? sign(rest) ?? [];
    if (!length) throw unreadable();
    tokens.push(token);
    rest = rest.slice(length).trimStart();
  }
  return tokens;
}

function numeral(text) {
  const ambiguous = text.match(AMBIGUOUS)?.[0];
  if (ambiguous) {
    const [whole, point] = [ambiguous.replace(",", ""), ambiguous.replace(",", ".")];
    throw new Unreadable(`“${ambiguous}” can mean ${whole} or ${point}. Write it as one of them.`);
  }
  for (const [form, decimalMark] of NUMERALS) {
    const digits = text.match(form)?.[0];
    if (!digits) continue;
    const parts = digits.split(decimalMark);
    const exponent = text.slice(digits.length).match(/^e[-+]?\d+/)?.[0] ?? "";
    const value = Number(`${parts[0].replace(/\D/g, "") || 0}.${parts[1] || 0}${exponent}`);
    return [value, digits.length + exponent.length];
  }
  return null;
}

function sign(text) {
  const name = text.match(/^([a-zπ]+|[-+*/^%()√])/)?.[0];
  return name ? [name, name.length] : null;
}

function shortened(text) {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text.trim();
}
