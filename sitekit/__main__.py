"""The commands of this repository: ``python3 -m sitekit serve | build | test | lint | outputs | new | bundle``.

``runtime`` makes what the others make anyway; ``drift`` and ``zensical`` look ahead, once a week.

Each sets up what it needs first, so that it works on a fresh clone.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from sitekit.drift import drift
from sitekit.environment import ENVIRONMENT, ROOT, SetupError, ensure_browser, ensure_environment

SITE = ROOT / "site"
IN_PARALLEL = ("--numprocesses=auto", "--dist=worksteal")
"""The whole suite runs in as many processes as there are cores, each from its own end of the list."""


def main() -> int:
    """Run one command and return its exit status."""
    options, others = parser().parse_known_args()
    if others and options.command != "test":
        parser().error(f"unknown arguments: {' '.join(others)}")
    try:
        if options.command == "drift":
            return drift(options.which)
        python = ensure_environment()
        if Path(sys.prefix).resolve() != ENVIRONMENT.resolve():
            return hand_over([str(python), "-m", "sitekit", *sys.argv[1:]])
        if options.command == "serve":
            return serve(options.port)
        if options.command == "build":
            return build(options.site_dir.resolve(), options.compress)
        if options.command == "bundle":
            return bundle(options.output.resolve())
        if options.command == "test":
            ensure_browser()
            if options.long:
                return run_longer_tests(others)
            return run("pytest", *(others or IN_PARALLEL))
        if options.command == "zensical":
            return compare_with_zensical()
        if options.command == "runtime":
            return make_runtime()
        if options.command == "outputs":
            return run("pytest", "--codeblocks", "--update-output", "-q", "--no-header", *(options.pages or pages()))
        if options.command == "new":
            return new(options)
        if options.rules:
            return show_rules()
        return lint_built(options.built) if options.built else lint(fix=options.fix)
    except SetupError as error:
        print(f"sitekit: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(prog="python3 -m sitekit", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    serving = commands.add_parser("serve", help="build the site, serve it, rebuild it when a source changes")
    serving.add_argument("--port", type=int, default=8000, help="the first port to try (default 8000)")
    building = commands.add_parser("build", help="build the site into a folder")
    building.add_argument("--site-dir", type=Path, default=SITE, help="the folder (default site)")
    building.add_argument("--compress", action="store_true", help="add compressed copies, for nginx's gzip_static")
    bundling = commands.add_parser("bundle", help="write the guide as one zip, to be read without server and network")
    bundling.add_argument("--output", type=Path, default=ROOT / "mlmath.zip", help="the file (default mlmath.zip)")
    testing = commands.add_parser(
        "test", help="run the whole test suite; further arguments go to pytest", add_help=False
    )
    testing.add_argument("--long", action="store_true", help="run the tests marked long, which take other browsers")
    linting = commands.add_parser("lint", help="report every mistake in the sources with its place")
    linting.add_argument("--fix", action="store_true", help="mend white space, blank lines and line ends first")
    linting.add_argument("--rules", action="store_true", help="print the name of every kind of mistake, and stop")
    linting.add_argument(
        "--built", type=Path, nargs="?", const=SITE, metavar="FOLDER", help="of the built site instead (default site)"
    )
    commands.add_parser("runtime", help="fetch, verify and pack Python for the browser (the other commands do it, too)")
    start = commands.add_parser("new", help="start a module, an exercise or a figure").add_subparsers(
        dest="kind", required=True
    )
    module = start.add_parser("module", help="write a page, its snippet files and its line in nav")
    module.add_argument("page", metavar="BRANCH/NAME", help="its path, calculus/my_topic for instance")
    module.add_argument("--title", default="", help="the title of the page (default: made of the name)")
    for kind in ("exercise", "figure"):
        piece = start.add_parser(kind, help=f"add one to a page: its place on the page and its code in {kind}s.py")
        piece.add_argument("page", metavar="PAGE", help="path of the page below docs/, calculus/my_topic for instance")
        piece.add_argument("name", metavar="NAME", help="name of the function, in small letters and underscores")
    writing = commands.add_parser("outputs", help="run the code of pages and rewrite the # > lines that changed")
    writing.add_argument(
        "pages", nargs="*", metavar="PAGE", help="docs/calculus/my_topic.md for instance (default: all)"
    )
    drifting = commands.add_parser("drift", help="run the library's tests and all code with other versions of numpy")
    drifting.add_argument("which", choices=["newest", "oldest"], help="versions of numpy, matplotlib and tqdm")
    commands.add_parser("zensical", help="build the site with MkDocs' successor and print what differs")
    return top


def run(module: str, *arguments: str) -> int:
    """Run a Python module in the repository."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run([sys.executable, "-m", module, *arguments], cwd=ROOT, env=environment, check=False).returncode


def run_longer_tests(arguments: list[str]) -> int:
    """Run the tests that the whole suite leaves out, in Firefox and WebKitGTK, too."""
    from sitekit.other_browsers import ensure_other_browsers

    ensure_other_browsers()
    return run("pytest", "-m", "long", "tests", *arguments)


def hand_over(command: list[str]) -> int:
    """Go on as another command in the repository, so that who stops this process stops that one."""
    os.chdir(ROOT)
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606  # no shell is wanted; does not return
    return subprocess.run(command, check=False).returncode


def serve(port: int) -> int:
    """Serve the site on the first free port from ``port`` on."""
    free = next((candidate for candidate in range(port, port + 50) if is_free(candidate)), None)
    if free is None:
        raise SetupError(f"no port from {port} to {port + 49} is free: choose another with --port")
    os.environ["SITE_URL"] = f"http://127.0.0.1:{free}/"
    print(f"Building the site. It opens at http://127.0.0.1:{free}/ (stop with Ctrl+C)", flush=True)
    opened = ["--open"] if sys.stdout.isatty() else []
    # --livereload is MkDocs' default, which newer versions of click no longer see
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    command = ["-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{free}", *opened]
    return hand_over([sys.executable, *command])


def is_free(port: int) -> bool:
    """Whether nothing listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def build(site: Path, is_compressed: bool = False) -> int:
    """Build into a folder beside the result, and put it in place only when it is complete."""
    new, old = site.with_name(site.name + ".new"), site.with_name(site.name + ".old")
    for left_over in (new, old):
        shutil.rmtree(left_over, ignore_errors=True)
    status = run("mkdocs", "build", "--strict", "--site-dir", str(new))
    if status:
        shutil.rmtree(new, ignore_errors=True)
        return status
    if is_compressed:
        from sitekit.compress import compress

        compress(new)
    if site.exists():
        site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)
    return 0


def compare_with_zensical() -> int:
    """Build the site with both generators and print what differs."""
    from sitekit.zensical import compare

    return build(SITE) or compare(SITE)


def bundle(target: Path) -> int:
    """Build the site for use without a server, and write it into one zip."""
    from sitekit.bundle import write_bundle

    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "guide"
        status = build(site)
        if status == 0:
            write_bundle(site, target)
            print(f"{target}: {target.stat().st_size / 1e6:.0f} MB")
    return status


def make_runtime() -> int:
    """Make the files that let a page run its code, and say where they are."""
    from sitekit import browser_packages, runtime

    browser_packages.install()
    print(runtime.ensure().relative_to(ROOT))
    return 0


def new(options: argparse.Namespace) -> int:
    """Start a module, an exercise or a figure, and list what is left to write."""
    from sitekit import scaffold

    try:
        if options.kind == "module":
            changed = scaffold.new_module(ROOT, options.page, options.title)
        else:
            changed = scaffold.new_piece(ROOT, scaffold.Piece(options.kind, options.page, options.name))
    except scaffold.ScaffoldError as error:
        print(f"sitekit: {error}", file=sys.stderr)
        return 1
    for path in changed:
        print(f"wrote {path.relative_to(ROOT)}")
    problems = scaffold.left_to_write(ROOT, changed)
    for problem in problems:
        print(problem.show(ROOT))
    print(f"Places left to write: {len(problems)}. python3 -m sitekit lint lists them again.")
    return 0


def lint(*, fix: bool = False) -> int:
    """Print every problem of the sources; the exit status is 1 if there is any."""
    from sitekit.lint import lint as problems_of
    from sitekit.mend import mend

    for change in mend(ROOT) if fix else ():
        print(change)
    problems = problems_of(ROOT)
    for problem in problems:
        print(problem.show(ROOT))
    return 1 if problems else 0


def show_rules() -> int:
    """Print the name of every kind of mistake, and what holds where it was not made."""
    from sitekit.rules.built_names import BUILT_RULES
    from sitekit.rules.names import RULES

    for name, meaning in [*RULES.items(), *BUILT_RULES.items()]:
        print(f"{name:24} {meaning}")
    print(f"{'MD001 to MD095':24} The rules of rumdl that pyproject.toml leaves on: https://rumdl.dev")
    return 0


def lint_built(site: Path) -> int:
    """Print every problem of a built site; the exit status is 1 if there is any."""
    from sitekit.built import problems_of

    problems = problems_of(site, ROOT)
    for problem in problems:
        print(problem.show(ROOT))
    return 1 if problems else 0


def pages() -> list[str]:
    """The pages whose code has ``# >`` lines: those that people write."""
    from sitekit.pages import page_paths

    return [str(path.relative_to(ROOT)) for path in page_paths(ROOT)]


if __name__ == "__main__":
    sys.exit(main())
