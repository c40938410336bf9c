"""``python -m sitekit bundle``: the guide as one zip that opens without a server and without a network.

A page that is opened from a disk (``file://``) has no server that finds ``index.html`` in a folder, may not load
ES modules, start workers or fetch files. So links name their file, the modules become one plain script, the search
runs in the page, and what would be fetched comes in scripts.
"""

from __future__ import annotations

import json
import posixpath
import re
import shutil
import zipfile
from pathlib import Path

from sitekit.editor import bundle as bundle_scripts
from sitekit.redirects import MARK

CLASSROOM = Path(__file__).resolve().parent / "classroom"
NAME = "mlmath"
DATE = (1980, 1, 1, 0, 0, 0)
"""The date of each file in the zip: equal files make equal zips."""

LINK = re.compile(r'(?P<start><a\b[^>]*?\shref=")(?P<path>[^"#?:]*)(?P<rest>[^"]*")')
MODULE = re.compile(r'<script src="(?P<up>[./]*)(?P<path>[^"]*)" type="module"></script>\s*')
THEME = re.compile(r'<script src="(?P<up>[./]*)assets/javascripts/bundle\.')
FONT_AHEAD = re.compile(r'<link rel="preload" as="font"[^>]*>')
INSTANT = re.compile(r'"navigation\.instant",\s*|,\s*"navigation\.instant"')
META_URL = "var addressOfThisScript = document.currentScript.src;"

SEARCH_IN_THE_PAGE = """
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor() {
      super();
      this.inside = new EventTarget();
      const answer = (data) => this.dispatchEvent(new MessageEvent("message", { data: structuredClone(data) }));
      theSearch((type, listener) => this.inside.addEventListener(type, listener), answer);
    }
    postMessage(data) {
      this.inside.dispatchEvent(new MessageEvent("message", { data: structuredClone(data) }));
    }
    terminate() {}
  };
}
"""


def write_bundle(site: Path, target: Path) -> None:
    """Change a built site so that it opens from a disk, and write it into a zip with its reader's guide and server."""
    shutil.copy(Path(__file__).resolve().parent.parent / "docs" / "sw.js", site / "sw.js")  # which keeps nothing
    name_files_in_search(site)
    write_scripts(site)
    for page in list(site.rglob("*.html")):
        if MARK in page.read_text(encoding="utf-8"):  # nobody has links to old addresses in it
            page.unlink()
            continue
        page.write_text(as_file(site, page), encoding="utf-8")
    files = {f"{NAME}/{path.name}": path for path in CLASSROOM.iterdir() if path.is_file()}
    for path in site.rglob("*"):
        if path.is_file() and path.suffix != ".map":
            files[f"{NAME}/guide/{path.relative_to(site).as_posix()}"] = path
    write_zip(target, files)


def as_file(site: Path, page: Path) -> str:
    """The HTML of a page with links to files and plain scripts."""
    text = page.read_text(encoding="utf-8")
    up = posixpath.relpath(".", page.parent.relative_to(site).as_posix())

    def with_file(link: re.Match[str]) -> str:
        folder = page.parent / link["path"]
        if not link["path"] or link["path"].startswith("/") or not (folder / "index.html").is_file():
            return link[0]
        return f"{link['start']}{link['path'].rstrip('/')}/index.html{link['rest']}"

    # from a disk, instant navigation would end the theme's announcements of pages before the first one
    text = INSTANT.sub("", text)
    text = FONT_AHEAD.sub("", LINK.sub(with_file, text))
    text = MODULE.sub(f'<script src="{up}/assets/js/pages.js" defer></script>', text, count=1)
    text = MODULE.sub("", text)
    return THEME.sub(lambda theme: f'<script src="{up}/assets/js/on_disk.js"></script>{theme[0]}', text, count=1)


def name_files_in_search(site: Path) -> None:
    """Let the results of the search lead to files, and put the index into a script beside it."""
    path = site / "search" / "search_index.json"
    index = json.loads(path.read_text(encoding="utf-8"))
    for entry in index["docs"]:
        folder, mark, anchor = entry["location"].partition("#")
        entry["location"] = f"{folder}index.html{mark}{anchor}"
    text = json.dumps(index, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    path.with_suffix(".js").write_text(f"var __index = {text};", encoding="utf-8")


def write_scripts(site: Path) -> None:
    """Write ``pages.js``, all modules of the pages in one, and ``on_disk.js``, what a server would give."""
    modules = [module["path"] for module in MODULE.finditer((site / "index.html").read_text(encoding="utf-8"))]
    entry = site / "pages.js"
    entry.write_text("".join(f'import "./{path}";\n' for path in modules), encoding="utf-8")
    plain = ["--format=iife", "--define:import.meta.url=addressOfThisScript", f"--banner:js={META_URL}"]
    bundle_scripts(entry, site / "assets" / "js" / "pages.js", *plain)
    entry.unlink()
    (worker,) = (site / "assets" / "javascripts" / "workers").glob("search.*.js")
    search = worker.read_text(encoding="utf-8").partition("//# sourceMappingURL")[0]
    lessons = (site / "progress.json").read_text(encoding="utf-8")
    on_disk = site / "assets" / "js" / "on_disk.js"
    on_disk.write_text(
        f"var lessonsOnDisk = {lessons};{SEARCH_IN_THE_PAGE}function theSearch(addEventListener, postMessage) {{\n"
        f"{search}\n}}\n",
        encoding="utf-8",
    )


def write_zip(target: Path, files: dict[str, Path]) -> None:
    """Write files into a zip, in the order of their names."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name].read_bytes())
