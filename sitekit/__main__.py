"""The commands of this repository: ``python3 -m sitekit serve | build | test | lint | outputs | runtime``.

Each sets up what it needs first, so that it works on a fresh clone.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

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
        python = ensure_environment()
        if Path(sys.prefix).resolve() != ENVIRONMENT.resolve():
            return hand_over([str(python), "-m", "sitekit", *sys.argv[1:]])
        if options.command == "serve":
            return serve(options.port)
        if options.command == "build":
            return build(options.site_dir.resolve())
        if options.command == "test":
            ensure_browser()
            if options.long:
                return run_longer_tests(others)
            return run("pytest", *(others or IN_PARALLEL))
        if options.command == "runtime":
            return make_runtime()
        if options.command == "outputs":
            return run("pytest", "--codeblocks", "--update-output", "-q", "--no-header", *pages())
        return lint()
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
    testing = commands.add_parser(
        "test", help="run the whole test suite; further arguments go to pytest", add_help=False
    )
    testing.add_argument("--long", action="store_true", help="run the tests marked long, which take other browsers")
    commands.add_parser("lint", help="report every mistake in the sources with its place")
    commands.add_parser("runtime", help="fetch, verify and pack Python for the browser (the other commands do it, too)")
    commands.add_parser("outputs", help="run the code of the pages and rewrite the # > lines that changed")
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


def build(site: Path) -> int:
    """Build into a folder beside the result, and put it in place only when it is complete."""
    new, old = site.with_name(site.name + ".new"), site.with_name(site.name + ".old")
    for left_over in (new, old):
        shutil.rmtree(left_over, ignore_errors=True)
    status = run("mkdocs", "build", "--strict", "--site-dir", str(new))
    if status:
        shutil.rmtree(new, ignore_errors=True)
        return status
    if site.exists():
        site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)
    return 0


def make_runtime() -> int:
    """Make the files that let a page run its code, and say where they are."""
    from sitekit import browser_packages, runtime

    browser_packages.install()
    print(runtime.ensure().relative_to(ROOT))
    return 0


def lint() -> int:
    """Print every problem of the sources; the exit status is 1 if there is any."""
    from sitekit.lint import lint as problems_of

    problems = problems_of(ROOT)
    for problem in problems:
        print(problem.show(ROOT))
    return 1 if problems else 0


def pages() -> list[str]:
    """The pages whose code has ``# >`` lines: those that people write."""
    from sitekit.pages import page_paths

    return [str(path.relative_to(ROOT)) for path in page_paths(ROOT)]


if __name__ == "__main__":
    sys.exit(main())
