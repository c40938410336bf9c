// The service worker: lets pages that were read be read again without a network, and their code be run.
// It is registered when a reader first runs code. Pages come from the network where there is one, so they are never
// stale; the large files of Python are fetched by worker.js, which keeps copies of its own.

const PAGES = "mlmath-pages";
const LARGE = /\.(wasm|gz|zip)$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method === "GET" && origin === location.origin && !LARGE.test(pathname)) {
    event.respondWith(networkFirst(event.request));
  }
});

async function networkFirst(request) {
  try {
    const response = await fetch(request);
    if (response.ok) {
      const copy = response.clone();
      caches.open(PAGES).then((pages) => pages.put(request, copy));
    }
    return response;
  } catch (error) {
    const copy = await caches.match(request, { ignoreSearch: true });
    if (copy) return copy;
    throw error;
  }
}
