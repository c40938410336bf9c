"""The recipe for nginx against Python's own server, on one page and in one run: ``python -m tests.benchmark_hosting``.

wrk asks each server for the module page, as a browser would, over 16 connections; the two take turns.
Build the site first: ``python3 -m sitekit build``.
"""

import contextlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sitekit.compress import compress
from sitekit.environment import install_with_apt
from tests.nginx import free_port, serving, wait_for

ROOT = Path(__file__).resolve().parent.parent
PAGE = "calculus/calculus_for_ml/"
SECONDS = 5
ROUNDS = 3


@contextlib.contextmanager
def python_serving(folder: Path) -> Iterator[str]:
    """The address of ``python -m http.server`` for the same files."""
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/guide/", process)
            yield f"http://127.0.0.1:{port}/guide/"
        finally:
            process.terminate()


def measure(address: str) -> str:
    """Requests a second and latencies, as wrk sees them."""
    command = ["wrk", "-t1", "-c16", f"-d{SECONDS}s", "--latency", "-H", "Accept-Encoding: gzip", address + PAGE]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.findall(r"Requests/sec:\s+([0-9.]+)", printed)[0]
    median, last = (re.findall(rf"{share}%\s+(\S+)", printed)[0] for share in (50, 99))
    failed = re.findall(r"Non-2xx.*|Socket errors.*", printed)
    return f"{float(rate):8.0f} requests a second, p50 {median:>9}, p99 {last:>9} {' '.join(failed)}"


def main() -> None:
    """Print one line for each measurement."""
    if not shutil.which("wrk"):
        install_with_apt("wrk")
    with tempfile.TemporaryDirectory() as folder:
        version = Path(folder) / "versions" / "A"
        shutil.copytree(ROOT / "site", version / "guide")
        compress(version)
        (Path(folder) / "current").symlink_to(version)
        with serving(Path(folder)) as nginx, python_serving(version) as python:
            for _ in range(ROUNDS):
                print(f"nginx               {measure(nginx)}", flush=True)
                print(f"python -m http.server{measure(python)[1:]}", flush=True)


if __name__ == "__main__":
    main()
