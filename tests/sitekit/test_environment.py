"""Setting up a machine: what is reused, what is installed, and what is said when that fails."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sitekit import environment
from sitekit.environment import (
    SetupError,
    ensure_browser,
    ensure_environment,
    find_browser,
    install_with_apt,
    python_of_environment,
)


class Machine:
    """An empty machine: the commands that were started on it, and the exit status that each will have."""

    def __init__(self, commands):
        self.commands = commands
        self.status = 0


@pytest.fixture
def started(monkeypatch, tmp_path):
    """An empty machine."""
    commands: list[list[str]] = []
    machine = Machine(commands)

    def start(command, **options):
        commands.append(command)
        return subprocess.CompletedProcess(command, machine.status)

    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(environment, "LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr("sitekit.environment.subprocess.run", start)
    monkeypatch.setattr("sitekit.environment.venv.create", lambda *_, **__: make_python())
    monkeypatch.setattr("sitekit.environment.shutil.which", lambda _: None)
    monkeypatch.setattr(environment, "BROWSER_ON_MAC", tmp_path / "nowhere")
    monkeypatch.delenv("CHROMIUM", raising=False)
    (tmp_path / "requirements.lock").write_text("numpy==2.0\n", encoding="utf-8")
    return machine


def make_python():
    path = python_of_environment()
    path.parent.mkdir(parents=True)
    path.touch()


def installed_stamp():
    return (environment.ENVIRONMENT / "installed-lock").read_text(encoding="utf-8")


def lock_hash():
    return hashlib.sha256(environment.LOCK.read_bytes()).hexdigest()


def test_a_fresh_clone_gets_its_environment_from_the_lock_file(started, tmp_path):
    python = ensure_environment()

    (command,) = started.commands
    assert python == tmp_path / ".venv" / "bin" / "python"
    assert command[:3] == [str(python), "-m", "pip"]
    assert command[-3:] == ["--require-hashes", "--requirement", str(tmp_path / "requirements.lock")]
    assert installed_stamp() == lock_hash()


def test_an_environment_that_is_up_to_date_is_reused(started):
    ensure_environment()
    started.commands.clear()

    ensure_environment()

    assert started.commands == []


def test_a_changed_lock_file_is_installed_into_the_same_environment(started, monkeypatch):
    ensure_environment()
    started.commands.clear()
    environment.LOCK.write_text("numpy==2.1\n", encoding="utf-8")
    monkeypatch.setattr("sitekit.environment.venv.create", lambda *_, **__: pytest.fail("it exists already"))

    ensure_environment()

    assert [command[-1] for command in started.commands] == ["--version", str(environment.LOCK)]
    assert installed_stamp() == lock_hash()


def test_an_environment_without_pip_is_created_anew(started, monkeypatch):
    make_python()
    monkeypatch.setattr(environment, "has_pip", lambda _: False)
    created = []
    monkeypatch.setattr("sitekit.environment.venv.create", lambda *_, **options: created.append(options))

    ensure_environment()

    assert created == [{"clear": True, "with_pip": True}]


def test_an_installation_that_failed_is_told_and_tried_again(started):
    started.status = 1

    with pytest.raises(SetupError, match=r"pip could not install requirements\.lock"):
        ensure_environment()

    assert not (environment.ENVIRONMENT / "installed-lock").exists()
    started.status = 0
    ensure_environment()
    assert installed_stamp() == lock_hash()


def test_an_old_python_is_refused(started, monkeypatch):
    monkeypatch.setattr("sitekit.environment.sys.version_info", (3, 10, 9))

    with pytest.raises(SetupError, match=r"run the command with Python 3\.11 or newer"):
        ensure_environment()

    assert started.commands == []


def test_a_python_without_ensurepip_gets_debians_package(started, monkeypatch):
    monkeypatch.setattr("sitekit.environment.importlib.util.find_spec", lambda _: None)

    with pytest.raises(SetupError, match="python3-venv is missing: install it with your system's package manager"):
        ensure_environment()


@pytest.mark.parametrize(("system", "name"), [("posix", "bin/python"), ("nt", "Scripts/python.exe")])
def test_the_interpreter_lies_where_the_system_puts_it(monkeypatch, system, name):
    monkeypatch.setattr("sitekit.environment.os.name", system, raising=True)

    path = str(environment.ENVIRONMENT) + "/" + name
    found = python_of_environment()
    monkeypatch.undo()
    assert found.as_posix() == path


def test_the_browser_that_chromium_names_is_taken(started, monkeypatch, tmp_path):
    (tmp_path / "browser").touch()
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "browser"))

    assert ensure_browser() == tmp_path / "browser"
    assert started.commands == []


def test_a_wrong_name_in_chromium_is_told(started, monkeypatch, tmp_path):
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "no"))

    with pytest.raises(SetupError, match=r"CHROMIUM is set to .*/no, and there is no such file"):
        find_browser()


@pytest.mark.parametrize("name", environment.BROWSERS)
def test_any_of_the_usual_browsers_is_found(started, monkeypatch, tmp_path, name):
    (tmp_path / name).touch()
    monkeypatch.setattr(
        "sitekit.environment.shutil.which", lambda wanted: str(tmp_path / name) if wanted == name else None
    )

    assert find_browser() == tmp_path / name


def test_the_browser_of_a_mac_is_found(started, monkeypatch, tmp_path):
    (tmp_path / "Google Chrome").touch()
    monkeypatch.setattr(environment, "BROWSER_ON_MAC", tmp_path / "Google Chrome")

    assert find_browser() == tmp_path / "Google Chrome"


def test_a_machine_without_a_browser_has_none(started):
    assert find_browser() is None


def test_a_missing_browser_is_installed(started, monkeypatch, tmp_path):
    found = iter([None, tmp_path])
    monkeypatch.setattr(environment, "find_browser", lambda: next(found))
    packages: list[str] = []
    monkeypatch.setattr(environment, "install_with_apt", packages.append)

    assert ensure_browser() == tmp_path
    assert packages == ["chromium-headless-shell"]


def test_a_browser_that_is_missing_after_the_installation_is_told(started, monkeypatch):
    monkeypatch.setattr(environment, "install_with_apt", lambda _: None)

    with pytest.raises(SetupError, match="there is no Chromium: install it, or set CHROMIUM"):
        ensure_browser()


def equip(monkeypatch, *programs, root):
    monkeypatch.setattr(
        "sitekit.environment.shutil.which", lambda name: f"/usr/bin/{name}" if name in programs else None
    )
    monkeypatch.setattr("sitekit.environment.os.geteuid", lambda: 0 if root else 1000)


@pytest.mark.parametrize(
    ("programs", "root", "start"),
    [(["apt-get"], True, ["/usr/bin/apt-get"]), (["apt-get", "sudo"], False, ["sudo", "/usr/bin/apt-get"])],
)
def test_debian_packages_are_installed_as_root_or_with_sudo(started, monkeypatch, programs, root, start):
    equip(monkeypatch, *programs, root=root)

    install_with_apt("chromium")

    assert started.commands == [[*start, "update", "-qq"], [*start, "install", "-y", "-qq", "chromium"]]


@pytest.mark.parametrize(("programs", "root"), [([], True), (["sudo"], False), (["apt-get"], False)])
def test_a_machine_where_we_cannot_install_is_told_what_is_missing(started, monkeypatch, programs, root):
    equip(monkeypatch, *programs, root=root)

    with pytest.raises(SetupError, match="chromium is missing: install it with your system's package manager"):
        install_with_apt("chromium")

    assert started.commands == []


def test_an_installation_with_apt_that_fails_is_told(started, monkeypatch):
    equip(monkeypatch, "apt-get", root=True)
    started.status = 100

    with pytest.raises(SetupError, match="apt-get could not install chromium: see its message above"):
        install_with_apt("chromium")


def test_nothing_but_the_standard_library_is_imported():
    """It runs before anything is installed: isolated, without site-packages."""
    code = "import sys; sys.path.insert(0, sys.argv[1]); import sitekit.environment, sitekit.__main__"
    repository = Path(environment.__file__).resolve().parents[1]
    command = [sys.executable, "-I", "-S", "-c", code, str(repository)]

    result = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))

    assert result.returncode == 0, result.stderr
