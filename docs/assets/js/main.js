// What a page can do beyond being read. A feature is loaded when a reader first presses one of its buttons:
// until then a page costs no more than this file, and what it remembers of the reader (store.js, progress.js).

import { keepForOffline } from "./offline.js";
import { showProgress } from "./progress.js";

const features = {
  live: () => import("./live.js"), // run and change a block of code
  quiz: () => import("./quiz.js"), // answer a question
  exercise: () => import("./exercise.js"), // write code and have it checked
  explore: () => import("./explore.js"), // move the slider of a figure
  progress: () => import("./progress_page.js"), // see, export, import and erase what is remembered
};

// <section data-feature="exercise"> ... <button data-do="check">: calls check(section) of exercise.js
document.addEventListener("click", (event) => act(event.target.closest("button[data-do]")));
document.addEventListener("input", (event) => act(event.target.closest("input[data-do]"))); // a slider that moves

async function act(control) {
  const place = control?.closest("[data-feature]");
  if (!place) return;
  const feature = await features[place.dataset.feature]().catch(loadPageAnew);
  feature[control.dataset.do](place);
}

// The page is older than the scripts on the server, and they don't fit: the page is loaded with all that is new.
function loadPageAnew(error) {
  if (navigator.onLine) location.reload();
  throw error;
}

// A reader who has run code before will run this, too: Python starts while the pointer or the focus is on Run.
for (const sign of ["pointerover", "focusin"]) {
  document.addEventListener(sign, async (event) => {
    if (!event.target.closest?.('.live [data-do="run"]') || !(await caches.has("mlmath-python"))) return;
    (await import("./python.js")).boot().catch(() => {}); // the press that follows says what is wrong
  });
}

// Enter in a field of one line presses the button beside it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches('[data-feature] input[type="text"]')) return;
  event.target.closest("[data-feature]").querySelector("button[data-do]").click();
});

// The theme announces each page that it shows: the first one, and those of instant navigation.
document$.subscribe(async () => {
  showProgress();
  keepForOffline();
  for (const name of ["quiz", "exercise", "progress"]) {
    if (document.querySelector(`[data-feature="${name}"][data-remembered]`)) (await features[name]()).restore();
  }
});

document.documentElement.dataset.ready = ""; // the buttons show: from now on no press is lost
