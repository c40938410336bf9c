// A link to a place on the page that is shown must not load that page anew: what a reader ran or changed would be gone.
// The theme does so at the first such link. It leaves links with a target to the browser; and of the way there and
// back, which the browser announces as popstate, it must not hear. So this is no module: it listens before the theme.

{
  let shown = location.pathname;

  addEventListener("DOMContentLoaded", () => document$.subscribe(() => (shown = location.pathname)));

  addEventListener("click", ({ target }) => {
    const link = target.closest?.("a[href]");
    if (link?.hash && link.origin === location.origin && link.pathname === shown) link.target = "_self";
  }, true);

  addEventListener("popstate", (event) => {
    if (location.pathname !== shown) return;
    event.stopImmediatePropagation();
    if (history.state) scrollTo(0, history.state.y); // the theme keeps the place there
  });
}
