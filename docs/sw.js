// The service worker: what a reader has visited can be read again without a network.
//
// Where there is a network, everything comes from there and is checked with the server, so nothing is ever stale.
// Copies are kept under the version of the build. A new version first fetches anew all that the old one kept;
// when that is complete, the old copies go. Python's own files are kept by python.js.

const VERSION = ""; // the build writes a hash of all files here; `serve` leaves it empty, and then nothing is kept
const CORE = []; // the build lists here what any page may need: scripts, search, the page that says "offline"
const MOST = 1000; // files that are kept; the oldest go first
const HASHED = /\.[0-9a-f]{8}\.min\.(js|css)$/; // the theme's files: what has this name never changes
const PYTHON = /\/assets\/runtime\//;
const LARGE = /\.(wasm|gz|zip)$/; // browsers keep compiled WebAssembly only if nobody stands between

const root = new URL("./", location).href;
const ofThisSite = `mlmath-pages ${root} `; // others may live on the same host
const name = ofThisSite + VERSION;
const core = CORE.map((path) => new URL(path, root).href);

self.addEventListener("install", (event) => {
  self.skipWaiting();
  if (VERSION) event.waitUntil(prepare());
});

self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

self.addEventListener("message", (event) => event.waitUntil(keepMissing(event.data)));

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (VERSION && method === "GET" && url.startsWith(root) && !LARGE.test(url)) event.respondWith(answer(event));
});

// If the network fails here, the browser tries again at the next page, and the old version goes on until then.
async function prepare() {
  const old = (await keptBy(await olderNames())).filter((url) => !core.includes(url));
  const pages = await caches.open(name);
  await pages.addAll(core.map((url) => new Request(url, { cache: "no-cache" })));
  await Promise.all(old.map(fetchAndKeep));
}

async function takeOver() {
  for (const older of await olderNames()) await caches.delete(older);
  if (!VERSION) return registration.unregister();
  return self.clients.claim();
}

async function olderNames() {
  return (await caches.keys()).filter((other) => other.startsWith(ofThisSite) && (other !== name || !VERSION));
}

async function keptBy(names) {
  const requests = await Promise.all(names.map(async (each) => (await caches.open(each)).keys()));
  return requests.flat().map(({ url }) => url);
}

// A page tells what it loaded before there was a service worker, and the pictures that it will load when scrolled to.
async function keepMissing(urls) {
  if (!VERSION) return;
  const kept = new Set(await keptBy([name]));
  const wanted = new Set(urls.map(plain).filter((url) => url.startsWith(root) && !PYTHON.test(url)));
  for (const url of wanted) if (!kept.has(url)) await fetchAndKeep(url);
}

async function fetchAndKeep(url) {
  await keep(url, await fetch(url, { cache: "no-cache" }));
}

async function keep(url, response) {
  if (!response.ok || response.redirected) return;
  const pages = await caches.open(name);
  await pages.put(url, response);
  const others = (await keptBy([name])).filter((kept) => !core.includes(kept));
  for (const oldest of others.slice(0, -MOST)) await pages.delete(oldest);
  if (self.serviceWorker?.state === "redundant") await caches.delete(name); // a newer version had cleared up already
}

async function answer(event) {
  const { request } = event;
  const url = plain(request.url);
  const copy = HASHED.test(url) && (await copyOf(url));
  if (copy) return copy;
  try {
    if (PYTHON.test(url)) return await fetch(request);
    const response = await fetch(request, { cache: "no-cache" });
    event.waitUntil(keep(url, response.clone()).catch((error) => console.info(`No copy was kept: ${error.message}`)));
    return response;
  } catch (error) {
    const answers = [await copyOf(url), request.mode === "navigate" && (await copyOf(`${root}503.html`))];
    const found = answers.find(Boolean);
    if (found) return found;
    throw error;
  }
}

const copyOf = (url) => caches.match(url, { ignoreVary: true });

function plain(address) {
  const { origin, pathname } = new URL(address);
  return origin + pathname;
}
