// Reading without a network: starts the service worker (sw.js) and tells it what the page on the screen needs.

import { root } from "./store.js";

const workers = location.protocol === "file:" ? undefined : navigator.serviceWorker;
const whenIdle = globalThis.requestIdleCallback ?? setTimeout;
let isControlled = Boolean(workers?.controller);
let isOld = false; // a new version of the site came while this page was open

workers?.addEventListener("controllerchange", () => {
  isOld = isControlled;
  isControlled = true;
  tellWhatIsNeeded();
});

// The scripts of an old page must not meet the pages of a new version: the next link loads its page as a whole.
// The theme leaves links that have a target alone.
addEventListener("click", ({ target }) => isOld && target.closest?.("a:not([target])")?.setAttribute("target", "_self"), true);

// For each page that is shown (main.js).
export function keepForOffline() {
  listKeptPages();
  if (!workers) return;
  if (document.readyState === "complete") whenIdle(start);
  else addEventListener("load", () => whenIdle(start), { once: true });
}

async function start() {
  try {
    const registration = await workers.register(new URL("sw.js", root));
    if (workers.controller) await registration.update();
  } catch (error) {
    console.info(`Pages are not kept or not renewed for use without a network now: ${error.message}`);
  }
  tellWhatIsNeeded();
}

/** Have the page, all that it loaded and its pictures kept. */
export function tellWhatIsNeeded() {
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const pictures = [...document.querySelectorAll("article img")].filter((image) => image.offsetWidth > 0);
  workers?.controller?.postMessage([location.href, ...loaded, ...pictures.map(({ src }) => src)]);
}

// The page that says "offline" (503.html) has a place for links to the pages that can be read now.
async function listKeptPages() {
  const list = document.querySelector(".kept-pages");
  if (!list) return;
  const kept = new Set();
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) kept.add(url);
  }
  const links = new Map();
  for (const link of document.querySelectorAll(".md-nav--primary a.md-nav__link")) {
    if (kept.has(link.href)) links.set(link.href, link.textContent.trim());
  }
  list.replaceChildren(...[...links].map(([href, text]) => item(href, text)));
}

function item(href, text) {
  const link = document.createElement("a");
  link.href = href;
  link.textContent = text;
  const line = document.createElement("li");
  line.append(link);
  return line;
}
