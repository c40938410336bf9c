"""A commit has one site, whoever builds it and where; the foot of each page says which commit that was."""

import platform
import shutil
import subprocess
from typing import Any

import numpy as np
import pytest
from conftest import ROOT, build, copy_of_sources
from lxml import html

from sitekit import versions


def files_of(site):
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "cached",
    [
        pytest.param(["figures", "labs", "editor", "formulas"], id="figures and labs cached"),
        pytest.param([], id="nothing cached", marks=pytest.mark.long),
    ],
)
def test_a_build_elsewhere_with_other_settings_is_the_same_byte_for_byte(site, tmp_path, cached):
    copy = copy_of_sources(tmp_path / "a copy", cached)
    shutil.copy(ROOT / ".gitignore", copy)
    history = ROOT / ".git"
    if history.exists():  # an archive has none
        (shutil.copytree if history.is_dir() else shutil.copy)(history, copy / ".git")

    again = build(copy, tmp_path / "elsewhere", TZ="XYZ-13", PYTHONHASHSEED="1", LC_ALL="C")

    here, there = files_of(site), files_of(again)
    assert here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []


def test_every_page_says_what_its_code_was_run_with(site):
    pages = sorted(site.rglob("*.html"))

    for path in pages:
        page: Any = html.fromstring(path.read_bytes())
        (foot,) = page.xpath("//footer//p[@class='built-from']")
        said = " ".join(foot.text_content().split())
        assert said.startswith("Built from "), path
        assert f"run with Python {platform.python_version()}, numpy {np.__version__} and matplotlib 3." in said, path
    assert len(pages) > 10


@pytest.fixture
def git(tmp_path):
    """Run git in a repository that has one page and one commit."""

    def run(*arguments):
        name = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        command = ["git", *name, *arguments]
        return subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout.strip()

    run("init", "--quiet")
    page = tmp_path / "docs" / "index.md"
    page.parent.mkdir()
    page.write_text("# Home\n", encoding="utf-8")
    run("add", ".")
    run("commit", "--quiet", "--message=One page", "--date=2020-01-01T00:00:00Z")
    return run


def test_a_build_is_named_and_dated_after_its_commit(git, tmp_path):
    assert versions.commit_of(tmp_path) == f"commit {git('rev-parse', 'HEAD')[:7]}"
    assert versions.date_of(tmp_path) == git("log", "-1", "--format=%ct")


def test_changes_of_what_a_build_reads_are_admitted_and_others_do_not_count(git, tmp_path):
    commit = versions.commit_of(tmp_path)

    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert versions.commit_of(tmp_path) == commit

    (tmp_path / "docs" / "draft.md").write_text("# Draft\n", encoding="utf-8")
    assert versions.commit_of(tmp_path) == f"{commit} with changes"


def test_an_archive_without_git_has_an_unknown_commit_and_a_fixed_date(git, tmp_path):
    archive = tmp_path / "archive"  # git would find the repository around it
    archive.mkdir()

    assert versions.commit_of(archive) == "an unknown commit"
    assert versions.date_of(archive) == "0"


def test_the_versions_in_the_browser_are_those_of_the_files_that_it_gets():
    said = versions.versions_in_browser()

    assert list(said) == ["Python", "numpy", "matplotlib"]
    wheels = [path.name for path in (ROOT / ".cache" / "runtime" / "wheels").glob("*.whl")]
    for name in ("numpy", "matplotlib"):
        assert any(wheel.startswith(f"{name}-{said[name]}-") for wheel in wheels)


def test_the_foot_lists_versions_as_a_sentence_does():
    assert versions.in_words({"Python": "3.11", "numpy": "2.4", "matplotlib": "3.11"}) == (
        "Python 3.11, numpy 2.4 and matplotlib 3.11"
    )
