"""TeX to HTML and MathML, when the site is built: KaTeX, run in V8 inside Python. No math script reaches the reader.

This module is the only one that knows which typesetter is used.
"""

from __future__ import annotations

import base64
import html
import json
import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from py_mini_racer import MiniRacer

from sitekit.browser_packages import package_file

# What pymdownx.arithmatex (generic: true) leaves in a page, and sitekit.labs in a notebook.
MARKED = re.compile(
    r'<span class="arithmatex">\\\((?P<inline>.*?)\\\)</span>'
    r'|<div class="arithmatex">\s*\\\[(?P<block>.*?)\\\]\s*</div>',
    re.DOTALL,
)
# $...$ and $$...$$ in a source line, as pymdownx.arithmatex finds them.
BLOCK_IN_SOURCE = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
INLINE_IN_SOURCE = re.compile(r"(?<![\\$])\$(?!\s)((?:\\.|[^\\$])+?)(?<!\s)\$(?!\$)")
INLINE_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)

# The fonts of formulas within a line. One that comes after the first paint, as files do on a slow network and data:
# addresses always, breaks lines elsewhere and moves the page; a script in the head has them there before the text.
EARLY_FONTS = {
    "KaTeX_Main-Regular.woff2": ("KaTeX_Main", "normal"),
    "KaTeX_Math-Italic.woff2": ("KaTeX_Math", "italic"),
}
ADD_FONTS = """for (const [family, style, data] of %s) {
  document.fonts.add(new FontFace(family, Uint8Array.from(atob(data), (byte) => byte.charCodeAt(0)), { style }));
}
"""

RENDER = """
function typesetAll(formulas) {
  return formulas.map(([tex, displayMode]) => {
    try {
      return {html: katex.renderToString(tex, {displayMode, throwOnError: true, strict: "error", trust: false})};
    } catch (error) {
      return {error: error.message};
    }
  });
}
"""


class TexError(Exception):
    """A formula that KaTeX refuses."""

    def __init__(self, tex: str, reason: str) -> None:
        """Keep the formula and the reason."""
        self.tex, self.reason = tex, reason
        super().__init__(f"the formula {tex!r} can't be typeset: {reason}")


class Formula(NamedTuple):
    """A formula of a source file."""

    tex: str
    display: bool
    line: int


@cache
def typesetter() -> MiniRacer:
    """A V8 context with KaTeX loaded, one for the process."""
    context = MiniRacer()
    context.eval(package_file("katex/dist/katex.min.js").read_text(encoding="utf-8"))
    context.eval(RENDER)
    return context


_typeset: dict[tuple[str, bool], str | TexError] = {}


def typeset(formulas: Iterable[tuple[str, bool]]) -> list[str | TexError]:
    """HTML with MathML for each ``(tex, display)``, or the error it raised. One call of V8 for all that are new."""
    wanted = [(tex.strip(), display) for tex, display in formulas]
    new = list(dict.fromkeys(key for key in wanted if key not in _typeset))
    if new:
        results = json.loads(str(typesetter().eval(f"JSON.stringify(typesetAll({json.dumps(new)}))")))
        for key, result in zip(new, results, strict=True):
            _typeset[key] = result["html"] if "html" in result else TexError(key[0], short_reason(result["error"]))
    return [_typeset[key] for key in wanted]


def short_reason(message: str) -> str:
    """KaTeX's message without its name and without the combining underlines that it draws."""
    return message.removeprefix("KaTeX parse error: ").replace("\u0332", "").replace("\n", " ")


def typeset_html(text: str) -> str:
    """Replace every marked formula of a rendered page.

    Raises:
        TexError: At the first formula that can't be typeset.
    """
    matches = list(MARKED.finditer(text))
    formulas = [(html.unescape(match["inline"] or match["block"]), match["inline"] is None) for match in matches]
    replacements = []
    for result in typeset(formulas):
        if isinstance(result, TexError):
            raise result
        replacements.append(for_search(result))
    pieces = iter(replacements)
    return MARKED.sub(lambda _: next(pieces), text)


def for_search(formula: str) -> str:
    """Let the search index see a formula once, as it is drawn, and not again as MathML and as TeX."""
    return formula.replace("<math ", "<math data-search-exclude ", 1)


def formulas_in(lines: Iterable[str], first_line: int = 1) -> list[Formula]:
    """The formulas of Markdown text, each with its line.

    Args:
        lines: Lines of prose, without fences.
        first_line: Line number of the first of them.
    """
    text = "\n".join(lines)
    text = INLINE_CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    ends = [match.start() for match in re.finditer("\n", text)]
    found = []

    def take(match: re.Match[str], display: bool) -> str:
        line = first_line + bisect_left(ends, match.start())
        found.append(Formula(match[1].strip(), display, line))
        return re.sub(r"[^\n]", " ", match[0])

    text = BLOCK_IN_SOURCE.sub(lambda match: take(match, True), text)
    INLINE_IN_SOURCE.sub(lambda match: take(match, False), text)
    return sorted(found, key=lambda formula: formula.line)


def glyphs_in_use() -> frozenset[str]:
    """Every character that the formulas typeset so far draw."""
    drawn = ["<" + result.partition('class="katex-html"')[2] for result in _typeset.values() if isinstance(result, str)]
    return frozenset(html.unescape(re.sub(r"<[^>]*>", "", "".join(drawn))))


def write_assets(site: Path) -> None:
    """Write KaTeX's style sheet and fonts into a site, the fonts cut down to the glyphs that its pages use."""
    from sitekit.fonts import subset  # fontTools takes 0.2 s to import: only builds pay for it

    target = site / "assets" / "math"
    (target / "fonts").mkdir(parents=True, exist_ok=True)
    style = package_file("katex/dist/katex.min.css").read_text(encoding="utf-8")
    style = re.sub(r',url\([^)]*\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)', "", style)
    (target / "katex.css").write_text(style, encoding="utf-8")
    (target / "copy-tex.js").write_bytes(package_file("katex/dist/contrib/copy-tex.min.js").read_bytes())
    for name in re.findall(r"url\(fonts/([^)]*\.woff2)\)", style):
        (target / "fonts" / name).write_bytes(subset(package_file(f"katex/dist/fonts/{name}"), glyphs_in_use()))
    fonts = {name: base64.b64encode((target / "fonts" / name).read_bytes()).decode() for name in EARLY_FONTS}
    data = [[family, style, fonts[name]] for name, (family, style) in EARLY_FONTS.items()]
    (target / "fonts.js").write_text(ADD_FONTS % json.dumps(data), encoding="utf-8")
