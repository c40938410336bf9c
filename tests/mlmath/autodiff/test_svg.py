"""The picture of a graph: well formed, accessible, nothing overlaps, nothing sticks out."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from mlmath.autodiff import Variable, computational_graph, sigmoid, to_svg

PICTURES = Path(__file__).parent / "pictures"
SVG = "{http://www.w3.org/2000/svg}"


def loss():
    x, w, b = Variable(2.0, name="x"), Variable(-3.0, name="w"), Variable(1.0, name="b")
    return (sigmoid(x * w + b) - 0.5) ** 2


def twice():
    q = Variable(3.0, name="q")
    return q * q + q


def arrays():
    return np.sum(Variable(np.ones((3, 2)), name="W") @ Variable(np.ones(2)))


def drawn(output, **settings):
    return ET.fromstring(to_svg(computational_graph(output), **settings))  # noqa: S314 - our own picture


def boxes(svg):
    return [{key: float(box.get(key)) for key in ("x", "y", "width", "height")} for box in svg.iter(f"{SVG}rect")]


def test_title_and_description_name_the_picture_for_screen_readers():
    svg = drawn(loss(), title="Loss & co")
    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")

    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == "Loss & co"
    assert description.text.startswith("x: value 2, gradient 0.01968. w: value −3, gradient −0.01312. b: value 1, ")
    assert "* of x and w: value −6, gradient −0.006559. + of * and b: value −5" in description.text


def test_names_in_the_description_have_operations_and_sources():
    q = twice()
    q.name = "result"

    text = drawn(q).find(f"{SVG}desc").text

    assert (
        text
        == "q: value 3, gradient 7. * of q and q: value 9, gradient 1. result = + of * and q: value 12, gradient 1."
    )


def test_arrays_are_described_by_their_shape():
    svg = drawn(arrays())

    assert svg.find(f"{SVG}desc").text.startswith(
        "W: shape (3, 2). input: shape (2,). @ of W and input: shape (3,). sum of @"
    )


def test_the_default_title_says_what_it_is():
    assert drawn(twice()).find(f"{SVG}title").text == "Computational graph"


def test_two_pictures_on_a_page_have_different_ids_and_the_same_picture_the_same_bytes():
    first, again, other = (to_svg(computational_graph(make())) for make in (loss, loss, twice))
    titled = to_svg(computational_graph(loss()), title="Another")

    assert first == again
    assert len({text.partition('-title"')[0].rpartition('"')[2] for text in (first, other, titled)}) == 3


def test_names_are_escaped():
    svg = drawn(Variable(1.0, name="<script>&") * 2)

    assert svg.findall(f"{SVG}text")[1].text == "<script>&"


def test_all_is_drawn_in_the_colour_of_the_text():
    text = to_svg(computational_graph(loss()))

    assert set(re.findall(r'(?:fill|stroke)="(.*?)"', text)) == {"currentColor", "none"}
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("make", [loss, twice, arrays])
def test_pictures_are_those_that_were_looked_at(make):
    """If this fails on purpose, look at the new picture in a browser before you keep it."""
    kept = (PICTURES / f"{make.__name__}.svg").read_text(encoding="utf-8")

    assert to_svg(computational_graph(make()), title=make.__name__) == kept


@pytest.mark.parametrize("make", [loss, twice, arrays])
def test_boxes_lie_inside_the_picture_and_apart(make):
    svg = drawn(make())
    _, _, width, height = map(float, svg.get("viewBox").split())
    placed = boxes(svg)

    assert (svg.get("width"), svg.get("height")) == (f"{width:.0f}", f"{height:.0f}")
    assert len(placed) == len(computational_graph(make()).nodes)
    for box in placed:
        assert box["x"] > 0
        assert box["x"] + box["width"] < width
        assert box["y"] > 0
        assert box["y"] + box["height"] < height
    for i, a in enumerate(placed):
        for b in placed[:i]:
            across = a["x"] + a["width"] < b["x"] or b["x"] + b["width"] < a["x"]
            down = a["y"] + a["height"] < b["y"] or b["y"] + b["height"] < a["y"]
            assert across or down


@pytest.mark.parametrize("make", [loss, twice, arrays])
def test_every_arrow_ends_at_the_left_side_of_its_node(make):
    graph = computational_graph(make())
    svg = drawn(make())
    placed = boxes(svg)
    paths = [path.get("d") for path in svg.iter(f"{SVG}path")]
    lines, heads = paths[0::2], paths[1::2]

    assert len(lines) == len(heads) == len(graph.edges)
    for edge, line, head in zip(graph.edges, lines, heads, strict=True):
        source, target = placed[edge.source], placed[edge.target]
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", line)]
        tip = [float(number) for number in re.findall(r"-?[\d.]+", head)][:2]
        assert numbers[0] == pytest.approx(source["x"] + source["width"], abs=0.11)
        assert source["y"] < numbers[1] < source["y"] + source["height"]
        assert tip[0] == pytest.approx(target["x"], abs=0.11)
        assert target["y"] < tip[1] < target["y"] + target["height"]
        assert numbers[-2:] == [pytest.approx(tip[0] - 7, abs=0.11), tip[1]]


@pytest.mark.parametrize("make", [loss, twice, arrays])
def test_texts_fit_into_their_boxes(make):
    """Letters of a monospaced font are 0.6 of its size wide."""
    graph, svg = computational_graph(make()), drawn(make())
    texts = [text for text in svg.iter(f"{SVG}text") if text.get("font-size") is None]
    remaining = iter(texts)

    for node, box in zip(graph.nodes, boxes(svg), strict=True):
        lines = [next(remaining) for _ in range(3 if node.shape == () else 2)]
        assert [line.get("font-weight") for line in lines] == ["bold"] + [None] * (len(lines) - 1)
        for line in lines:
            half = len(line.text) * 0.6 * 13 / 2
            assert line.get("text-anchor") == "middle"
            assert box["x"] < float(line.get("x")) - half
            assert float(line.get("x")) + half < box["x"] + box["width"]
            assert box["y"] + 9 < float(line.get("y")) < box["y"] + box["height"] - 4
    assert next(remaining, None) is None


def labels(svg):
    return [text for text in svg.iter(f"{SVG}text") if text.get("font-size") == "12"]


def test_edges_show_local_derivatives():
    assert [label.text for label in labels(drawn(loss()))] == ["−3", "2", "1", "1", "0.00665", "1", "−0.987"]
    assert labels(drawn(arrays())) == []


def test_labels_stand_beside_edges_that_rise_or_fall_and_above_level_ones():
    """x falls to the product, w rises to it, and the rest of the chain is level."""
    x, w, b, *_, last = labels(drawn(loss()))

    assert [label.get("text-anchor") for label in (x, w, b, last)] == ["start", "start", "start", "middle"]
    assert float(w.get("y")) - float(x.get("y")) > 18


def test_edges_side_by_side_have_their_labels_on_the_outer_sides():
    upper, lower, *_ = labels(drawn(twice()))

    assert float(lower.get("y")) - float(upper.get("y")) > 30
    assert (upper.get("text-anchor"), lower.get("text-anchor")) == ("end", "start")


def test_edges_side_by_side_do_not_touch():
    svg = drawn(twice())
    first, _, second, *_ = (re.findall(r"[\d.]+", path.get("d")) for path in svg.iter(f"{SVG}path"))

    assert float(second[1]) - float(first[1]) == pytest.approx(18.0)


def test_a_single_node_is_a_picture():
    svg = drawn(Variable(1.0, name="x"))

    assert len(boxes(svg)) == 1
    assert list(svg.iter(f"{SVG}path")) == []
