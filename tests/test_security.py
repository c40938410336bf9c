"""The policy in the pages, in Chromium: what gets into a page past every check still runs nothing and asks nobody."""

import contextlib
import functools
import re

from conftest import Handler, serving

MODULE = "calculus/calculus_for_ml/"
ARTICLE = '<article class="md-content__inner md-typeset">'
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
PATIENCE = 60_000

RUN = {
    "inline": "<script>hacked('inline')</script>",
    "inline-module": "<script type='module'>hacked('inline-module')</script>",
    "nonce": "<script nonce='a'>hacked('nonce')</script>",
    "data": "<script src=\"data:text/javascript,hacked('data')\"></script>",
    "import": "<script type='module'>import \"data:text/javascript,hacked('import')\";</script>",
    "onerror": "<img src='nothing.png' onerror=\"hacked('onerror')\">",
    "onload": "<svg onload=\"hacked('onload')\"></svg>",
    "ontoggle": "<details open ontoggle=\"hacked('ontoggle')\"><summary>a</summary></details>",
    "onclick": "<button class='press' onclick=\"hacked('onclick')\">a</button>",
    "svg-script": "<svg><script>hacked('svg-script')</script></svg>",
    "srcdoc": "<iframe srcdoc=\"<script>parent.hacked('srcdoc')</script>\"></iframe>",
    "frame": "<iframe src=\"javascript:parent.hacked('frame')\"></iframe>",
    "link": "<a class='press' href=\"java&#10;script:hacked('link')\">a</a>",
    "noscript": "<noscript><p title=\"</noscript><img src=nothing.png onerror=hacked('noscript')>\">a</p></noscript>",
}
"""What would call ``hacked`` with its name."""

ASK = {
    "script": "<script src='{}'></script>",
    "style": "<link rel='stylesheet' href='{}'>",
    "import-style": "<style>@import url('{}');</style>",
    "picture": "<img src='{}'>",
    "srcset": "<img srcset='{} 1x'>",
    "svg-image": "<svg><image href='{}'></image></svg>",
    "background": "<p style=\"background: url('{}')\">a</p>",
    "font": "<style>@font-face {{ font-family: there; src: url('{}') }}</style><p style='font: 9px there'>a</p>",
    "video": "<video src='{}'></video>",
    "audio": "<audio src='{}' preload='auto'></audio>",
    "frame-elsewhere": "<iframe src='{}'></iframe>",
    "object": "<object data='{}'></object>",
    "embed": "<embed src='{}'>",
    "prefetch": "<link rel='prefetch' href='{}'>",
    "preload": "<link rel='preload' as='image' href='{}'>",
    "modulepreload": "<link rel='modulepreload' href='{}'>",
    "form": "<iframe name='f'></iframe><form target='f' action='{}'><button class='press'>a</button></form>",
}
"""What would ask another server for its name."""

SCRIPTED = {
    "eval": "eval(`hacked('eval')`)",
    "function": "new Function(`hacked('function')`)()",
    "timeout": "setTimeout(`hacked('timeout')`)",
    "fetch": "fetch(there + 'fetch', {mode: 'no-cors'}).catch(() => null)",
    "beacon": "navigator.sendBeacon(there + 'beacon')",
    "request": "const asked = new XMLHttpRequest(); asked.open('GET', there + 'request'); asked.send()",
    "socket": "new WebSocket(there.replace('http', 'ws') + 'socket')",
    "worker": "new Worker(URL.createObjectURL(new Blob([ASK_IN_WORKER.replace('THERE', there)]))).onmessage = () => "
    "refused.push('worker')",
}
"""What would do one or the other if a script of the site did it."""

UNNAMED = {"frame-elsewhere", "object", "embed", "eval", "function", "timeout", "worker"}
"""Those of which a browser does not say the whole address."""
NAMES = {*RUN, *ASK, *SCRIPTED}
SPY = """
window.ran = [];
window.refused = [];
window.hacked = (name) => window.ran.push(name);
addEventListener("securitypolicyviolation", (event) => refused.push(`${event.effectiveDirective} ${event.blockedURI}`));
const there = "THERE";
window.elsewhere = there;
const ASK_IN_WORKER = "fetch('THERE' + 'worker', {mode: 'no-cors'}).catch(() => postMessage('refused'))";
addEventListener("load", () => {
  for (const attempt of [ATTEMPTS]) {
    try {
      attempt();
    } catch (error) {
      if (!(error instanceof EvalError)) throw error;
    }
  }
  for (const element of document.querySelectorAll(".press")) element.click();
});
"""


class Elsewhere(Handler):
    """Another site, which notes what it is asked for."""

    def __init__(self, *args, asked):
        self.asked = asked
        super().__init__(*args)

    def answer(self):
        self.asked.add(self.path.strip("/?"))
        self.send_response(204)
        self.end_headers()

    do_GET = do_POST = answer  # noqa: N815  # the names are those of http.server


class Injected(Handler):
    """The site, with one page changed."""

    def __init__(self, *args, body, **options):
        self.body = body
        super().__init__(*args, **options)

    def do_GET(self):  # noqa: N802  # the name is that of http.server
        if self.path != f"/guide/{MODULE}":
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.body.encode())
        return None


@contextlib.contextmanager
def injected(browser, site, change_head=lambda text: text):
    """A page with every injection in it, and a function that says which of them have worked."""
    asked: set[str] = set()
    with serving(functools.partial(Elsewhere, asked=asked)) as there:
        text = change_head((site / MODULE / "index.html").read_text(encoding="utf-8"))
        content = "\n".join([*RUN.values(), *(text.format(there + name) for name, text in ASK.items())])
        changed = functools.partial(Injected, directory=site.parent, body=text.replace(ARTICLE, ARTICLE + content))
        attempts = ", ".join(f"() => {{ {text} }}" for text in SCRIPTED.values())
        with serving(changed) as address, contextlib.closing(browser.new_context()) as context:
            context.add_init_script(SPY.replace("THERE", there).replace("ATTEMPTS", attempts))
            page = context.new_page()
            page.goto(f"{address}guide/{MODULE}")
            yield page, lambda: {*page.evaluate("ran"), *asked}


def until(page, condition):
    """Wait for something that only this process knows."""
    for _ in range(3000):
        if condition():
            return
        page.evaluate("() => new Promise(requestAnimationFrame)")
    raise AssertionError("it never came true")


def test_without_the_policy_every_injection_would_work(browser, site):
    with injected(browser, site, lambda text: POLICY.sub("", text)) as (page, worked):
        until(page, lambda: worked() == NAMES)


def test_with_the_policy_no_injection_works_and_each_is_refused(browser, site):
    inline = {"script-src-elem inline", "script-src-attr inline", "script-src-elem data", "script-src eval", "worker"}
    asking = {f"THERE{name}" for name in {*ASK, *SCRIPTED} - UNNAMED}
    with injected(browser, site) as (page, worked):
        until(page, lambda: inline | asking <= refusals(page))

        assert {"frame-src THERE", "object-src THERE"} <= refusals(page)
        assert worked() == set()


def refusals(page):
    """What the browser refused: directives of inline scripts, addresses elsewhere, frames by their server."""
    return set(
        page.evaluate("""() => refused.flatMap((line) => {
      const named = line.replace(/ws:/, "http:").replace(elsewhere, "THERE").replace(elsewhere.slice(0, -1), "THERE");
      return [named, named.split(" ").at(-1).replace("?", "")];
    })""")
    )


PYTHON = """
import js

def attempt(what):
    try:
        return what()
    except Exception as error:
        return "refused" if "Failed to" in str(error) or "EvalError" in str(error) else str(error)

def ask(url):
    request = js.XMLHttpRequest.new()
    request.open("GET", url, False)
    request.send()
    return request.status

print(attempt(lambda: ask("THERE")), attempt(lambda: js.eval("1")), attempt(lambda: ask("HERE")))
"""


def test_python_in_a_page_is_bound_by_the_policy_of_the_page(open_page, address):
    asked: set[str] = set()
    page = open_page("", expected="Content Security Policy|failed: |asked for http://127")
    with serving(functools.partial(Elsewhere, asked=asked)) as there:
        code = PYTHON.replace("THERE", there).replace("HERE", address)
        place = page.locator(".live").first
        place.evaluate("(place, code) => { place.querySelector('code').textContent = code; }", code)
        place.locator('[data-do="run"]').click()
        page.wait_for_function("() => document.querySelector('.live .stdout')?.textContent", timeout=PATIENCE)

        assert place.locator(".stdout").text_content().split() == ["refused", "refused", "200"]
    assert asked == set()


def test_every_page_has_the_same_policy_right_behind_its_character_set(site):
    start = re.compile(r'\s*<!doctype html>\s*<html[^>]*>\s*<head>\s*<meta charset="utf-8">\s*' + POLICY.pattern)
    texts = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]

    assert len(texts) > 10
    assert all(start.match(text) for text in texts)
    assert len({head for text in texts for head in POLICY.findall(text)}) == 1
    assert [text.count('http-equiv="Content-Security-Policy"') for text in texts] == [1] * len(texts)


def test_the_policy_allows_no_inline_script_but_the_themes(site):
    (policy,) = POLICY.findall((site / "index.html").read_text(encoding="utf-8"))
    (allowed,) = re.findall(r"script-src ([^;]*);", policy)

    scripts = allowed.split()
    hashes = [source for source in scripts if source.startswith("'sha256-")]
    assert [source for source in scripts if source not in hashes] == ["'self'", "'wasm-unsafe-eval'"]
    assert len(hashes) == 2 + 5  # the palette, the tabs, and the way to the root: ., .., ../.., ../../.., /guide/
    assert "https:" not in policy
