// Two things that style sheets can't do for readers who use a keyboard or a screen reader.

const scrollers = {
  ".md-typeset .katex-display": "Formula, scrolls sideways",
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
function demoteCodeNavigation() {
  for (const element of document.querySelectorAll("nav.md-code__nav")) element.setAttribute("role", "presentation");
}

function mend() {
  markScrollers();
  demoteCodeNavigation();
}

// The theme announces each page that it shows, the first one and those of instant navigation, and adds to it later.
document$.subscribe(mend);
document.fonts.ready.then(mend);
addEventListener("resize", markScrollers);
new MutationObserver(demoteCodeNavigation).observe(document.body, { childList: true, subtree: true });
