"""The repository itself: locks, workflow, README, package."""

import contextlib
import io
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import yaml
from conftest import ROOT, copy_of_sources

from sitekit.snippets import split_output


def test_every_locked_package_has_hashes_and_no_address():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")

    packages = re.split(r"\n(?=[a-z0-9])", lock.strip())
    assert len(packages) > 50
    assert [package for package in packages if "--hash=sha256:" not in package or "==" not in package] == []
    assert "://" not in lock


def test_every_dependency_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[\[<>=;]", requirement)[0].lower() for requirement in wanted}

    locked = set(
        re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert names - locked == set()


def test_every_browser_package_has_an_integrity_hash_and_no_address():
    lock = (ROOT / "sitekit" / "browser" / "package-lock.json").read_text(encoding="utf-8")
    packages = yaml.safe_load(lock)["packages"]

    assert len(packages) > 2
    assert [name for name, entry in packages.items() if name and not entry["integrity"].startswith("sha512-")] == []
    assert '"resolved"' not in lock


def test_the_workflow_pins_every_action_and_grants_only_what_a_job_needs():
    text = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)

    uses = re.findall(r"uses: (\S+)", text)
    assert len(uses) >= 4
    assert [action for action in uses if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action)] == []
    assert workflow["permissions"] == {"contents": "read"}
    assert "permissions" not in workflow["jobs"]["test"]
    assert workflow["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}


def test_the_workflow_has_no_weakness_that_zizmor_knows():
    command = [
        str(Path(sys.executable).with_name("zizmor")),
        "--offline",
        "--no-config",
        "--persona=auditor",
        ".github",
    ]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout + result.stderr
    assert "No findings to report" in result.stdout


def test_the_example_of_the_readme_is_that_of_the_home_page_and_prints_what_it_shows():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    (shown,) = re.findall(r"```text\n(.*?)```", readme, re.DOTALL)
    example = (ROOT / "snippets" / "index" / "examples.py").read_text(encoding="utf-8")

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})  # noqa: S102  # the README's own code
    assert printed.getvalue() == shown
    (section,) = re.findall(r"# --8<-- \[start:descent\]\n(.*?)# --8<-- \[end", example, re.DOTALL)
    assert split_output(section) == (code.strip(), shown.strip())


def test_the_wheel_holds_the_library_with_its_data_and_nothing_else(tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)

    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    data = {str(file.relative_to(ROOT)) for file in (ROOT / "mlmath" / "datasets" / "data").iterdir()}
    assert "mlmath/datasets/data/windsor_housing.csv" in data
    assert data <= set(names)
    assert "mlmath/py.typed" in names
    assert {name.split("/")[0] for name in names} == {"mlmath", "mlmath-0.1.0.dist-info"}


def test_each_broken_layer_is_reported(tmp_path):
    """The contracts on who may import whom: break one in a copy and see it."""
    copy = copy_of_sources(tmp_path)
    linter = [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"]
    assert subprocess.run(linter, cwd=copy, check=False, capture_output=True).returncode == 0

    arrays = copy / "mlmath" / "_arrays.py"
    arrays.write_text("import mlmath.optim\n" + arrays.read_text(encoding="utf-8"), encoding="utf-8")
    result = subprocess.run(linter, cwd=copy, check=False, capture_output=True, text=True)

    assert result.returncode == 1
    assert "mlmath is made in layers BROKEN" in result.stdout
