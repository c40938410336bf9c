// Notes which pages were opened and read to the end, and shows, quietly, what was answered and solved.
// Nothing on a page moves for it: its line stands in the gap under the title, its list is added below the screen.

import { here, read, root, update } from "./store.js";

let observer = new IntersectionObserver(() => {});

// For each page that is shown (main.js).
export function showProgress() {
  observer.disconnect();
  markRemembered();
  if (isLesson()) {
    noteOpened();
    noteRead();
    showLine();
  } else if (here() === "") {
    showHome();
  }
}

addEventListener("mlmath:remembered", () => {
  if (isLesson()) showLine();
});

// Pages that are read from beginning to end: those with facts under the title, and labs.
function isLesson() {
  const isReference = here().startsWith("reference/");
  return here().startsWith("labs/") || (document.querySelector("article .facts") !== null && !isReference);
}

// main.js loads the features of these places at once, so that they put back what is remembered.
function markRemembered() {
  const { questions, exercises } = read();
  for (const place of document.querySelectorAll("[data-feature]")) {
    const remembered = { quiz: questions, exercise: exercises }[place.dataset.feature];
    if (remembered && Object.hasOwn(remembered, place.id)) place.dataset.remembered = "";
  }
}

function noteOpened() {
  const title = document.querySelector("article h1").cloneNode(true);
  title.querySelector(".headerlink")?.remove();
  const last = { page: here(), title: title.textContent.trim(), at: new Date().toISOString() };
  update((state) => {
    state.last = last;
    state.pages[last.page] ??= { opened: true, read: false };
  });
}

// A page counts as read when its last section has been on the screen.
function noteRead() {
  const page = here();
  observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    if (!read().pages[page]?.read) update(({ pages }) => (pages[page] = { opened: true, read: true }));
  });
  const headings = document.querySelectorAll("article h2");
  observer.observe([...headings].at(-1) ?? document.querySelector("article").lastElementChild);
}

function showLine() {
  const ids = (selector) => [...document.querySelectorAll(selector)].map((place) => place.id);
  const lesson = { page: here(), questions: ids("fieldset.quiz"), exercises: ids("section.exercise") };
  const done = whatWasDone(lesson, read());
  if (done) lineUnderTitle(`You: ${done}`);
}

function lineUnderTitle(...parts) {
  const title = document.querySelector("article h1");
  const line = title.parentElement.querySelector(".progress-line") ?? document.createElement("p");
  line.className = "progress-line";
  line.replaceChildren(...parts);
  title.after(line);
}

// “5 of 12 questions right, 1 of 3 exercises solved, not read to the end yet”, or "" if there is nothing to tell.
export function whatWasDone(lesson, state) {
  const { right, solved, isRead } = countsOf(lesson, state);
  if (!right && !solved && !isRead && !lesson.questions.some((id) => id in state.questions)) return "";
  const parts = [];
  if (lesson.questions.length) parts.push(`${right} of ${lesson.questions.length} questions right`);
  if (lesson.exercises.length) parts.push(`${solved} of ${lesson.exercises.length} exercises solved`);
  parts.push(isRead ? "read to the end" : "not read to the end yet");
  return parts.join(", ");
}

export function countsOf(lesson, state) {
  return {
    right: lesson.questions.filter((id) => state.questions[id]?.right).length,
    solved: lesson.exercises.filter((id) => state.exercises[id]?.solved).length,
    isRead: state.pages[lesson.page]?.read === true,
  };
}

// All lessons of the site with the ids of their questions and exercises (sitekit/progress.py).
export async function lessons() {
  if (location.protocol === "file:") return globalThis.lessonsOnDisk; // where nothing can be fetched (sitekit/bundle.py)
  const answer = await fetch(new URL("progress.json", root));
  if (!answer.ok) throw new Error(`progress.json: ${answer.status}. Build the site again; this file belongs to it.`);
  return answer.json();
}

export function link(page, title) {
  const made = document.createElement("a");
  made.href = new URL(location.protocol === "file:" ? `${page}index.html` : page, root);
  made.textContent = title;
  return made;
}

async function showHome() {
  const state = read();
  if (!state.last) return;
  const article = document.querySelector("article");
  lineUnderTitle("Continue where you left off: ", link(state.last.page, state.last.title));
  const list = document.createElement("ul");
  for (const lesson of await lessons()) {
    const done = whatWasDone(lesson, state);
    if (!done) continue;
    const item = document.createElement("li");
    item.append(link(lesson.page, lesson.title), `: ${done}`);
    list.append(item);
  }
  if (list.childElementCount) addBelowScreen(article, list);
}

// Adds a list at the end of the page, as soon as that end is not on the screen.
function addBelowScreen(article, list) {
  const heading = document.createElement("h2");
  heading.textContent = "What you did so far";
  observer = new IntersectionObserver(([entry]) => {
    if (entry.isIntersecting || entry.boundingClientRect.top < innerHeight) return;
    observer.disconnect();
    article.append(heading, list);
  });
  observer.observe(document.querySelector(".md-footer"));
}
