// One Python for the page: starts the worker, hands it work, stops it, and keeps its files for use without a network.

import { tellWhatIsNeeded } from "./offline.js";

const PATIENCE_AFTER_STOP = 1500; // milliseconds until a worker that does not hear is ended
const manifestURL = new URL("../runtime/manifest.json", import.meta.url);
const workerURL = new URL("worker.js", import.meta.url);
const cacheName = "mlmath-python";

let worker = null;
let booted = null; // a promise: the worker is ready
let waiting = new Map(); // what was asked for and not answered yet, by number
let count = 0;

/** The session: who listens to it, and what the page knows of it. */
export const python = {
  isRunning: () => worker !== null,
  onProgress: () => {}, // (words) while files arrive
  onEnd: () => {}, // (words) when the session is over, with all that it knew
};

export function boot() {
  booted ??= start().catch((error) => {
    end();
    throw error;
  });
  return booted;
}

async function start() {
  if (typeof WebAssembly !== "object" || typeof DecompressionStream !== "function") {
    throw new Error("This browser can't run Python. Any browser of the last two years can.");
  }
  if (location.protocol === "file:") {
    throw new Error("A page opened from a file can't run Python: run start.py, which lies beside the guide, or use a web server.");
  }
  python.onProgress("Starting Python");
  const { lock, files } = await readManifest();
  const needed = ["pyodide.asm.wasm", "core.tar.gz", "library.tar.gz"];
  const total = needed.reduce((sum, name) => sum + files[name].bytes, 0);
  let loaded = 0;
  worker = newWorker();
  await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if (data.type === "ready") resolve();
      if (data.type === "crashed") reject(new Error(`Python did not start: ${data.message}. Check the connection and try again.`));
      if (data.type === "arrived" && needed.includes(data.name)) {
        loaded += files[data.name].bytes;
        python.onProgress(loaded < total ? `Loading Python: ${megabytes(loaded)} of ${megabytes(total)} MB` : "Starting Python");
      }
    };
    worker.onerror = (event) => reject(new Error(`Python did not start: ${event.message ?? "the worker can't be loaded"}.`));
    worker.postMessage({ type: "boot", lock, files });
    cancelStart = () => reject(new Error("Cancelled."));
  });
  worker.onmessage = ({ data }) => receive(data);
  worker.onerror = (event) => receive({ type: "crashed", message: event.message });
  keep(files).catch((error) => console.info(`No copy for use without a network was kept: ${error.message}`));
}

// A worker that is made from a blob is bound by the policy of the page; one with an address of its own is not.
function newWorker() {
  const script = new Blob([`import ${JSON.stringify(workerURL)};`], { type: "text/javascript" });
  const url = URL.createObjectURL(script);
  const made = new Worker(url, { type: "module", name: "python" });
  made.addEventListener("message", () => URL.revokeObjectURL(url), { once: true });
  return made;
}

let cancelStart = () => {};

const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

async function readManifest() {
  const read = async () => {
    try {
      const response = await fetch(manifestURL, { cache: "no-cache" });
      if (response.ok) return response;
    } catch {
      // no network: the copy, if there is one
    }
    return caches.match(manifestURL);
  };
  const response = await read();
  if (!response) throw new Error("Python can't be loaded: there is no connection, and this browser has no copy yet.");
  const { lock, files } = await response.json();
  for (const file of Object.values(files)) file.url = new URL(file.path, manifestURL).href;
  return { lock, files };
}

// Copies of Python for use without a network, taken from the browser's cache while nobody waits.
// Those of older versions go. Everything else is kept by the service worker.
async function keep(files) {
  tellWhatIsNeeded();
  const runtime = await caches.open(cacheName);
  const wanted = new Set([manifestURL.href, ...Object.values(files).map((file) => file.url)]);
  for (const request of await runtime.keys()) if (!wanted.has(request.url)) await runtime.delete(request);
  for (const url of wanted) await copy(runtime, url, url === manifestURL.href ? "no-cache" : "force-cache");
}

async function copy(store, url, cache) {
  if (await store.match(url)) return;
  const response = await fetch(url, { cache });
  if (response.ok) await store.put(url, response);
}

function receive(data) {
  const request = waiting.get(data.id);
  if (data.type === "output") request?.onOutput?.(data.stream, data.text);
  if (data.type === "figure") request?.onFigure?.(data.png, data.alt);
  if (data.type === "done") {
    waiting.delete(data.id);
    URL.revokeObjectURL(request.stopURL);
    request.resolve(data.result);
  }
  if (data.type === "crashed") end(`Python ended: ${data.message}. All that the session knew is gone; run again to start anew.`);
}

/** Ask the worker for something: a promise of its result, rejected with words if the session ends before. */
export async function ask(request, { onOutput, onFigure } = {}) {
  await boot();
  const id = ++count;
  const stopURL = "code" in request ? URL.createObjectURL(new Blob(["on"])) : null; // files that arrive aren't stopped
  const result = new Promise((resolve, reject) => waiting.set(id, { resolve, reject, stopURL, onOutput, onFigure }));
  worker.postMessage({ ...request, id, stopURL });
  return result;
}

/** Stop what runs. Code that does not hear within a moment loses its session. */
export function stop() {
  const running = [...waiting].filter(([, { stopURL }]) => stopURL);
  if (!running.length) return cancelStart();
  for (const [, { stopURL }] of running) URL.revokeObjectURL(stopURL);
  setTimeout(() => {
    const isDeaf = running.some(([id]) => waiting.has(id)); // what was started since is not meant
    if (isDeaf) end("Stopped. The code did not listen, so the session was ended, with all that it knew.");
  }, PATIENCE_AFTER_STOP);
}

/** End the session. */
export function end(words = "The session was ended.") {
  worker?.terminate();
  worker = booted = null;
  const left = [...waiting.values()];
  waiting = new Map();
  for (const { reject, stopURL } of left) {
    URL.revokeObjectURL(stopURL);
    reject(new Error(words));
  }
  python.onEnd();
}
