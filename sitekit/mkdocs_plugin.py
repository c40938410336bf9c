"""The adapter: the only module that knows MkDocs. It is listed under ``hooks`` in mkdocs.yml."""

from __future__ import annotations

import os
import posixpath
import shutil
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from nbclient.exceptions import CellExecutionError

from sitekit import markdown_extension, runtime
from sitekit.closure import hash_of
from sitekit.editor import write_editor
from sitekit.environment import SetupError
from sitekit.errors import Problem, SiteError
from sitekit.exercises import write_exercises
from sitekit.fences import BadFence
from sitekit.header import with_header
from sitekit.labs import LabError, as_page, where_it_failed
from sitekit.prepare import prepare
from sitekit.progress import write_totals
from sitekit.typeset import TexError, write_assets

ROOT = Path(__file__).resolve().parent.parent

if os.name == "posix":  # talk to notebook kernels through files only we can read, not through a port
    os.environ["JUPYTER_CONFIG_PATH"] = str(ROOT / "sitekit" / "jupyter")


def on_pre_build(config: MkDocsConfig) -> None:
    """Check the sources, draw the figures, and key the cache of notebooks on all that they import."""
    try:
        prepare(ROOT)
    except SiteError as error:
        raise PluginError("\n" + "\n".join(problem.show(ROOT) for problem in error.problems)) from error
    except SetupError as error:
        raise PluginError(str(error)) from error
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
        return as_page(html, resolve)
    except (LabError, TexError) as error:
        raise PluginError(f"docs/{page.file.src_uri}: {error}") from error


def on_post_build(config: MkDocsConfig) -> None:
    """Write what pages load: style and fonts of mathematics, Python, the editor, exercises, totals."""
    site = Path(config.site_dir)
    write_assets(site)
    runtime.publish(site)
    write_editor(site)
    write_exercises(ROOT, site)
    write_totals(ROOT, site)


def on_build_error(error: Exception, **kwargs: Any) -> None:
    """Say in one line what lint could not see before."""
    if isinstance(error, BadFence | TexError | SiteError):
        raise PluginError(str(error)) from error
    if isinstance(error, CellExecutionError):
        lab = ROOT / "docs" / markdown_extension.current_page
        line = where_it_failed(lab.read_text(encoding="utf-8"), str(error))
        problem = Problem(lab, line, f"the cell raises {error.ename}: {error.evalue}", "Correct it, or what it calls.")
        raise PluginError(problem.show(ROOT)) from error
