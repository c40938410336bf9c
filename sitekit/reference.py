"""The reference: docstrings of ``mlmath``, shown by mkdocstrings, with what this extension of its parser adds.

The examples of a docstring are run where they are shown: ``sitekit.codeblocks`` takes them from here.
"""

from __future__ import annotations

import doctest
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import griffe

from sitekit.check_pages import title_of
from sitekit.errors import Problem, SiteError
from sitekit.library import lessons

ROOT = Path(__file__).resolve().parent.parent
DIRECTIVE = "::: "
"""What starts the line of a reference page that shows a topic: ``::: mlmath.calculus``."""


class Reference(griffe.Extension):
    """Examples as code, the lessons that use a name, and its code without the docstring shown above it."""

    def on_package(self, *, pkg: griffe.Module, **kwargs: Any) -> None:
        """Once the package is read: add to every name that a topic makes public."""
        pages = lessons(ROOT)
        for topic in pkg.modules.values():
            for name in topic.exports or ():
                item: Any = topic.members[str(name)]
                if item.is_module:  # the file has the name of its function, and the function is what is public
                    item = topic.members[str(name)] = griffe.Alias(str(name), item[str(name)], parent=topic)
                add_to(item.final_target if item.is_alias else item, pages.get(f"{topic.path}.{name}", []))


def add_to(item: Any, pages: list[str]) -> None:
    """Add to the docstring of one function or class, and of the methods of a class."""
    for method in item.functions.values() if item.is_class else ():
        add_to(method, [])
    docstring = item.docstring
    if docstring is None or item.lineno is None or "body" in item.extra["mlmath"]:
        return  # a method that Python writes itself, or a name that two topics share
    first, last = docstring.lineno - item.lineno, docstring.endlineno - item.lineno + 1
    lines = item.source.splitlines()
    item.extra["mlmath"]["body"] = "\n".join(lines[:first] + lines[last:]) if item.is_function else item.source
    docstring.value = re.sub(r"^Example:$", "Examples:", docstring.value, flags=re.MULTILINE)
    if pages:
        links = ", ".join(f"[{title_of(ROOT, page)}](../{page}{suffix(page)})" for page in pages)
        docstring.value += f"\n\nUsed in: {links}."


def suffix(page: str) -> str:
    """The suffix of a page's file."""
    return ".py" if page.startswith("labs/") else ".md"


class Examples(NamedTuple):
    """The examples of one docstring, as a reference page shows them."""

    name: str
    """``numerical_gradient``, or ``Path.result`` for a method."""
    path: Path
    line: int
    """The line where the docstring starts."""
    blocks: list[str]
    """Python sessions; later ones see the names of earlier ones."""


def examples(topic: str) -> Iterator[Examples]:
    """The examples of every public name of a topic, ``mlmath.calculus``, and of its methods."""
    loaded = griffe.load(
        topic,
        search_paths=[ROOT],
        docstring_parser=griffe.Parser.google,
        extensions=griffe.load_extensions("sitekit.reference"),
        resolve_aliases=True,
    )
    for exported in loaded.exports or ():
        item: Any = loaded[str(exported)]
        target = item.final_target if item.is_alias else item
        methods = target.functions.values() if target.is_class else ()
        shown = [(target.name, target), *((f"{target.name}.{m.name}", m) for m in methods if m.is_public)]
        for name, one in shown:
            sections = (
                [part.value for part in one.docstring.parsed if part.kind.value == "examples"] if one.docstring else []
            )
            blocks = [text for parts in sections for kind, text in parts if kind.value == "examples"]
            if blocks:
                yield Examples(name, Path(one.filepath), one.docstring.lineno, blocks)


def run_examples(found: Examples) -> None:
    """Run the examples of one docstring with the names of its module.

    Raises:
        SiteError: At the first example that prints something else, or raises.
    """
    module = found.path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    names = dict(vars(importlib.import_module(module)))
    for block in found.blocks:
        test = doctest.DocTestParser().get_doctest(block, names, found.name, str(found.path), found.line)
        report: list[str] = []
        doctest.DocTestRunner(verbose=False).run(test, out=report.append, clear_globs=False)
        if report:
            message = f"the example of {found.name} does not print what it shows\n{''.join(report)}"
            raise SiteError(
                Problem(found.path, found.line, message, "Correct the example, or the code.", rule="example-differs")
            )
        names = test.globs
