"""The recipe for nginx, read from the page on hosting, and what GitHub Pages relies on."""

import contextlib
import gzip
import http.client
import re
import shutil
import subprocess
import threading
import urllib.parse
from typing import Any

import pytest
import yaml
from conftest import ROOT
from lxml import html
from nginx import recipe, serving

from sitekit.compress import compress

SWITCHES = 20
MODULE = "calculus/calculus_for_ml/"


@pytest.fixture(scope="module")
def versions(site, tmp_path_factory):
    """Two versions of the site, each page with its name at both ends, as they lie on a server; the first is current."""
    folder = tmp_path_factory.mktemp("srv")
    for name, left_out in {"A": ("plots-*", "rest-*", "*.map", "lunr"), "B": ("runtime", "*.map", "lunr")}.items():
        version = folder / "versions" / name / "guide"
        shutil.copytree(site, version, ignore=shutil.ignore_patterns(*left_out))
        for page in version.rglob("*.html"):
            text = page.read_text(encoding="utf-8")
            page.write_text(f"{text}<!-- {name}1 -->{' ' * 9000}<!-- {name}2 -->", encoding="utf-8")
        compress(version)
    (folder / "current").symlink_to(folder / "versions" / "A")
    return folder


@pytest.fixture(scope="module")
def nginx(versions):
    """The address of nginx with the recipe."""
    with serving(versions) as address:
        yield address


def put_in_place(versions, name):
    """Switch to another version with the very commands of the page."""
    lines = [line.removeprefix("$ ") for line in recipe("console", "mv -T").splitlines()]
    commands = "\n".join(line for line in lines if line.startswith(("ln ", "mv ")))
    assert commands.count("mv -T") == 2
    script = f"version={versions / 'versions' / name}\n" + commands.replace("/srv/guide", str(versions))
    subprocess.run(["bash", "-euc", script], check=True)  # noqa: S607


def get(connection, path, **headers):
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read()


def connect(address):
    return contextlib.closing(http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc, timeout=60))


@pytest.fixture
def connection(nginx):
    with connect(nginx) as connection:
        yield connection


def test_twenty_versions_are_put_in_place_under_load_and_no_request_fails(versions, nginx, record_property):
    paths = [f"/guide/{name}" for name in ("", MODULE, "start/notation/", "assets/css/mlmath.css", "404.html")]
    is_over = threading.Event()
    seen: list[bytes] = []
    wrong: list[object] = []

    def read(connection, encoding):
        while not is_over.is_set():
            for path in paths:
                status, headers, body = get(connection, path, **{"Accept-Encoding": encoding})
                text = gzip.decompress(body) if headers["Content-Encoding"] == "gzip" else body
                marks = re.findall(rb"<!-- ([AB])[12] -->", text)
                seen.append(b"".join(marks))
                if status != 200 or marks not in ([], [b"A"] * 2, [b"B"] * 2) or (not marks) != path.endswith(".css"):
                    wrong.append((path, status, marks))

    def read_and_note(encoding):
        try:
            with connect(nginx) as connection:
                read(connection, encoding)
        except (OSError, http.client.HTTPException) as error:
            wrong.append(error)

    readers = [threading.Thread(target=read_and_note, args=[encoding]) for encoding in ("gzip", "identity", "gzip")]
    for reader in readers:
        reader.start()
    for switch in range(SWITCHES):
        before = len(seen)
        put_in_place(versions, "BA"[switch % 2])
        while len(seen) < before + 50 and not wrong:  # each version is read before the next one comes
            is_over.wait(0.01)
    is_over.set()
    for reader in readers:
        reader.join()

    record_property("measured", f"{len(seen)} requests during {SWITCHES} switches, {len(wrong)} failed")
    assert wrong == []
    assert {b"AA", b"BB"} <= set(seen)


def test_a_file_with_a_hash_in_its_name_is_found_after_the_version_that_had_it_is_gone(versions, connection):
    put_in_place(versions, "A")
    name = "guide/assets/stylesheets/main.00000000.min.css"
    (versions / "versions" / "A" / name).write_text("body { }", encoding="utf-8")
    put_in_place(versions, "B")

    assert get(connection, f"/{name}")[0] == 200
    put_in_place(versions, "B")
    assert get(connection, f"/{name}")[0] == 404


def test_what_never_changes_is_cached_for_ever_and_all_else_is_asked_for_each_time(versions, site, connection):
    put_in_place(versions, "A")
    for path in [*site.rglob("*.min.css"), *(site / "assets").rglob("*.js"), *site.rglob("*.wasm"), site / "sw.js"]:
        if "lunr" in path.parts:
            continue
        name = path.relative_to(site).as_posix()
        caching = get(connection, f"/guide/{name}")[1]["Cache-Control"]
        has_hash = re.search(r"\.[0-9a-f]{8}\.min\.|/pyodide-[0-9a-f]{16}/", name)
        assert ("immutable" in caching) == bool(has_hash), name
        assert has_hash or caching == "no-cache"
    assert get(connection, "/guide/")[1]["Cache-Control"] == "no-cache"


def test_types_compression_and_headers_are_those_that_pages_need(versions, site, connection):
    put_in_place(versions, "A")
    types = {".wasm": "application/wasm", ".mjs": "text/javascript", ".html": "text/html; charset=utf-8"}
    for suffix, kind in types.items():
        for path in list(site.rglob(f"*{suffix}"))[:3]:
            status, headers, body = get(
                connection, f"/guide/{path.relative_to(site).as_posix()}", **{"Accept-Encoding": "gzip"}
            )
            assert (status, headers["Content-Type"], headers["Content-Encoding"]) == (200, kind, "gzip")
            assert len(body) < path.stat().st_size / 1.5
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert "frame-ancestors" in headers["Content-Security-Policy"]


def test_an_address_without_a_page_says_what_to_do_and_leads_back(connection):
    status, headers, body = get(connection, "/guide/no/such/page/")

    assert (status, headers["Cache-Control"]) == (404, "no-cache")
    page: Any = html.fromstring(body)
    assert page.xpath("//h1/text()") == ["There is no page at this address"]
    assert page.xpath("//input[@name='query']")
    for target in page.xpath("//link[@rel='stylesheet']/@href | //script/@src | //article//a/@href"):
        assert target.startswith("/guide/"), target
        assert get(connection, target)[0] == 200, target


def test_a_folder_without_its_slash_leads_to_the_page(connection):
    status, headers, _ = get(connection, f"/guide/{MODULE.rstrip('/')}")

    assert (status, headers["Location"]) == (301, f"/guide/{MODULE}")


def test_compressed_copies_depend_on_the_content_alone(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.html").write_text("text " * 1000, encoding="utf-8")
        (tmp_path / name / "small.html").write_text("text", encoding="utf-8")
        (tmp_path / name / "picture.png").write_bytes(bytes(5000))
        compress(tmp_path / name)

    assert sorted(path.name for path in (tmp_path / "one").glob("*.gz")) == ["page.html.gz"]
    copies = [(tmp_path / name / "page.html.gz").read_bytes() for name in ("one", "two")]
    assert copies[0] == copies[1]
    assert gzip.decompress(copies[0]) == (tmp_path / "one" / "page.html").read_bytes()


def test_github_pages_gets_what_it_needs(site):
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    (build,) = [step for step in workflow["jobs"]["test"]["steps"] if step.get("run") == "python3 -m sitekit build"]
    (upload,) = [step for step in workflow["jobs"]["test"]["steps"] if "upload-pages-artifact" in step.get("uses", "")]

    assert build["env"]["SITE_URL"].endswith(".github.io/${{ github.event.repository.name }}/")
    assert upload["with"]["path"] == "site"
    assert (site / "404.html").is_file()
    # The action that packs the site leaves hidden files out and refuses links.
    assert [path for path in site.rglob("*") if path.name.startswith(".") or path.is_symlink()] == []
