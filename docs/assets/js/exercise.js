// An exercise: write an answer in the page, have it checked, read what each check says.

import { become } from "./buttons.js";
import { openEditor } from "./editor.js";
import { problem, read, update } from "./store.js";

const editors = new Map(); // section -> its open editor
const timers = new Map(); // section -> the timer that keeps its code once the reader pauses
const before = new WeakMap(); // section -> the answer that "Start over" took out of the editor

export async function write(section) {
  if (!section.dataset.opened) {
    section.dataset.opened = "opening"; // a second press while the editor loads opens no second one
    await open(section);
    section.dataset.opened = "open";
  }
  editors.get(section)?.focus();
}

async function open(section) {
  const starter = section.querySelector(":scope > .highlight");
  const host = document.createElement("div");
  starter.after(host);
  const { code, solved } = remembered(section);
  const editor = await openEditor(host, {
    code: code || starterOf(section),
    label: `Your answer: ${section.dataset.name}`,
    onRun: () => check(section),
    onChange: () => keepSoon(section),
  });
  starter.hidden = true;
  editors.set(section, editor);
  if (solved) show(section, "You have solved this exercise.");
}

export async function check(section) {
  if (section.dataset.checking) return;
  keep(section);
  section.dataset.checking = "yes";
  const button = section.querySelector('[data-do="check"]');
  become(button, "stop", "Stop");
  show(section, "Checking your answer.");
  const { file, name } = section.dataset;
  const code = editors.get(section).value();
  try {
    const { checkExercise } = await import("./live.js");
    showResult(section, await checkExercise(section, { file, name, code }));
  } catch (error) {
    const cure = "The first check loads Python: see whether you are online, then reload the page and check again.";
    show(section, `The checks did not run: ${error.message}`, text("p", `Your answer stays in the editor. ${cure}`));
  } finally {
    delete section.dataset.checking;
    become(button, "check", "Check");
  }
}

// For an answer that would never end.
export async function stop() {
  const { stop: stopPython } = await import("./python.js");
  stopPython();
}

export function reset(section) {
  const editor = editors.get(section);
  before.set(section, editor.value());
  editor.replace(starterOf(section));
  keep(section);
  const back = text("button", "Bring my answer back");
  back.type = "button";
  back.dataset.do = "bringBack";
  const actions = element("div", "actions", back);
  show(section, "The starter is back in the editor.", actions);
}

export function bringBack(section) {
  const editor = editors.get(section);
  editor.replace(before.get(section));
  keep(section);
  editor.focus();
  show(section, "Your answer is back in the editor.");
}

// Says on the button of each exercise what this browser remembers of it.
export function restore() {
  for (const section of document.querySelectorAll('[data-feature="exercise"]')) {
    const { code, solved } = remembered(section);
    const button = section.querySelector('[data-do="write"]');
    if (solved) button.textContent = "✓ Solved: open it again";
    else if (code) button.textContent = "Continue your answer";
  }
}

function remembered(section) {
  return read().exercises[section.id] ?? { code: "", solved: false };
}

function starterOf(section) {
  return `${section.querySelector(":scope > .highlight code").textContent.trimEnd()}\n`;
}

function keepSoon(section) {
  clearTimeout(timers.get(section));
  timers.set(section, setTimeout(() => keep(section), 500));
}

function keep(section) {
  clearTimeout(timers.get(section));
  timers.delete(section);
  const code = editors.get(section).value();
  remember(section, { code: code === starterOf(section) ? "" : code }); // in the store, no code means the starter
}

function remember(section, what) {
  const page = section.dataset.file.replace("exercises.py", "");
  update(({ exercises }) => {
    exercises[section.id] = { ...remembered(section), page, ...what };
  });
}

// A reader who types and leaves at once loses nothing.
function keepAll() {
  for (const section of timers.keys()) keep(section);
}

addEventListener("pagehide", keepAll);
document$.subscribe(() => {
  keepAll();
  for (const [section, editor] of editors) {
    if (section.isConnected) continue;
    editor.close();
    editors.delete(section);
  }
});

function showResult(section, { error, output, checks }) {
  const printed = output ? [fold("Your code printed", output, true)] : [];
  if (error) {
    const told = [text("p", error.message, "exercise-error"), fold("Traceback", error.traceback)];
    show(section, "Your code stopped before it could be checked.", ...told, ...printed);
    return;
  }
  const passed = checks.filter((check) => check.passed).length;
  const solved = passed === checks.length;
  if (solved) remember(section, { solved });
  const summary = solved ? "Solved: every check passes." : `${passed} of ${checks.length} checks pass.`;
  const lines = checks.map((check) => checkLine(section, check));
  show(section, summary, element("ul", "exercise-verdicts", ...lines), ...printed);
}

function checkLine(section, { name, sentence, passed, message }) {
  const typeset = section.querySelector(`[data-check="${name}"]`); // the same sentence with its formulas
  const words = typeset ? typeset.cloneNode(true).childNodes : [sentence];
  const verdict = text("strong", passed ? "✓ Passes: " : "✗ Not yet: ");
  const line = element("li", passed ? "right" : "wrong", verdict, ...words);
  if (!passed) line.append(text("p", message, "exercise-message"));
  return line;
}

// A line for everyone, read aloud by screen readers, and what belongs to it.
function show(section, summary, ...more) {
  if (problem()) more.push(text("p", problem(), "exercise-note"));
  section.querySelector(".exercise-status").textContent = summary;
  section.querySelector(".exercise-result").replaceChildren(...more);
}

function fold(summary, content, isOpen = false) {
  const output = element("pre", "exercise-output", text("samp", content));
  const details = element("details", "", text("summary", summary), output);
  details.open = isOpen;
  return details;
}

function text(tag, content, className = "") {
  return element(tag, className, content);
}

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children); // strings become text, never HTML
  return made;
}
