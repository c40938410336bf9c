// The page “Your progress”: a table of what was done, and buttons to export, import and erase it.

import { countsOf, lessons, link } from "./progress.js";
import { NewerVersion, merge, parse } from "./state.js";
import { erase, problem, read, update } from "./store.js";

const LARGEST = 5_000_000; // bytes; browsers give a site about as much

export async function restore() {
  const place = document.querySelector('[data-feature="progress"]');
  place.querySelector(".progress-memory").textContent = problem();
  showTable(place, await lessons(), read());
}

// The button “Export”: downloads what is remembered as a file.
export function exportAll(place) {
  const file = new Blob([`${JSON.stringify(read(), null, 1)}\n`], { type: "application/json" });
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(file);
  anchor.download = `mlmath-progress-${new Date().toISOString().slice(0, 10)}.json`;
  anchor.click();
  URL.revokeObjectURL(anchor.href);
  say(place, `Exported as ${anchor.download}. Your browser has put it with your downloads.`);
}

// The button “Import”: asks for a file and adds what it holds.
export function importFile(place) {
  const picker = document.createElement("input");
  picker.type = "file";
  picker.accept = "application/json,.json";
  picker.addEventListener("change", () => importFrom(place, picker.files[0]));
  picker.click();
}

async function importFrom(place, file) {
  if (file.size > LARGEST) {
    say(place, `${file.name} is larger than anything this guide exports, so nothing was changed. Choose another file.`);
    return;
  }
  let imported;
  try {
    imported = parse(await file.text());
  } catch (error) {
    say(place, refusal(file.name, error));
    return;
  }
  const kept = update((state) => Object.assign(state, merge(state, imported)));
  const pages = Object.keys(imported.pages).length;
  const questions = Object.keys(imported.questions).length;
  const exercises = Object.keys(imported.exercises).length;
  const added = `Imported ${file.name}: pages ${pages}, questions ${questions}, exercises ${exercises}.`;
  say(place, kept ? `${added} What you had before is still there.` : `${added} ${problem()}`);
  await restore();
}

function refusal(name, error) {
  if (error instanceof NewerVersion) {
    return `A newer version of this guide wrote ${name}, so nothing was changed. Reload this page, then import again.`;
  }
  const isJson = !(error instanceof SyntaxError);
  const what = isJson ? "was not exported by this guide, or was changed" : "is damaged or no JSON file";
  return `${name} ${what}, so nothing was changed. Choose a file that you got from Export.`;
}

// The button “Erase”: asks once more, in the page.
export function eraseAll(place) {
  if (!place.querySelector(".progress-sure")) place.querySelector(".actions").after(questionToBeSure());
  place.querySelector('[data-do="keepAll"]').focus();
}

function questionToBeSure() {
  const question = document.createElement("div");
  question.className = "actions progress-sure";
  question.setAttribute("role", "group");
  question.setAttribute("aria-label", "Erase all that is remembered? This can't be undone.");
  const words = document.createElement("span");
  words.textContent = "Erase all that is remembered? This can't be undone.";
  question.append(words, button("keepAll", "Keep it"), button("eraseNow", "Erase it now"));
  return question;
}

function button(name, label) {
  const made = document.createElement("button");
  made.type = "button";
  made.dataset.do = name;
  made.textContent = label;
  return made;
}

export function keepAll(place) {
  place.querySelector(".progress-sure").remove();
  place.querySelector('[data-do="eraseAll"]').focus();
  say(place, "Nothing was erased.");
}

export async function eraseNow(place) {
  keepAll(place);
  const done = erase();
  say(place, done ? "All of it is erased." : problem());
  await restore();
}

function say(place, message) {
  place.querySelector(".progress-message").textContent = message;
}

function showTable(place, all, state) {
  const table = place.querySelector("table");
  for (const body of table.querySelectorAll("tbody")) body.remove();
  for (const branch of new Set(all.map((lesson) => lesson.branch))) {
    table.append(bodyOf(branch, all.filter((lesson) => lesson.branch === branch), state));
  }
}

// The rows of a branch: one for the whole of it, then one for each of its pages.
function bodyOf(branch, its, state) {
  const body = document.createElement("tbody");
  const counts = its.map((lesson) => ({ lesson, ...countsOf(lesson, state) }));
  const sum = (number) => counts.reduce((total, count) => total + number(count), 0);
  const total = row("rowgroup", branch, [
    of(sum(({ right }) => right), sum(({ lesson }) => lesson.questions.length)),
    of(sum(({ solved }) => solved), sum(({ lesson }) => lesson.exercises.length)),
    of(sum(({ isRead }) => isRead), its.length),
  ]);
  total.className = "progress-branch";
  body.append(total);
  for (const { lesson, right, solved, isRead } of counts) {
    const done = [of(right, lesson.questions.length), of(solved, lesson.exercises.length)];
    body.append(row("row", link(lesson.page, lesson.title), [...done, isRead ? "read" : "not yet"]));
  }
  return body;
}

function row(scope, name, texts) {
  const made = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = scope;
  head.append(name);
  made.append(head);
  for (const text of texts) made.insertCell().textContent = text;
  return made;
}

function of(done, all) {
  return all ? `${done} of ${all}` : "–";
}
