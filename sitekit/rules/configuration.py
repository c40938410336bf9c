"""Rules on mkdocs.yml: its names are known, what it switches on exists, and its navigation lists every page."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import NamedTuple

import yaml

from sitekit.errors import Problem, SiteError
from sitekit.pages import read_text

KEYS = set(
    "site_name nav exclude_docs draft_docs not_in_nav site_url site_description site_author theme docs_dir site_dir "
    "copyright dev_addr use_directory_urls repo_url repo_name edit_uri_template edit_uri extra_css extra_javascript "
    "extra_templates markdown_extensions mdx_configs strict remote_branch remote_name extra plugins hooks watch "
    "validation INHERIT".split()
)
THEME_KEYS = set(
    "name custom_dir language direction font favicon logo icon features palette static_templates locale".split()
)


class Item(NamedTuple):
    """A value of mkdocs.yml and its line."""

    text: str
    line: int


class Configuration(NamedTuple):
    """What the rules need of mkdocs.yml."""

    path: Path
    keys: list[Item]
    theme_keys: list[Item]
    features: list[Item]
    extensions: list[Item]
    plugins: list[Item]
    nav: yaml.Node | None


def read_configuration(root: Path) -> Configuration:
    """Read mkdocs.yml without building anything from it, since it may name Python functions.

    Raises:
        SiteError: If it is missing, isn't valid YAML or isn't a list of names and values.
    """
    path = root / "mkdocs.yml"
    try:
        top = yaml.compose(read_text(path), yaml.SafeLoader)
    except yaml.YAMLError as error:
        line = error.problem_mark.line + 1 if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark else 1
        message = f"mkdocs.yml isn't valid YAML ({getattr(error, 'problem', error)})"
        cure = "Correct its indentation and its colons."
        raise SiteError(Problem(path, line, message, cure, rule="config-yaml")) from error
    if not isinstance(top, yaml.MappingNode):
        message = "mkdocs.yml isn't a list of name: value"
        raise SiteError(Problem(path, 1, message, "Start with site_name: and its value.", rule="config-yaml"))
    theme = value_of(top, "theme")
    return Configuration(
        path=path,
        keys=items(top),
        theme_keys=items(theme),
        features=items(value_of(theme, "features")),
        extensions=items(value_of(top, "markdown_extensions")),
        plugins=items(value_of(top, "plugins")),
        nav=value_of(top, "nav"),
    )


def value_of(node: yaml.Node | None, name: str) -> yaml.Node | None:
    """The value under a name of a mapping."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for key, value in pairs if key.value == name), None)


def items(node: yaml.Node | None) -> list[Item]:
    """The texts of a list, or the names of a mapping; of a list of mappings, the names."""
    if isinstance(node, yaml.MappingNode):
        return [Item(str(key.value), key.start_mark.line + 1) for key, _ in node.value]
    if isinstance(node, yaml.SequenceNode):
        return [item for child in node.value for item in items(child)]
    return [Item(node.value, node.start_mark.line + 1)] if isinstance(node, yaml.ScalarNode) else []


def names(configuration: Configuration) -> Iterator[Problem]:
    """Every name is one that MkDocs and the theme read."""
    for found, known, where in (
        (configuration.keys, KEYS, "MkDocs"),
        (configuration.theme_keys, THEME_KEYS, "the theme"),
    ):
        for item in found:
            if item.text not in known:
                message = f"{where} knows no setting {item.text}"
                yield Problem(configuration.path, item.line, message, "Correct its spelling.", rule="config-key")


def switched_on(configuration: Configuration) -> Iterator[Problem]:
    """Extensions, plugins and features of the theme exist."""
    path = configuration.path
    for extension in configuration.extensions:
        if extension.text not in installed("markdown.extensions") and not can_be_imported(extension.text):
            message = f"there is no Markdown extension {extension.text}"
            yield Problem(path, extension.line, message, "Correct its name, or install it.", rule="config-extension")
    for plugin in configuration.plugins:
        if plugin.text not in installed("mkdocs.plugins") and f"material/{plugin.text}" not in installed(
            "mkdocs.plugins"
        ):
            message = f"there is no plugin {plugin.text}"
            yield Problem(path, plugin.line, message, "Correct its name, or install it.", rule="config-plugin")
    for feature in configuration.features:
        if f'"{feature.text}"' not in theme_sources() and f"'{feature.text}'" not in theme_sources():
            message = f"the theme has no feature {feature.text}"
            yield Problem(path, feature.line, message, "Correct its spelling.", rule="config-feature")


@cache
def installed(group: str) -> set[str]:
    """The names under which installed packages offer something."""
    return {entry.name for entry in entry_points(group=group)}


def can_be_imported(name: str) -> bool:
    """Whether there is a module of this name."""
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


@cache
def theme_sources() -> str:
    """The templates and scripts of the theme: every feature is asked for in one of them."""
    material = importlib.util.find_spec("material")
    if material is None or material.origin is None:
        raise ModuleNotFoundError("mkdocs-material is not installed")
    folder = Path(material.origin).parent / "templates"
    files = [*folder.glob("*.html"), *folder.glob("partials/**/*.html"), *folder.glob("assets/javascripts/bundle*.js")]
    return "".join(file.read_text(encoding="utf-8") for file in files)


def navigation(root: Path, configuration: Configuration, sources: list[Path]) -> Iterator[Problem]:
    """Each entry is a page, or a title with one; each page has an entry."""
    if configuration.nav is None:
        return
    entries: list[Item] = []
    yield from entries_of(configuration, configuration.nav, entries)
    for entry in entries:
        if not re.match(r"[a-z]+:", entry.text) and not (root / "docs" / entry.text).is_file():
            message = f"the navigation names docs/{entry.text}, which does not exist"
            yield Problem(configuration.path, entry.line, message, "Correct it.", rule="nav-missing-file")
    listed = {entry.text for entry in entries}
    for source in sources:
        name = source.relative_to(root / "docs").as_posix()
        if name not in listed:
            message, cure = "the navigation does not list this page", f"Add {name} under nav in mkdocs.yml."
            yield Problem(source, 1, message, cure, rule="nav-omits-page")


def entries_of(configuration: Configuration, node: yaml.Node, entries: list[Item]) -> Iterator[Problem]:
    """Collect the pages under a part of the navigation, and report what is neither a page nor a list."""
    line = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from entries_of(configuration, child, entries)
    elif isinstance(node, yaml.MappingNode) and node is not configuration.nav and len(node.value) == 1:
        yield from entries_of(configuration, node.value[0][1], entries)
    elif isinstance(node, yaml.ScalarNode) and node is not configuration.nav and node.tag == "tag:yaml.org,2002:str":
        entries.append(Item(node.value, line))
    else:
        cure = "Write a list: - page.md, - Title: page.md, or - Title: and a list under it."
        yield Problem(configuration.path, line, "this is no entry of a navigation", cure, rule="nav-form")
