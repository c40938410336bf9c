// Run and change a block of code where it stands. All blocks of a page share one Python session, as in a notebook:
// running a block first runs those above it that have not run yet.

import { markScrollers } from "./accessibility.js";
import { become } from "./buttons.js";
import { ask, end, python, stop as stopPython } from "./python.js";

const FOLD_BEYOND = 24; // lines of output
const IDLE = 800; // milliseconds
const exercisesURL = new URL("../exercises/", import.meta.url);

let ran = new WeakMap(); // the code that the session has run, by block
let editors = new WeakMap(); // the editor of a block that is being changed
let current = null; // the block or exercise that a reader waits for
let page = null; // a place on the page that the session belongs to

python.onProgress = (words) => say(current, words);
python.onEnd = () => {
  ran = new WeakMap();
};

// Instant navigation brings another page: the session ends with the page it belongs to.
document$.subscribe(() => {
  if (page && !page.isConnected) end();
});

export async function run(place) {
  current = page = place;
  const all = [...document.querySelectorAll(".live")];
  const before = all.slice(0, all.indexOf(place)).filter((block) => ran.get(block) !== codeOf(block));
  const button = place.querySelector('[data-do="run"]');
  become(button, "stop", "Stop");
  try {
    for (const block of before) {
      say(place, "Running the blocks above first");
      const result = await runOne(block, all);
      if (result.error) return say(place, "A block above failed: its error stands under it.");
    }
    say(place, "Running");
    const result = await runOne(place, all);
    say(place, result.error ? result.error.message : inWords(place, result));
    if (result.error) showError(place, result.error);
    whileIdle();
  } catch (error) {
    say(place, error.message);
  } finally {
    current = null;
    become(button, "run", "Run");
  }
}

export function stop() {
  stopPython();
}

export async function edit(place) {
  const { openEditor } = await import("./editor.js");
  const shown = place.querySelector(".highlight");
  const host = document.createElement("div");
  host.className = "live-editor";
  shown.before(host);
  shown.hidden = true;
  become(place.querySelector('[data-do="edit"]'), "reset", "Undo my changes");
  const editor = await openEditor(host, { code: codeOf(place), label: `Code of block ${number(place)}`, onRun: () => run(place) });
  editors.set(place, editor);
  editor.focus();
}

export function reset(place) {
  editors.get(place)?.close();
  editors.delete(place);
  place.querySelector(".live-editor")?.remove();
  place.querySelector(".highlight").hidden = false;
  const button = place.querySelector('[data-do="reset"]');
  become(button, "edit", "Change");
  button.focus();
}

export function restart(place) {
  end();
  say(place, "Python starts anew with the next run.");
}

/** Have the answer to an exercise checked: the checks of its exercises.py run against the reader's code. */
export async function checkExercise(place, { file, name, code }) {
  current = page = place;
  const response = await fetch(new URL(file, exercisesURL));
  if (!response.ok) throw new Error(`The checks of this exercise can't be loaded (${response.status}).`);
  let output = "";
  const result = await ask(
    { type: "check", exercises: await response.text(), file, name, code },
    { onOutput: (stream, text) => (output += text) },
  );
  current = null;
  return { ...result, output };
}

async function runOne(place, all) {
  clear(place);
  const code = codeOf(place);
  const result = await ask(
    { type: "run", code, name: `block ${all.indexOf(place) + 1}`, scheme: scheme() },
    { onOutput: (stream, text) => write(place, text, stream), onFigure: (png, alt) => draw(place, png, alt) },
  );
  if (result.error) showError(place, result.error);
  else ran.set(place, code);
  if (result.value) write(place, `${result.value}\n`, "value");
  fold(place);
  markScrollers();
  return result;
}

function codeOf(place) {
  return editors.get(place)?.value() ?? place.querySelector("code").textContent;
}

function number(place) {
  return [...document.querySelectorAll(".live")].indexOf(place) + 1;
}

function scheme() {
  return document.body.dataset.mdColorScheme === "slate" ? "dark" : "light";
}

// What a run comes to. Output that is the one on the page needs no second copy.
function inWords(place, { seconds }) {
  const time = `Done in ${seconds < 0.1 ? "less than 0.1" : seconds.toFixed(1)} s`;
  const [shown, printed] = [":scope > .output samp", ".live-result .stdout"].map((name) => place.querySelector(name));
  if (!shown || shown.textContent.trimEnd() !== printed?.textContent.trimEnd()) return `${time}.`;
  printed.parentElement.hidden = true;
  return `${time}: the same output as on the page.`;
}

function say(place, words) {
  if (!place) return;
  let status = place.querySelector(".live-status, .exercise-status"); // an exercise has its own in the page
  if (!status) {
    status = document.createElement("span");
    status.className = "live-status";
    status.setAttribute("role", "status");
    const again = document.createElement("button");
    again.type = "button";
    become(again, "restart", "Restart Python");
    place.querySelector(".actions").append(again, status);
  }
  status.textContent = words;
}

function resultOf(place) {
  let result = place.querySelector(".live-result");
  if (!result) {
    result = document.createElement("div");
    result.className = "live-result";
    place.append(result);
  }
  return result;
}

function clear(place) {
  for (const image of place.querySelectorAll(".live-result img")) URL.revokeObjectURL(image.src);
  place.querySelector(".live-result")?.replaceChildren();
}

function write(place, text, kind) {
  const result = resultOf(place);
  let samp = result.querySelector(`.${kind}`);
  if (!samp) {
    const pre = document.createElement("pre");
    pre.className = `output of-run of-${kind}`;
    samp = document.createElement("samp");
    samp.className = kind;
    pre.append(samp);
    result.append(pre);
  }
  samp.append(text);
}

function draw(place, png, alt) {
  const size = new DataView(png.buffer, png.byteOffset + 16, 8); // width and height stand at the start of a PNG
  const image = document.createElement("img");
  image.src = URL.createObjectURL(new Blob([png], { type: "image/png" }));
  image.alt = alt;
  image.width = Math.round(size.getUint32(0) / 1.6);
  image.height = Math.round(size.getUint32(4) / 1.6);
  resultOf(place).append(image);
}

function showError(place, { message, traceback }) {
  const result = resultOf(place);
  if (result.querySelector(".live-error")) return;
  const error = document.createElement("div");
  error.className = "live-error";
  const words = document.createElement("strong");
  words.textContent = message;
  error.append(words);
  if (traceback) {
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = "Where it happened";
    const pre = document.createElement("pre");
    pre.textContent = traceback;
    details.append(summary, pre);
    error.append(details);
  }
  result.append(error);
}

function fold(place) {
  for (const pre of place.querySelectorAll(".live-result pre.output")) {
    const lines = pre.textContent.split("\n").length;
    if (lines <= FOLD_BEYOND) continue;
    pre.classList.add("folded");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `Show all ${lines} lines`;
    button.addEventListener("click", () => {
      pre.classList.toggle("folded");
      button.textContent = pre.classList.contains("folded") ? `Show all ${lines} lines` : "Show the first lines only";
    });
    pre.after(button);
  }
}

// The rest of Python, and what draws if the page draws: brought while the reader reads.
let brought = false;
function whileIdle() {
  if (brought) return;
  brought = true;
  const draws = [...document.querySelectorAll(".live code")].some((code) => code.textContent.includes("matplotlib"));
  setTimeout(async () => {
    try {
      for (const bundle of draws ? ["plots", "rest"] : ["rest"]) await ask({ type: "bring", bundle });
    } catch {
      brought = false; // the session ended before; a later run brings it again
    }
  }, IDLE);
}
