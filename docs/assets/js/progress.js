// Shows, quietly, what was read, answered and solved.

import { read } from "./store.js";

export function showProgress() {
  for (const place of document.querySelectorAll(".exercise")) {
    if (read().exercises[place.id]) place.dataset.remembered = "";
  }
}
