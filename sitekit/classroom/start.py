"""Opens the guide in your browser with everything that it can do. It needs Python 3 and no network."""

import contextlib
import functools
import http.server
import webbrowser
from pathlib import Path
from typing import Any

USUAL_PORT = 8642  # the browser remembers your progress for this address
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".svg": "image/svg+xml"}


class Handler(http.server.SimpleHTTPRequestHandler):
    """Sends the files of the guide, with types that don't depend on the settings of this machine."""

    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | TYPES  # as its parent

    def end_headers(self) -> None:
        """Have the browser ask each time, so that a newer guide in this folder is seen."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing about each file."""


def server() -> http.server.ThreadingHTTPServer:
    """A server for this machine alone, at the usual port or else at any free one."""
    handler = functools.partial(Handler, directory=Path(__file__).resolve().parent / "guide")
    try:
        return http.server.ThreadingHTTPServer(("127.0.0.1", USUAL_PORT), handler)
    except OSError:  # the port is taken
        return http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)


if __name__ == "__main__":
    with server() as running:
        address = f"http://127.0.0.1:{running.server_port}/"
        print(f"The guide is at {address} (stop with Ctrl+C)", flush=True)
        webbrowser.open(address)
        with contextlib.suppress(KeyboardInterrupt):
            running.serve_forever()
