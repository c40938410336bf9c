"""Rules on addresses in a built site: each leads somewhere, and nothing is loaded from another site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from sitekit.built_pages import BuiltPage, BuiltSite, Finding, attributes

NAMES_A_PAGE = {"canonical", "alternate", "next", "prev", "license", "author", "help"}
"""Links in the head that load nothing."""
STYLE_ADDRESS = re.compile(
    r"""url\( \s* (?: "([^"]*)" | '([^']*)' | ([^'")\s]*) ) \s* \) | @import \s* ["'] ([^"']*) ["']""",
    re.IGNORECASE | re.VERBOSE,
)


def links(site: BuiltSite, page: BuiltPage) -> Iterator[Finding]:
    """What a reader can follow leads to a page and a place that exist, or to another site by https."""
    for element in page.tree.xpath("//a[@href] | //area[@href] | //link[@href]"):
        if element.tag != "link" or loads_nothing(element):
            yield from address_problems(site, page, element, element.get("href"))


def loads(site: BuiltSite, page: BuiltPage) -> Iterator[Finding]:
    """What the browser loads is a file of this site."""
    for element, address in loaded(page):
        scheme = urlsplit(address).scheme
        if scheme == "data":
            continue
        if scheme or address.startswith("//"):
            yield page.finding(element, *elsewhere(address), address)
        else:
            yield from address_problems(site, page, element, address)


def loaded(page: BuiltPage) -> Iterator[tuple[Any, str]]:
    """The addresses that a page makes the browser load, each with its element."""
    for element, _, address in attributes(page, ("src", "poster", "background", "data")):
        yield element, address
    for element in page.tree.xpath("//link[@href]"):
        if not loads_nothing(element):
            yield element, element.get("href")
    for element, _, address in attributes(page, ("href", "xlink:href")):
        if element.tag in ("image", "use", "feimage"):
            yield element, address
    for element, _, addresses in attributes(page, ("srcset", "imagesrcset")):
        yield from ((element, part.split()[0]) for part in addresses.split(",") if part.strip())
    for element, _, style in attributes(page, ["style"]):
        yield from ((element, address) for _, address in style_addresses(style))
    for element in page.tree.iter("style"):
        yield from ((element, address) for _, address in style_addresses(element.text or ""))


def loads_nothing(link: Any) -> bool:
    """Whether a ``<link>`` only names a page."""
    return set(link.get("rel", "").lower().split()) <= NAMES_A_PAGE


def elsewhere(address: str) -> tuple[str, str, str]:
    """Message, cure and rule for what is loaded from another site."""
    message = f"the page loads {address} from another site"
    return message, "Put the file into docs/assets, and use that one.", "loaded-from-elsewhere"


def address_problems(site: BuiltSite, page: BuiltPage, element: Any, address: str) -> Iterator[Finding]:
    """What is wrong with an address: its protocol, its path, its place in the page."""
    texts = (f"({address})", f'"{address}"', address, address.rpartition("/")[2])
    if urlsplit(address).scheme == "http" and not address.startswith(site.address):
        message = f"the address {address} is not protected on its way"
        yield page.finding(element, message, "Write https.", "link-http", *texts)
    wrong = wrong_address(site, page, address)
    if wrong:
        yield page.finding(element, *wrong, *texts)


def wrong_address(site: BuiltSite, page: BuiltPage, address: str) -> tuple[str, str, str] | None:
    """Message, cure and rule, if an address does not lead to a page or file of this site."""
    target = site.target(page.name, address)
    if target is None:
        return None
    is_absolute = urlsplit(address).path.startswith("/") and not urlsplit(address).netloc
    if page.is_error and not is_absolute and urlsplit(address).path:
        message = f"the address {address} is relative, and this page is shown at any depth"
        return message, f"Begin it with {site.root}.", "link-relative"
    if not page.is_error and is_absolute:
        message = f"the address {address} begins with /, so it breaks where the site lies in another folder"
        return message, "Write the way from this page.", "link-absolute"
    return missing(site, *target, address)


def missing(site: BuiltSite, name: str, fragment: str, address: str) -> tuple[str, str, str] | None:
    """Message, cure and rule, if a file or a place in it does not exist."""
    if name.startswith(".."):
        return f"the address {address} leads out of the site", "Take a ../ away.", "link-outside"
    if f"{name}/index.html" in site.files:
        return f"the address {address} is a folder", f"Write a / behind {name}.", "link-broken"
    if name not in site.files:
        return f"there is no {name} in the site, and {address} leads there", "Correct the address.", "link-broken"
    if fragment and name in site.pages and fragment not in site.pages[name].ids:
        message = f"{name} has no “{fragment}”, and {address} leads there"
        return message, "Correct what stands behind the #.", "link-anchor"
    return None


def style_sheets(site: BuiltSite) -> Iterator[Finding]:
    """What style sheets and the manifest load is a file of this site."""
    for name in sorted(site.files):
        path = site.folder / name
        if name.endswith(".css"):
            found = list(style_addresses(path.read_text(encoding="utf-8")))
        elif name.endswith(".webmanifest"):
            icons = json.loads(path.read_text(encoding="utf-8")).get("icons", [])
            found = [(1, icon["src"]) for icon in icons]
        else:
            continue
        for line, address in found:
            wrong = wrong_in_style(site, name, address)
            if wrong:
                yield Finding(path, line, *wrong, (address,))


def wrong_in_style(site: BuiltSite, name: str, address: str) -> tuple[str, str, str] | None:
    """Message, cure and rule, if an address in a style sheet does not lead to a file of this site."""
    parts = urlsplit(address)
    if parts.scheme == "data" or not parts.path:
        return None
    if parts.scheme or parts.netloc:
        return elsewhere(address)
    target = site.target(name, address)
    return missing(site, target[0], "", address) if target else None


def style_addresses(style: str) -> Iterator[tuple[int, str]]:
    """Each address in a style sheet with its line."""
    code = re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment[0].count("\n"), style, flags=re.DOTALL)
    for match in STYLE_ADDRESS.finditer(code):
        yield code.count("\n", 0, match.start()) + 1, next(group for group in match.groups() if group is not None)
