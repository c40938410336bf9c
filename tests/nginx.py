"""nginx with the recipe of docs/contributing/hosting.md, for its test and its benchmark."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

from sitekit.environment import install_with_apt
from sitekit.pages import read_page

ROOT = Path(__file__).resolve().parent.parent
AROUND = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    include /etc/nginx/mime.types;
    sendfile on;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {recipe}
}}
"""


def recipe(language, word):
    """The block of the page on hosting that is in this language and holds this word."""
    page = read_page(ROOT, ROOT / "docs" / "contributing" / "hosting.md")
    (block,) = [fence for fence in page.fences if fence.info == language and any(word in line for line in fence.lines)]
    return "\n".join(block.lines)


def path_of_nginx():
    """nginx, installed if need be: its tests never skip."""
    places = os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin"
    found = shutil.which("nginx", path=places)
    if found is None:
        install_with_apt("nginx-light")
        found = shutil.which("nginx", path=places)
    assert found, "there is no nginx: install it with your system's package manager"
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving(folder):
    """The address of nginx that serves ``folder`` in the place of /srv/guide, for a site below /guide/."""
    port = free_port()
    changes = {"listen 80;": f"listen 127.0.0.1:{port};", "/srv/guide": str(folder), " /404.html": " /guide/404.html"}
    text = recipe("nginx", "gzip_static")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    user = "user root;" if os.geteuid() == 0 else ""  # nginx would give up the right to read the folder
    configuration = folder / "nginx.conf"
    configuration.write_text(AROUND.format(folder=folder, user=user, recipe=text), encoding="utf-8")
    command = [path_of_nginx(), "-c", str(configuration), "-e", str(folder / "error.log")]
    with subprocess.Popen(command) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/guide/", process)
            yield f"http://127.0.0.1:{port}/guide/"
        finally:
            process.terminate()


def wait_for(address, process):
    """Wait until a server answers."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended: see its message above"
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310  # our own server
            return
        except OSError:  # not up yet
            time.sleep(0.05)
    raise TimeoutError(f"{address} doesn't answer")
