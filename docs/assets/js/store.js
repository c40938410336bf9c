// Remembers the reader in this browser: one key of localStorage (see state.js), read again before each change,
// so that several tabs share it. What the browser refuses to keep lasts as long as the page is open.

import { NewerVersion, empty, isState, merge, parse } from "./state.js";

const KEY = "mlmath";
const ASIDE = "mlmath-unreadable";
const FOR_NOW = "What you do here is kept until you reload or close this page.";
const PROBLEMS = {
  disabled: `Your browser does not let this site remember anything. ${FOR_NOW}
    To keep more, allow this site to store data.`,
  full: `The space that your browser gives to this site is full. ${FOR_NOW}
    To keep more, export your progress and clear the data of this site.`,
  newer: `A newer version of this guide wrote what this browser remembers, so it stays as it is. ${FOR_NOW}
    To go on with it, reload the page.`,
  aside: `What this browser remembered could not be read. It was set aside (in localStorage, under a name that starts
    with ${ASIDE}), and a new record begins.`,
  stuck: `What this browser remembered can't be read, and there is no room to set it aside, so it stays as it is.
    ${FOR_NOW} To begin again, erase it under “Your progress”.`,
};

let unsaved = null; // the state with changes that could not be stored
let trouble = ""; // one of PROBLEMS

// The root of the site, wherever it is served, and the path of the shown page below it.
export const root = new URL("../../", import.meta.url);

export function here() {
  return location.pathname.slice(root.pathname.length).replace(/index\.html$/, "");
}

// What is remembered. Change it only in update().
export function read() {
  const stored = load() ?? empty();
  return unsaved ? merge(unsaved, stored) : stored;
}

// Calls change(state), keeps the state, and says whether this browser will have it after a reload.
export function update(change) {
  const state = read();
  change(state);
  if (!isState(state)) throw new TypeError("A change must leave a state as state.js describes it. Correct the change.");
  const kept = save(state);
  unsaved = kept ? null : state;
  dispatchEvent(new Event("mlmath:remembered"));
  return kept;
}

// A sentence for the reader if something can't be remembered, or "".
export function problem() {
  return (PROBLEMS[trouble] ?? "").replace(/\s+/g, " ");
}

// Forgets everything, also what can't be read. Says whether that worked.
export function erase() {
  unsaved = null;
  trouble = "";
  try {
    for (const key of Object.keys(localStorage)) if (key === KEY || key.startsWith(ASIDE)) localStorage.removeItem(key);
  } catch (error) {
    note(error, "disabled");
  }
  dispatchEvent(new Event("mlmath:remembered"));
  return !trouble;
}

// The stored state, or null if there is none that this version can read.
function load() {
  let text;
  try {
    text = localStorage.getItem(KEY);
  } catch (error) {
    return note(error, "disabled");
  }
  if (text === null) return good(null);
  try {
    return good(parse(text));
  } catch (error) {
    return error instanceof NewerVersion ? note(error, "newer") : setAside(text);
  }
}

// What stood in the way of saving is gone, perhaps because another tab erased it.
function good(state) {
  if (["newer", "stuck"].includes(trouble)) trouble = "";
  return state;
}

function save(state) {
  if (["newer", "stuck"].includes(trouble)) return false;
  try {
    localStorage.setItem(KEY, JSON.stringify(state));
  } catch (error) {
    note(error, error.name === "QuotaExceededError" ? "full" : "disabled");
    return false;
  }
  if (trouble !== "aside") trouble = "";
  return true;
}

// Keeps a text that can't be read under a key of its own.
function setAside(text) {
  try {
    localStorage.setItem(`${ASIDE}-${new Date().toISOString()}`, text);
    localStorage.removeItem(KEY);
  } catch (error) {
    return note(error, "stuck");
  }
  trouble = "aside";
  return null;
}

function note(error, kind) {
  if (trouble !== kind) console.info(`mlmath: ${error}`);
  trouble = kind;
  return null;
}
