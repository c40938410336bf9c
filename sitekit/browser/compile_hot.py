"""Runs inside Pyodide (see compile.mjs): finds the modules that every session imports, and compiles them.

A compiled module loads several times faster. /tree holds the standard library and the packages; each module that is
used gets a .pyc file beside its .py file, and its path is listed in /tree/hot.json, by bundle.
"""

import importlib
import json
import py_compile
import sys
from pathlib import Path

TREE = Path("/tree")
IMPORTS = {
    "core": """
        abc ast collections.abc contextlib csv dataclasses functools gzip hashlib importlib.abc importlib.machinery
        importlib.resources importlib.resources.abc importlib.util io itertools json linecache math operator random re
        secrets statistics string tarfile tempfile time traceback types typing warnings
        numpy numpy.linalg numpy.random numpy.typing
        """,
    "plots": """
        matplotlib matplotlib.pyplot matplotlib.backends.backend_agg matplotlib.collections matplotlib.patches
        mpl_toolkits.axes_grid1
        """,
}
"""What a first run needs of the standard library and numpy, and what a first plot needs beside it."""


def draw() -> None:
    """Draw once, with formulas and contours: some modules load only then, and the list of fonts is made."""
    import io

    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot as plt

    with plt.style.context("default"):
        figure, axes = plt.subplots(layout="constrained")
    axes.plot([1, 2], [3, 4], label="$x_1^2$")
    axes.contour([[1, 2], [3, 4]])
    axes.scatter([1], [2])
    axes.set_title(r"$\frac{a}{b}$")
    axes.legend()
    figure.savefig(io.BytesIO(), format="png", bbox_inches="tight")


sys.path.append("/tree/site-packages")
hot: dict[str, list[str]] = {}
seen: set[str] = set()
for bundle, names in IMPORTS.items():
    for name in names.split():
        importlib.import_module(name)
    if bundle == "plots":
        draw()
    hot[bundle] = []
    for _, module in sorted(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if not file or file in seen:
            continue
        seen.add(file)
        inside = file.removeprefix("/tree/").removeprefix("/lib/python314.zip/")
        source = TREE / inside
        if not source.exists():  # part of the interpreter
            continue
        if source.suffix == ".py":
            compiled = source.with_suffix(".pyc")
            py_compile.compile(
                str(source), str(compiled), f"/lib/python3.14/{inside}", doraise=True,
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )  # fmt: skip
            source = compiled
        hot[bundle].append(source.relative_to(TREE).as_posix())
(TREE / "hot.json").write_text(json.dumps(hot))

# The list of fonts that matplotlib has made comes in the order of the folder, which is not the same everywhere.
fonts = TREE / "site-packages" / "matplotlib" / "fontlist.json"
content = json.loads(fonts.read_text())
content["ttflist"].sort(key=lambda font: font["fname"])
fonts.write_text(json.dumps(content, indent=1))
