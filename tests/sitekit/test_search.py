"""The theme's search makes its index when somebody searches."""

import shutil

import pytest
from conftest import ROOT, in_node

from sitekit.errors import SiteError
from sitekit.search import WORKER, make_index_late

# Runs the worker as a browser would; the entries of the index say how often they were read.
IN_WORKER = """
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";
let answer, said = [], reads = 0;
globalThis.self = globalThis;
globalThis.addEventListener = (name, hear) => (answer = hear);
globalThis.postMessage = (message) => said.push(message);
globalThis.importScripts = () => {};
const [path] = JSON.parse(readFileSync(0, "utf8"));
runInThisContext(readFileSync(path, "utf8"));
const docs = [{ location: "a/", title: "Momentum", text: "It rolls on." }];
const config = { lang: ["en"], separator: "[\\\\s]+", pipeline: [], fields: { title: {}, text: {} } };
const data = { config, options: {}, get docs() { reads += 1; return docs; } };
await answer({ data: { type: 0, data } });
const before = reads;
await answer({ data: { type: 2, data: "momentum" } });
await answer({ data: { type: 2, data: "momentum" } });
console.log(JSON.stringify({ said: said.map(({ type, data }) => [type, data?.items.length]), before, reads }));
"""


@pytest.fixture
def worker(tmp_path):
    """The theme's worker, in a site of its own."""
    (source,) = (ROOT / ".venv").rglob(f"material/templates/{WORKER}")
    target = tmp_path / "assets" / "javascripts" / "workers" / source.name
    target.parent.mkdir(parents=True)
    shutil.copy(source, target)
    return target


def test_the_index_is_made_once_by_the_first_search(worker, tmp_path):
    as_it_was = in_node(IN_WORKER, [str(worker)])

    make_index_late(tmp_path)

    now = in_node(IN_WORKER, [str(worker)])
    assert as_it_was["said"] == now["said"] == [[1, None], [3, 1], [3, 1]]
    assert as_it_was["before"] > 0
    assert now["before"] == 0
    assert now["reads"] == as_it_was["reads"]


@pytest.mark.parametrize("text", ["", "a=1;a=2"])
def test_a_search_that_is_not_known_stops_the_build(worker, tmp_path, text):
    worker.write_text(text, encoding="utf-8")

    with pytest.raises(SiteError, match="does not make its index in the way that is known here"):
        make_index_late(tmp_path)
