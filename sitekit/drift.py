"""``python3 -m sitekit drift newest|oldest``: does the guide still hold with other versions of what it calculates with?

In an environment of its own, below .cache/, the tests of the library and the code of all pages run with the newest
versions that there are, or with the oldest ones that pyproject.toml allows. All else has the locked versions.
Only the standard library is used here: the Python that runs this need not have anything else.
"""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections import Counter
from itertools import chain
from pathlib import Path
from xml.etree import ElementTree

from sitekit.environment import LOCK, ROOT, locked, separate_environment

FOLLOWERS = ("contourpy", "scipy", "scikit-learn", "autograd")
"""What is built on numpy: the newest of these fit the newest numpy."""

PARSER_OF_OLD_MATPLOTLIB = "pyparsing<3.3"
"""Later ones warn of names that matplotlib 3.10 uses, and a warning is an error here."""


def drift(which: str) -> int:
    """Install, run, print a table of what differs; the exit status is 1 if anything does."""
    python = separate_environment(f"drift-{which}", requirements(which))
    report = ROOT / ".cache" / f"drift-{which}.xml"
    report.unlink(missing_ok=True)
    tests = [
        "--codeblocks",
        "docs",
        "tests/mlmath",
        "-q",
        "--tb=no",
        "--no-summary",
        "--continue-on-collection-errors",
        f"--junit-xml={report}",
    ]
    status = subprocess.run([str(python), "-m", "pytest", *tests], cwd=ROOT, check=False).returncode
    print(table([("package", "locked", which), *versions([*names_of(ours()), *FOLLOWERS], installed(python))]))
    if not report.exists():
        print("pytest wrote no report: see its message above")
        return 2
    differences = failures(report.read_text(encoding="utf-8"))
    print(table([("times", "what differs", "first in"), *differences]) if differences else "\nNothing differs.")
    return status


def requirements(which: str) -> list[str]:
    """The lock without hashes, but with the newest or the oldest versions of what mlmath runs with."""
    if which == "oldest":
        wanted = [*(requirement.replace(">=", "==") for requirement in ours()), PARSER_OF_OLD_MATPLOTLIB]
    else:
        wanted = [*names_of(ours()), *FOLLOWERS]
    return [line for line in locked() if line.split("==")[0] not in names_of(wanted)] + wanted


def ours() -> list[str]:
    """What pyproject.toml says that mlmath runs with: ``numpy>=2.0`` and others."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]


def names_of(requirements: list[str]) -> list[str]:
    """The names without versions."""
    return [re.split("[><=]", requirement)[0] for requirement in requirements]


def installed(python: Path) -> dict[str, str]:
    """The version of every package that an interpreter has."""
    listed = subprocess.run([str(python), "-m", "pip", "freeze", "--all"], check=True, capture_output=True, text=True)
    return dict(line.split("==") for line in listed.stdout.splitlines() if "==" in line)


def versions(names: list[str], here: dict[str, str]) -> list[tuple[str, str, str]]:
    """The locked version of each package, or those for several Pythons, and the one here."""
    lock = LOCK.read_text(encoding="utf-8")
    found = {name: re.findall(rf"^{re.escape(name)}==([^ ]+)", lock, re.MULTILINE) for name in names}
    return [(name, " or ".join(locked_ones), here[name]) for name, locked_ones in found.items()]


def failures(report: str) -> list[tuple[str, str, str]]:
    """What the tests of a JUnit report say that failed: each first line with its count, and the first such test."""
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for case in ElementTree.fromstring(report).iter("testcase"):  # noqa: S314  # pytest wrote it
        # a test says first what is wrong, an import that failed says it last
        said = [failure.get("message", "").splitlines()[0] for failure in case.findall("failure")]
        said += [(error.text or "").splitlines()[-1] for error in case.findall("error")]
        for message in said:
            counts[message[:120]] += 1
            first.setdefault(message[:120], f"{case.get('classname')} {case.get('name')}".strip())
    return [(str(count), message, first[message]) for message, count in counts.most_common()]


def table(rows: list[tuple[str, ...]]) -> str:
    """The rows in columns, under an empty line."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n" + "\n".join(lines)
