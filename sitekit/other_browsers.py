"""Firefox and WebKitGTK, the engine of Safari, with what drives them: installed when the longer tests are asked for.

Playwright drives no browser but its own builds and Chromium. Firefox has a protocol of its own, Marionette, and
WebKitGTK comes with a WebDriver that needs a screen; Xvfb is one without glass.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from sitekit.environment import ROOT, SetupError, install_with_apt

FIREFOX = ("firefox-esr", "firefox")
PROGRAMS = {"WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"}
CLIENTS = ("marionette-driver==3.7.1", "selenium==4.49.0")
"""By the makers of Firefox, and by those of WebDriver. Apart from the locked packages: nothing else needs them."""

FOLDER = ROOT / ".cache" / "other-browsers"


def ensure_other_browsers() -> None:
    """Install what is missing.

    Raises:
        SetupError: If something can't be installed. The longer tests never skip for want of a browser.
    """
    if not find_firefox():
        install_with_apt("firefox-esr")
    for program, package in PROGRAMS.items():
        if not shutil.which(program):
            install_with_apt(package)
    ensure_clients()


def find_firefox() -> str | None:
    """The path of a Firefox."""
    return next((path for path in map(shutil.which, FIREFOX) if path), None)


def ensure_clients() -> None:
    """Install the two clients into a folder of their own, once for these versions."""
    stamp = FOLDER / "installed"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == "\n".join(CLIENTS):
        return
    shutil.rmtree(FOLDER, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    if subprocess.run([*pip, "--target", str(FOLDER), *CLIENTS], check=False).returncode:
        raise SetupError(f"pip could not install {' and '.join(CLIENTS)}: see its message above")
    stamp.write_text("\n".join(CLIENTS), encoding="utf-8")


def minibrowser() -> Path:
    """The small browser that comes with WebKitGTK.

    Raises:
        SetupError: If there is none.
    """
    found = sorted(Path("/usr/lib").glob("**/webkit2gtk-4.*/MiniBrowser"))
    if not found:
        raise SetupError("there is no MiniBrowser of WebKitGTK: install Debian's webkit2gtk-driver")
    return found[-1]
