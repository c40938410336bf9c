"""The files that a piece of code depends on, and the hash that keys the caches."""

import pytest

from sitekit import closure
from sitekit.closure import hash_of, imported_files

FILES = {
    "snippets/m/figures.py": "import os\nimport numpy as np\nfrom pkg.a import f\n\ndef g():\n    import tool\n",
    "pkg/__init__.py": "",
    "pkg/a.py": "import pkg.b\n",
    "pkg/b.py": "from pkg.sub import thing\n",
    "pkg/sub/__init__.py": "from . import near\nfrom .deep import x\nfrom ..c import y\n",
    "pkg/sub/near.py": "",
    "pkg/sub/deep.py": "",
    "pkg/c.py": "",
    "pkg/sub/data/table.csv": "1,2\n",
    "pkg/sub/data/more/table.csv": "3,4\n",
    "pkg/unused.py": "",
    "pkg/other/__init__.py": "",
    "pkg/other/data/table.csv": "",
    "tool.py": "import pkg.a\n",
}
UNUSED = {"pkg/unused.py", "pkg/other/__init__.py", "pkg/other/data/table.csv"}


@pytest.fixture
def root(write):
    return write(dict(FILES))


def test_imports_are_followed_with_data_files_and_relative_ones(root):
    found = imported_files(root, root / "snippets/m/figures.py")

    assert {path.relative_to(root).as_posix() for path in found} == FILES.keys() - UNUSED


def test_a_circle_of_imports_ends(write):
    root = write({"a.py": "import b\n", "b.py": "import a\n"})

    assert imported_files(root, root / "a.py") == {root / "a.py", root / "b.py"}


def test_a_file_without_imports_depends_on_itself(write):
    root = write({"a.py": "x = 1\n"})

    assert imported_files(root, root / "a.py") == {root / "a.py"}


def test_the_hash_is_the_same_for_the_same_files(root):
    start = root / "snippets/m/figures.py"

    assert hash_of(root, start) == hash_of(root, start)


@pytest.mark.parametrize("name", sorted(FILES.keys() - UNUSED))
def test_the_hash_changes_with_every_file(root, name):
    start = root / "snippets/m/figures.py"
    before = hash_of(root, start)

    (root / name).write_text(FILES[name] + "# edited\n", encoding="utf-8")

    assert hash_of(root, start) != before


@pytest.mark.parametrize("name", sorted(UNUSED))
def test_the_hash_does_not_change_with_files_that_are_not_imported(root, name):
    start = root / "snippets/m/figures.py"
    before = hash_of(root, start)

    (root / name).write_text("x = 2\n", encoding="utf-8")

    assert hash_of(root, start) == before


def test_the_hash_changes_with_the_versions_of_what_computes(root, monkeypatch):
    start = root / "snippets/m/figures.py"
    before = hash_of(root, start)

    monkeypatch.setattr(closure, "versions", lambda: ("another numpy",))

    assert hash_of(root, start) != before


def test_the_versions_name_python_numpy_and_matplotlib():
    python, numpy, matplotlib = closure.versions()

    assert python.startswith("3.")
    assert numpy.startswith("numpy ")
    assert matplotlib.startswith("matplotlib ")


def test_the_hash_changes_with_what_else_is_given(root):
    start = root / "snippets/m/figures.py"

    assert len({hash_of(root, start), hash_of(root, start, "a"), hash_of(root, start, "b")}) == 3


def test_the_hash_depends_on_the_place_of_the_file(write):
    root = write({"a.py": "x = 1\n", "b.py": "x = 1\n"})

    assert hash_of(root, root / "a.py") != hash_of(root, root / "b.py")
