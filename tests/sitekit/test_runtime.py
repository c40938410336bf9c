"""The runtime for the browser: every file is verified, the bundles are whole, and each making gives the same bytes."""

import base64
import gzip
import hashlib
import io
import json
import tarfile
import zipfile

import pytest

from sitekit import runtime
from sitekit.browser_packages import package_file
from sitekit.environment import SetupError
from sitekit.prepare import prepare


def content_of(archive, name):
    file = archive.extractfile(name)
    assert file is not None
    return file.read()


def names_in(bundle):
    with tarfile.open(runtime.ensure() / f"{bundle}.tar.gz") as archive:
        return archive.getnames()


def test_the_wheels_are_those_of_the_lock_file_of_pyodide():
    lock = json.loads(package_file("pyodide/pyodide-lock.json").read_text(encoding="utf-8"))["packages"]

    found = runtime.wheels(runtime.CACHE / "wheels")

    assert {hashlib.sha256(path.read_bytes()).hexdigest() for path in found} == {
        lock[name]["sha256"] for name in runtime.PACKAGES
    }


def test_a_wheel_that_was_changed_is_refused_and_not_kept(tmp_path):
    path = tmp_path / "numpy.whl"
    path.write_bytes(b"something else")

    with pytest.raises(
        SetupError, match=r"numpy.whl is not the file of Pyodide's lock file: its SHA-256 is .*, not 00"
    ):
        runtime.verify(path, "00")
    assert not path.exists()


def test_every_module_that_a_page_may_import_is_in_one_bundle_and_no_package_is_half_there():
    bundles = {bundle: set(names_in(bundle)) for bundle in ("core", "plots", "rest")}

    assert "site-packages/numpy/__init__.pyc" in bundles["core"]
    assert "site-packages/numpy/testing/__init__.py" in bundles["rest"]
    assert "site-packages/matplotlib/pyplot.pyc" in bundles["plots"]
    assert not [name for name in bundles["rest"] if name.startswith(runtime.PLOT_PACKAGES)]
    for bundle in ("plots", "rest"):
        alone = bundles["core"] | bundles[bundle]
        folders = {name.rpartition("/")[0] for name in bundles[bundle] if name.endswith((".py", ".pyc"))}
        packages = {folder for folder in folders if "-" not in folder.rpartition("/")[2]} - {"", "site-packages"}
        halves = [f for f in packages if not {f"{f}/__init__.py", f"{f}/__init__.pyc"} & alone]
        assert [half for half in halves if "mpl-data" not in half and half not in NAMESPACES] == []


NAMESPACES = {"site-packages/mpl_toolkits", "site-packages/numpy/doc"}
"""Packages that have no __init__ of their own."""


def test_the_list_of_late_modules_is_that_of_the_bundles():
    with tarfile.open(runtime.ensure() / "core.tar.gz") as archive:
        late = json.loads(content_of(archive, "late.json"))

    assert {"matplotlib", "PIL", "mpl_toolkits.mplot3d.axes3d"} <= set(late["plots"])
    assert {"numpy.testing", "numpy.fft._pocketfft_umath", "unittest", "unittest.mock", "difflib"} <= set(late["rest"])
    assert "numpy" not in late["rest"]


@pytest.mark.parametrize(
    ("file", "module"),
    [
        ("os.pyc", "os"),
        ("site-packages/numpy/testing/__init__.py", "numpy.testing"),
        ("site-packages/PIL/_imaging.cpython-314-wasm32-emscripten.so", "PIL._imaging"),
        ("site-packages/matplotlib/mpl-data/matplotlibrc", None),
        ("late.json", None),
    ],
)
def test_the_module_of_a_file(file, module):
    assert runtime.module_of(file) == module


def test_an_archive_is_the_same_whenever_it_is_made_and_holds_what_was_put_in():
    files = {"b/two.py": b"2", "a.py": b""}

    packed = runtime.archive(files)

    assert packed == runtime.archive(dict(reversed(files.items())))
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        assert {name: content_of(archive, name) for name in archive.getnames()} == files
        assert {entry.mtime for entry in archive.getmembers()} == {0}
    assert gzip.decompress(packed)


@pytest.mark.long
def test_making_it_twice_gives_the_same_bytes(tmp_path):
    folder = runtime.ensure()
    tree = tmp_path / "tree"
    runtime.unpack(tree, runtime.wheels(runtime.CACHE / "wheels"))
    runtime.compile_hot(tree)
    runtime.pack(tree, tmp_path / "packed")

    for path in folder.iterdir():
        assert (tmp_path / "packed" / path.name).read_bytes() == path.read_bytes(), path.name


def test_what_can_not_be_compiled_is_said(tmp_path):
    with pytest.raises(SetupError, match="the runtime can't be compiled"):
        runtime.compile_hot(tmp_path / "nothing here")


def test_a_published_file_has_the_hash_and_size_of_the_manifest_and_the_library_is_that_of_the_repository(tmp_path):
    runtime.publish(tmp_path)

    folder = tmp_path / "assets" / "runtime"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for entry in manifest["files"].values():
        content = (folder / entry["path"]).read_bytes()
        assert entry["bytes"] == len(content)
        assert entry["integrity"] == f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}"
    with tarfile.open(folder / manifest["files"]["library.tar.gz"]["path"]) as library:
        inside = content_of(library, "site-packages/mlmath/optim/__init__.py")
        assert inside == (runtime.ROOT / "mlmath" / "optim" / "__init__.py").read_bytes()
        assert "site-packages/mlmath_session.py" in library.getnames()
    listed = {entry["path"] for entry in manifest["files"].values()} | {"manifest.json"}
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == listed


def test_the_empty_standard_library_is_an_archive():
    assert zipfile.ZipFile(runtime.ensure() / "empty.zip").namelist() == []


def test_a_site_without_the_runtime_is_built_and_says_so(tmp_path, monkeypatch, capsys):
    def refuse(*_):
        raise SetupError("there is no network")

    monkeypatch.setattr(runtime, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(runtime, "fetch", refuse)
    monkeypatch.setattr("sitekit.prepare.figures.draw_all", lambda _: 0)

    prepare(runtime.ROOT)
    runtime.publish(tmp_path / "site")

    assert "The pages get no Run buttons: there is no network" in capsys.readouterr().out
    assert not (tmp_path / "site").exists()
