"""What the build writes into the service worker: a version for each content, and the files that any page may need."""

import json
import re

import pytest

from sitekit.errors import SiteError
from sitekit.offline import write_service_worker

SCRIPT = 'const VERSION = ""; // hash\nconst CORE = []; // files\n'


@pytest.fixture
def root(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "sw.js").write_text(SCRIPT, encoding="utf-8")
    for name in ("503.html", "index.html", "assets/js/main.js", "assets/runtime/large.wasm"):
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path


def written(root):
    """The version and the files in the script of the site."""
    write_service_worker(root, root / "site")
    text = (root / "site" / "sw.js").read_text(encoding="utf-8")
    version, core = re.findall(r'^const VERSION = "(\w+)"; // hash\nconst CORE = (\[.*\]); // files$', text, re.S)[0]
    return version, json.loads(core)


def test_the_version_changes_with_each_content_and_each_name_and_with_nothing_else(root):
    first = written(root)[0]
    assert written(root)[0] == first

    (root / "site" / "index.html").write_text("changed", encoding="utf-8")
    second = written(root)[0]
    (root / "site" / "index.html").rename(root / "site" / "other.html")

    assert len({first, second, written(root)[0]}) == 3


def test_what_any_page_may_need_is_listed_and_large_files_are_not(root):
    assert written(root)[1] == ["503.html", "assets/js/main.js"]


@pytest.mark.parametrize("line", SCRIPT.splitlines())
def test_a_script_without_a_place_for_them_is_reported(root, line):
    (root / "docs" / "sw.js").write_text(SCRIPT.replace(line, ""), encoding="utf-8")

    with pytest.raises(
        SiteError, match=r"sw\.js:1: the line const .* is missing\. Write .* \[service-worker-version\]"
    ):
        written(root)
