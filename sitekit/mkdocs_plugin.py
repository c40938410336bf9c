"""The adapter: the only module that knows MkDocs. It is listed under ``hooks`` in mkdocs.yml."""

from __future__ import annotations

import os
import posixpath
import shutil
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from nbclient.exceptions import CellExecutionError

from sitekit import markdown_extension, policy, runtime, versions
from sitekit.closure import hash_of
from sitekit.editor import write_editor
from sitekit.environment import SetupError
from sitekit.errors import Problem, SiteError
from sitekit.exercises import write_exercises
from sitekit.fences import BadFence
from sitekit.glossary import marker_for
from sitekit.header import with_header
from sitekit.labs import LabError, as_page, first_sentence, where_it_failed
from sitekit.offline import write_service_worker
from sitekit.prepare import prepare
from sitekit.progress import write_totals
from sitekit.redirects import write_redirects
from sitekit.search import make_index_late
from sitekit.typeset import TexError, write_assets

ROOT = Path(__file__).resolve().parent.parent

if os.name == "posix":  # talk to notebook kernels through files only we can read, not through a port
    os.environ["JUPYTER_CONFIG_PATH"] = str(ROOT / "sitekit" / "jupyter")


serving = False
"""Whether ``mkdocs serve`` runs, which adds a script to pages."""


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Note which command runs."""
    global serving  # noqa: PLW0603  # no later step is told
    serving = command == "serve"


def on_pre_build(config: MkDocsConfig) -> None:
    """Check the sources, draw the figures, and key the cache of notebooks on all that they import."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", versions.date_of(ROOT))
    try:
        prepare(ROOT)
    except SiteError as error:
        raise PluginError("\n" + "\n".join(problem.show(ROOT) for problem in error.problems)) from error
    except SetupError as error:
        raise PluginError(str(error)) from error
    config.extra["built_from"] = versions.sentences(ROOT)
    keys = "".join(hash_of(ROOT, lab) for lab in sorted((ROOT / "docs" / "labs").glob("*.py")))
    cache = ROOT / ".cache" / "labs"
    current = cache / hash_of(ROOT, Path(__file__), keys)[:20]
    for old in cache.glob("*"):
        if old != current:
            shutil.rmtree(old)
    config.plugins["mkdocs-jupyter"].config["cache_dir"] = str(current)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Tell the Markdown extension which page comes, and show its front matter."""
    markdown_extension.set_current_page(page.file.src_uri)
    return with_header(ROOT, posixpath.splitext(page.file.src_uri)[0], markdown, dict(page.meta))


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Rebuild the HTML of a lab."""
    if not page.file.src_uri.startswith("labs/") or not page.file.src_uri.endswith(".py"):
        return html

    def resolve(link: str) -> str:
        if link.startswith(("#", "http:", "https:")):
            return link
        path, _, anchor = link.partition("#")
        target = files.get_file_from_path(
            posixpath.normpath(posixpath.join(posixpath.dirname(page.file.src_uri), path))
        )
        if target is None:
            raise PluginError(f"docs/{page.file.src_uri}: there is no file {link}. Correct the link.")
        return target.url_relative_to(page.file) + (f"#{anchor}" if anchor else "")

    try:
        terms = marker_for(ROOT, page.file.src_uri)
        terms.address = resolve(terms.address)
        lab = as_page(html, resolve, terms)
    except (LabError, TexError) as error:
        raise PluginError(f"docs/{page.file.src_uri}: {error}") from error
    page.meta["description"] = first_sentence(lab)
    return lab


def on_post_build(config: MkDocsConfig) -> None:
    """Write what pages load: style and fonts of mathematics, Python, the editor, exercises, totals; then the policy."""
    site = Path(config.site_dir)
    write_assets(site)
    runtime.publish(site)
    write_editor(site)
    write_exercises(ROOT, site)
    write_totals(ROOT, site)
    roots = [*policy.ways_up(site), urlsplit(config.site_url or "/").path]  # the last one is in the page 404
    try:
        make_index_late(site)
        policy.protect(site, [empty_page(config, root) for root in roots], live_reload=serving)
    except SiteError as error:
        raise PluginError("\n" + "\n".join(problem.show(site) for problem in error.problems)) from error
    write_redirects(ROOT, site, config.site_url or "/")  # they have a policy of their own: they load nothing
    if not serving:  # without its version, the service worker keeps nothing: an author sees each change at once
        write_service_worker(ROOT, site)  # last: the version is made from all other files


def empty_page(config: MkDocsConfig, root: str) -> str:
    """What the theme alone puts into a page, without navigation and content."""
    context = get_context(Navigation([], []), Files([]), config, base_url=root)
    return config.theme.get_env().get_template("main.html").render(context)


def on_build_error(error: Exception, **kwargs: Any) -> None:
    """Say in one line what lint could not see before."""
    if isinstance(error, BadFence | TexError | SiteError):
        raise PluginError(str(error)) from error
    if isinstance(error, CellExecutionError):
        lab = ROOT / "docs" / markdown_extension.current_page
        line = where_it_failed(lab.read_text(encoding="utf-8"), str(error))
        problem = Problem(
            lab,
            line,
            f"the cell raises {error.ename}: {error.evalue}",
            "Correct it, or what it calls.",
            rule="cell-raises",
        )
        raise PluginError(problem.show(ROOT)) from error
