// What style sheets can't do for readers who use a keyboard or a screen reader.
// sitekit/theme/main.html says where the other faults of the theme are mended.

const scrollers = {
  ".md-typeset .katex-display": "Formula, scrolls sideways",
  ".md-typeset pre > code": "Code, scrolls sideways", // the theme forgets some
  ".md-typeset pre.output": "Output, scrolls sideways",
  ".md-typeset .md-typeset__scrollwrap": "Table, scrolls sideways",
};

// Formulas, outputs and tables that are wider than the screen scroll inside themselves.
// Those that do can be reached with the keyboard; those that don't are no stop on its way.
export function markScrollers() {
  for (const [selector, label] of Object.entries(scrollers)) {
    for (const element of document.querySelectorAll(selector)) {
      if (element.scrollWidth > element.clientWidth) {
        element.tabIndex = 0;
        element.setAttribute("role", "group");
        element.setAttribute("aria-label", label);
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) element.removeAttribute(name);
      }
    }
  }
}

// The theme wraps the copy button of each code block in a landmark of its own: a hundred landmarks with the same name.
// At the same time it decides, too, which code is a stop on the keyboard's way; the last word is ours.
function demoteCodeNavigation() {
  const added = document.querySelectorAll("nav.md-code__nav:not([role])");
  for (const element of added) element.setAttribute("role", "presentation");
  if (added.length) requestAnimationFrame(markScrollers);
}

// The menu of small screens opens by a label, which no key reaches: it gets a button inside.
// Escape closes the menu, and so does leaving it.
const menuSwitch = document.querySelector("#__drawer");
const menuLabel = document.querySelector(".md-header__button[for='__drawer']");
const menuButton = document.createElement("button");
menuButton.type = "button";
menuButton.className = "menu-button";
menuButton.ariaLabel = "Menu";
menuButton.append(...menuLabel.childNodes);
menuLabel.append(menuButton);

function showMenuState() {
  menuButton.ariaExpanded = String(menuSwitch.checked);
}

function setMenu(open) {
  menuSwitch.checked = open;
  menuSwitch.dispatchEvent(new Event("change"));
}

menuButton.addEventListener("click", () => {
  setMenu(!menuSwitch.checked);
  if (menuSwitch.checked) document.querySelector(".md-sidebar--primary a").focus();
});
menuSwitch.addEventListener("change", showMenuState);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menuSwitch.checked) return;
  setMenu(false);
  menuButton.focus();
});
document.addEventListener("focusin", ({ target }) => {
  if (menuSwitch.checked && target !== menuButton && !target.closest(".md-sidebar--primary")) setMenu(false);
});

// At Tab, the theme takes the focus out of the search and leaves it nowhere: some browsers then begin at the top again,
// for ever. So the theme doesn't hear of that key, and the search closes when the focus has gone on.
const searchSwitch = document.querySelector("#__search");
document.querySelector(".md-search__input").addEventListener("keydown", (event) => {
  if (event.key === "Tab") event.stopPropagation();
});
document.addEventListener("focusin", ({ target }) => {
  if (!searchSwitch.checked || target === searchSwitch || target.closest(".md-search")) return;
  searchSwitch.checked = false;
  searchSwitch.dispatchEvent(new Event("change"));
});

// The definition of a term shows at its link; Escape takes it away, and it comes back at the next visit.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const shown of document.querySelectorAll(".md-tooltip2--active")) shown.classList.remove("md-tooltip2--active");
});

function mend() {
  markScrollers();
  demoteCodeNavigation();
  showMenuState();
}

// The theme announces each page that it shows, the first one and those of instant navigation, and adds to it later.
document$.subscribe(mend);
document.fonts.ready.then(mend);
for (const change of ["load", "resize"]) addEventListener(change, markScrollers);
document.addEventListener("toggle", markScrollers, true); // what was folded had no size
new MutationObserver(demoteCodeNavigation).observe(document.body, { childList: true, subtree: true });
