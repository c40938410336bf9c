// What is remembered of a reader, as plain data: how it looks, whether it can be trusted, how two of them become one.
//
// {version: 1, last: {page, title, at}, pages: {page: {opened, read}},
//  questions: {id: {page, answer, right}}, exercises: {id: {page, code, solved, solvedCode?}}}
// A page is its path below the site's root: "calculus/calculus_for_ml/".

export const VERSION = 1;

export class NewerVersion extends Error {}

export function empty() {
  return { version: VERSION, last: null, pages: {}, questions: {}, exercises: {} };
}

// The state that a text describes. Throws if it doesn't describe one, or if a later version of the guide wrote it.
export function parse(text) {
  const state = JSON.parse(text);
  if (Number.isInteger(state?.version) && state.version > VERSION) {
    throw new NewerVersion("A newer version of this guide wrote it.");
  }
  if (!isState(state)) throw new TypeError("This guide did not write it.");
  return state;
}

const isText = (value) => typeof value === "string";
const isTruth = (value) => typeof value === "boolean";
const isPage = (value) => isText(value) && /^([A-Za-z0-9][\w.-]*\/)+$/.test(value);
const isId = (value) => /^[a-z][a-z0-9-]*$/.test(value);
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

export function isState(value) {
  return (
    isRecord(value) &&
    value.version === VERSION &&
    (value.last === null || (isRecord(value.last) && isLast(value.last))) &&
    every(value.pages, isPage, (page) => isTruth(page.opened) && isTruth(page.read)) &&
    every(value.questions, isId, isAnswered) &&
    every(value.exercises, isId, isWritten)
  );
}

function every(entries, isName, isEntry) {
  if (!isRecord(entries)) return false;
  return Object.entries(entries).every(([name, entry]) => isName(name) && isRecord(entry) && isEntry(entry));
}

function isLast({ page, title, at }) {
  return isPage(page) && isText(title) && isText(at) && !Number.isNaN(Date.parse(at));
}

function isAnswered({ page, answer, right }) {
  return isPage(page) && (isText(answer) || (Array.isArray(answer) && answer.every(isText))) && isTruth(right);
}

function isWritten({ page, code, solved, solvedCode }) {
  return isPage(page) && isText(code) && isTruth(solved) && (solvedCode === undefined || isText(solvedCode));
}

// Nothing is lost: read, right and solved win; otherwise what is in `mine` does.
export function merge(mine, other) {
  const later = (mine.last?.at ?? "") >= (other.last?.at ?? "") ? mine.last : other.last;
  return {
    version: VERSION,
    last: later,
    pages: joined(mine.pages, other.pages, mergePages),
    questions: joined(mine.questions, other.questions, (a, b) => (b.right && !a.right ? b : a)),
    exercises: joined(mine.exercises, other.exercises, mergeExercises),
  };
}

function joined(mine, other, mergeEntries) {
  const both = Object.keys(mine).filter((name) => Object.hasOwn(other, name));
  const merged = both.map((name) => [name, mergeEntries(mine[name], other[name])]);
  return { ...other, ...mine, ...Object.fromEntries(merged) };
}

function mergePages(mine, other) {
  return { opened: mine.opened || other.opened, read: mine.read || other.read };
}

function mergeExercises(mine, other) {
  const merged = { ...mine, code: mine.code || other.code, solved: mine.solved || other.solved };
  const solvedCode = mine.solvedCode ?? other.solvedCode ?? (other.solved && !mine.solved ? other.code : undefined);
  return solvedCode === undefined ? merged : { ...merged, solvedCode };
}
