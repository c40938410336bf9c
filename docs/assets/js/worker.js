// The worker: Python in a thread of its own, so that no code of a reader can freeze the page.
// It is started by live.js and speaks with it by messages; sitekit/session.py does what concerns Python.

const MOST_MEMORY = 1.5 * 2 ** 30; // a runaway allocation raises MemoryError instead of taking the whole device
const PAGE_OF_MEMORY = 65536;
const BETWEEN_POLLS = 150; // milliseconds
const PYTHON_FOLDER = "/lib/python3.14";

let python, session, late, files, stopURL;
let running; // number of the request that is being answered
const arriving = {}; // bundles on their way, by name

const grow = WebAssembly.Memory.prototype.grow;
WebAssembly.Memory.prototype.grow = function (pages) {
  if (this.buffer.byteLength + pages * PAGE_OF_MEMORY > MOST_MEMORY) throw new RangeError("memory is capped");
  return grow.call(this, pages);
};

// Asks the page whether to go on. The page revokes the address of a blob to say stop: the only signal that reaches
// a busy worker on hosts that can't isolate a page. The interpreter reads [0] every so often; 2 raises KeyboardInterrupt.
let lastPoll = 0;
const stopSignal = {
  get 0() {
    const now = performance.now();
    if (!stopURL || now - lastPoll < BETWEEN_POLLS) return 0;
    lastPoll = now;
    if (exists(stopURL)) return 0;
    stopURL = null;
    return 2;
  },
  set 0(value) {},
};

function exists(url) {
  const request = new XMLHttpRequest();
  request.open("GET", url, false);
  try {
    request.send();
    return true;
  } catch {
    return false; // revoked: this is the signal
  }
}

// The browser's own cache first: it keeps compiled WebAssembly too. Without a network, the copy that live.js keeps.
const fetchPlain = self.fetch;
async function fetchFile(name) {
  const { url, integrity } = files[name];
  let response;
  try {
    response = await fetchPlain(url, { cache: "force-cache", integrity });
    if (!response.ok) throw new Error(`${url}: status ${response.status}`);
  } catch (error) {
    response = await caches.match(url);
    if (!response) throw error;
  }
  postMessage({ type: "arrived", name });
  return response;
}

async function contentOf(name) {
  const response = await fetchFile(name);
  return new Uint8Array(await new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}

function unpack(tar, FS) {
  const folders = new Set();
  for (const [path, data] of entries(tar)) {
    const full = `${PYTHON_FOLDER}/${path}`;
    const folder = full.slice(0, full.lastIndexOf("/"));
    if (!folders.has(folder)) FS.mkdirTree(folder);
    folders.add(folder);
    FS.writeFile(full, data, { canOwn: true });
  }
}

// The files of a tar archive: each has a header of 512 bytes and is padded to a multiple of 512.
function* entries(tar) {
  const text = (start, length) => new TextDecoder().decode(tar.subarray(start, start + length)).replace(/\0.*/s, "");
  for (let at = 0; tar[at]; ) {
    const prefix = text(at + 345, 155);
    const size = parseInt(text(at + 124, 12), 8);
    yield [(prefix ? `${prefix}/` : "") + text(at, 100), tar.subarray(at + 512, at + 512 + size)];
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

async function boot(message) {
  files = message.files;
  const byAddress = Object.fromEntries(Object.entries(files).map(([name, file]) => [file.url, name]));
  self.fetch = (url, options) => (byAddress[url] ? fetchFile(byAddress[url]) : fetchPlain(url, options));
  // The bundles are on their way while the interpreter loads; if one can't be had, there is no need to wait for it.
  const bundles = Promise.all(["core.tar.gz", "library.tar.gz"].map(contentOf));
  python = await Promise.race([start(message.lock, bundles), new Promise((_, reject) => bundles.catch(reject))]);
  python.setInterruptBuffer(stopSignal);
  const module = python.pyimport("mlmath_session");
  session = module.Session(emit);
  module.sleep_in_pieces();
  late = module.LateFiles(fetchNow, PYTHON_FOLDER);
  python.pyimport("sys").meta_path.append(late);
  postMessage({ type: "ready" });
}

async function start(lock, bundles) {
  const { loadPyodide } = await import(files["pyodide.mjs"].url);
  const folder = new URL(".", files["pyodide.mjs"].url).href;
  return loadPyodide({
    indexURL: folder,
    packageBaseUrl: folder,
    stdLibURL: files["empty.zip"].url,
    lockFileContents: lock,
    env: { HOME: "/home/you" },
    stdin: () => null,
    fsInit: async (FS) => {
      for (const bundle of await bundles) unpack(bundle, FS);
    },
  });
}

function emit(kind, content) {
  if (kind === "figure") {
    const [png, alt] = content.toJs();
    postMessage({ type: "figure", id: running, png, alt });
  } else {
    postMessage({ type: "output", id: running, stream: kind, text: content });
  }
}

// A bundle that an import can't wait for: the only way to fetch inside running Python is to block this worker.
function fetchNow(bundle) {
  const request = new XMLHttpRequest();
  request.open("GET", files[`${bundle}.tar.gz`].url, false);
  request.responseType = "arraybuffer";
  request.send();
  return python.toPy(new Uint8Array(request.response)).tobytes();
}

function bring(bundle) {
  arriving[bundle] ??= contentOf(`${bundle}.tar.gz`).then((tar) => {
    unpack(tar, python.FS);
    late.arrived(bundle);
  });
  return arriving[bundle];
}

const requests = {
  async run({ code, name, scheme }) {
    if (python.pyimport("mlmath_session").wants_plots(code)) await bring("plots");
    return plain(session.run(code, name, scheme));
  },
  async check({ exercises, file, name, code }) {
    return plain(session.check(exercises, file, name, code));
  },
  async bring({ bundle }) {
    await bring(bundle);
    return {};
  },
};

function plain(proxy) {
  const value = proxy.toJs({ dict_converter: Object.fromEntries });
  proxy.destroy();
  return value;
}

async function answer(message) {
  try {
    if (message.type === "boot") return await boot(message);
    running = message.id;
    stopURL = message.stopURL;
    const result = await requests[message.type](message);
    stopURL = null;
    postMessage({ type: "done", id: message.id, result });
  } catch (error) {
    postMessage({ type: "crashed", message: `${error.message ?? error}` });
  }
}

let line = Promise.resolve(); // one after the other, also where one waits for a bundle
self.onmessage = ({ data }) => {
  line = line.then(() => answer(data));
};
