"""style: readable on both backgrounds, distinct to every eye, and gone after use."""

import sys
from io import BytesIO
from itertools import combinations

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb, to_rgba

from mlmath.plots import style

BACKGROUNDS = {"light": "#ffffff", "dark": "#1e2129"}
SCHEMES = sorted(BACKGROUNDS)

# Multiply linear RGB by one of these to see with other eyes: Machado, Oliveira & Fernandes (2009),
# "A physiologically-based model for simulation of color vision deficiency", matrices of severity 1.0.
EYES = {
    "most": np.eye(3),
    "no red cones": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no green cones": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no blue cones": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def linear_rgb(color):
    """sRGB decoded, as WCAG 2.2 defines relative luminance."""
    coded = np.array(to_rgb(color))
    return np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)


def contrast(color, other):
    """WCAG 2.2 contrast ratio, from 1 to 21."""
    dark, light = sorted(linear_rgb(c) @ [0.2126, 0.7152, 0.0722] for c in (color, other))
    return (light + 0.05) / (dark + 0.05)


def oklab(linear):
    """Ottosson's OKLab, where distance is what the eye sees as difference."""
    cones = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    lab = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    return lab @ np.cbrt(cones @ np.clip(linear, 0, None))


def hue(color):
    """Angle in the plane of OKLab's colours, in degrees."""
    _, a, b = oklab(linear_rgb(color))
    return np.degrees(np.arctan2(b, a))


def settings(scheme):
    with style(scheme):
        return dict(mpl.rcParams)


def line_colors(scheme):
    return settings(scheme)["axes.prop_cycle"].by_key()["color"]


def test_contrast_is_measured_as_wcag_does():
    """Black on white is 21; #767676 is the well-known lightest grey for text on white."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_and_axes_have_the_contrast_of_text(scheme):
    used = settings(scheme)

    for key in ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color", "patch.edgecolor"):
        assert contrast(used[key], BACKGROUNDS[scheme]) >= 4.5, key


@pytest.mark.parametrize("scheme", SCHEMES)
def test_lines_have_the_contrast_of_graphics(scheme):
    ratios = [contrast(color, BACKGROUNDS[scheme]) for color in line_colors(scheme)]

    assert len(ratios) == 6
    assert min(ratios) >= 3.0


@pytest.mark.parametrize("background", BACKGROUNDS.values())
def test_the_muted_grey_is_one_grey_that_shows_on_both_backgrounds(background):
    muted = settings("light")["grid.color"]

    assert muted == settings("dark")["grid.color"]
    assert len(set(to_rgb(muted))) == 1
    assert contrast(muted, background) >= 3.0


def test_both_schemes_have_the_same_hues_in_the_same_order():
    """The angle in the plane of colours may turn by 8 degrees; the last line is the colour of the text."""
    for light, dark in list(zip(line_colors("light"), line_colors("dark"), strict=True))[:-1]:
        turn = hue(light) - hue(dark)
        assert abs((turn + 180) % 360 - 180) < 8, (light, dark)
    assert [line_colors(scheme)[-1] for scheme in SCHEMES] == [settings(scheme)["text.color"] for scheme in SCHEMES]


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_any_two_lines_look_different_to_all_eyes(scheme, eyes):
    """The original palette of Okabe and Ito comes as close as 0.076 (purple and green without green cones)."""
    seen = [oklab(EYES[eyes] @ linear_rgb(color)) for color in line_colors(scheme)]

    assert min(np.linalg.norm(one - other) for one, other in combinations(seen, 2)) > 0.09


@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_that_is_drawn_stays_black_or_white(scheme):
    """Black is lost on dark slate, white on white: no setting of colour may keep them."""
    left = {key for key, value in settings(scheme).items() if value in ("black", "white", "k", "w", "0", "1")}

    assert {key for key in left if "color" in key} <= {"figure.edgecolor"}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_figure_is_transparent_and_open_to_the_top_and_right(scheme):
    with style(scheme):
        fig, ax = plt.subplots()
        ax.plot([0, 1], [0, 1], label="line")
        legend = ax.legend()
        file = BytesIO()
        fig.savefig(file, format="png")
        plt.close(fig)
    file.seek(0)
    pixels = np.asarray(plt.imread(file))

    assert pixels[:3, :3, 3].max() == 0.0
    assert to_rgba(ax.patch.get_facecolor())[3] == 0.0
    assert not legend.get_frame_on()
    assert [side for side in ax.spines if ax.spines[side].get_visible()] == ["left", "bottom"]
    assert not any(line.get_visible() for line in ax.get_xgridlines())


def test_letters_are_large_enough_for_a_phone():
    used = settings("light")

    assert used["font.size"] == 11
    sizes = [used[f"{part}size"] for part in ("axes.title", "axes.label", "xtick.label", "ytick.label", "legend.font")]
    assert all(10 <= size <= 12 for size in sizes)


def test_a_grid_that_is_switched_on_stays_faint_and_behind():
    used = settings("light")

    assert used["grid.alpha"] <= 0.3
    assert used["grid.linewidth"] < 0.8 < used["lines.linewidth"]
    assert used["axes.axisbelow"] is True


def svg_of_a_figure():
    with style("light"):
        fig, ax = plt.subplots()
        ax.plot([0, 1], [0, 1], clip_on=True)
        ax.set_title("A title")
        file = BytesIO()
        fig.savefig(file, format="svg", metadata={"Date": None})
        plt.close(fig)
    return file.getvalue()


def test_svg_files_are_the_same_on_every_run():
    """Without the salt, ids are random; with it they follow from what is drawn."""
    assert settings("light")["svg.hashsalt"] == "mlmath"
    assert svg_of_a_figure() == svg_of_a_figure()


def test_letters_in_svg_files_are_paths():
    with mpl.rc_context({"svg.fonttype": "none"}):
        assert b"<text" not in svg_of_a_figure()


def test_settings_from_outside_do_not_leak_in_and_come_back_after():
    with mpl.rc_context({"lines.markersize": 99.0, "font.size": 5.0}):
        assert settings("dark")["lines.markersize"] == mpl.rcParamsDefault["lines.markersize"]
        assert (mpl.rcParams["lines.markersize"], mpl.rcParams["font.size"]) == (99.0, 5.0)


@pytest.mark.parametrize("scheme", ["sepia"])
def test_an_unknown_scheme_is_refused(scheme):
    with pytest.raises(ValueError, match="scheme must be 'light' or 'dark', got 'sepia'"):
        style(scheme)


def test_without_matplotlib_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.style", None)

    with pytest.raises(ImportError, match=r"figures need matplotlib, .* pip install mlmath\[plots\]"):
        style("light")
