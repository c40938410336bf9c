"""Setting up a machine that has Python and git: a virtual environment from the lock file, and a browser for the tests.

Only the standard library is used here: this runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
OLDEST_PYTHON = (3, 11)
HEADLESS = "chromium-headless-shell"
"""Debian's Chromium without its own windows: it opens a page in two thirds of the time."""
BROWSERS = (HEADLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER_ON_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


class SetupError(Exception):
    """The machine lacks something that can't be installed from here; the message says what to do."""


def python_of_environment() -> Path:
    """The interpreter of the virtual environment."""
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def ensure_environment() -> Path:
    """Create or update the virtual environment from the lock file, if need be, and return its interpreter.

    Raises:
        SetupError: If Python is too old or can't create virtual environments, or if the installation fails.
    """
    if sys.version_info < OLDEST_PYTHON:
        raise SetupError(f"this is Python {sys.version.split()[0]}; run the command with Python 3.11 or newer")
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    stamp = ENVIRONMENT / "installed-lock"
    python = python_of_environment()
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    if not python.exists() or not has_pip(python):  # pip is missing where an earlier creation was interrupted
        if importlib.util.find_spec("ensurepip") is None:  # Debian ships it apart
            install_with_apt("python3-venv")
        print("Creating .venv", flush=True)
        venv.create(ENVIRONMENT, clear=True, with_pip=True)
    print("Installing the locked dependencies (about a minute, once)", flush=True)
    # without compiling: a module is compiled when it is first imported, and most never are
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-compile"]
    if subprocess.run([*pip, "--require-hashes", "--requirement", str(LOCK)], check=False).returncode:
        raise SetupError("pip could not install requirements.lock: see its message above")
    stamp.write_text(wanted)
    return python


def locked() -> list[str]:
    """The packages of the lock file, each with its version and its condition, without hashes."""
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    return [line.removesuffix(" \\") for line in lines if line[:1].isalnum()]


def separate_environment(name: str, requirements: list[str]) -> Path:
    """The interpreter of an environment below .cache/, made by the Python that runs this, with these packages.

    Raises:
        SetupError: If pip can't install them.
    """
    folder = ROOT / ".cache" / "environments" / name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    print(f"Installing what is needed into {folder.relative_to(ROOT)} (some minutes)", flush=True)
    venv.create(folder, clear=True, with_pip=True)
    listed = folder / "requirements.txt"
    listed.write_text("\n".join(requirements) + "\n", encoding="utf-8")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    if subprocess.run([*pip, "--requirement", str(listed)], check=False).returncode:
        raise SetupError(f"pip could not install {listed.relative_to(ROOT)}: see its message above")
    return python


def has_pip(python: Path) -> bool:
    """Whether an interpreter can run pip."""
    return subprocess.run([str(python), "-m", "pip", "--version"], check=False, capture_output=True).returncode == 0


def ensure_browser() -> Path:
    """The path of a Chromium or Chrome, installed with Debian's package manager if there is none.

    Raises:
        SetupError: If there is none and it can't be installed. Tests of the site never skip for want of a browser.
    """
    found = find_browser()
    if found is None:
        install_with_apt(HEADLESS)
        found = find_browser()
    if found is None:
        raise SetupError("there is no Chromium: install it, or set CHROMIUM to the path of one")
    return found


def find_browser() -> Path | None:
    """A Chromium or Chrome on this machine: the one CHROMIUM names, else the first of the usual ones."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not Path(named).exists():
            raise SetupError(f"CHROMIUM is set to {named}, and there is no such file")
        return Path(named)
    paths = [shutil.which(name) for name in BROWSERS]
    candidates = [Path(path) for path in paths if path] + [BROWSER_ON_MAC]
    return next((path for path in candidates if path.exists()), None)


def install_with_apt(package: str) -> None:
    """Install a Debian package.

    Raises:
        SetupError: If this isn't Debian, or we may not install there.
    """
    apt = shutil.which("apt-get")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not apt or not (is_root or shutil.which("sudo")):
        raise SetupError(f"{package} is missing: install it with your system's package manager")
    command = [*([] if is_root else ["sudo"]), apt]
    print(f"Installing {package} with apt-get", flush=True)
    subprocess.run([*command, "update", "-qq"], check=False)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = [*command, "install", "-y", "-qq", package]
    if subprocess.run(install, check=False, env=environment, stdout=subprocess.DEVNULL).returncode:
        raise SetupError(f"apt-get could not install {package}: see its message above")
