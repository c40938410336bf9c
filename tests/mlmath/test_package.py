"""mlmath as a whole: what importing it loads, and that every public name is documented by an example."""

import doctest
import importlib
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import mlmath

MODULES = ["mlmath", *sorted(module.name for module in pkgutil.walk_packages(mlmath.__path__, "mlmath."))]
TOPICS = [name for name in MODULES if name.count(".") == 1 and "._" not in name]


def modules_loaded_by(code):
    """Names in sys.modules of a fresh interpreter after running ``code``."""
    program = f"{code}\nimport sys\nprint(*sys.modules)"
    return set(
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    )


def test_importing_mlmath_loads_nothing_else():
    assert modules_loaded_by("import mlmath") - modules_loaded_by("") == {"mlmath"}


def test_all_modules_load_nothing_but_numpy_and_the_standard_library():
    """Not even mlmath.plots needs matplotlib before a figure is drawn."""
    loaded = modules_loaded_by(f"import {', '.join(MODULES)}") - modules_loaded_by("")

    packages = {name.partition(".")[0] for name in loaded if "cython" not in name}  # Cython's are part of numpy
    assert packages - set(sys.stdlib_module_names) == {"mlmath", "numpy"}


def test_type_checkers_find_the_annotations():
    assert (Path(mlmath.__file__).parent / "py.typed").is_file()


@pytest.mark.parametrize("name", MODULES)
def test_doctests_pass(name):
    results = doctest.testmod(importlib.import_module(name))

    assert results.failed == 0


@pytest.mark.parametrize("name", TOPICS)
def test_every_public_name_has_an_example_and_every_function_a_source(name):
    topic = importlib.import_module(name)

    for public in topic.__all__:
        documentation = inspect.getdoc(getattr(topic, public)) or ""
        assert ">>>" in documentation, public
        if inspect.isfunction(getattr(topic, public)):
            assert "Source: " in documentation, public


@pytest.mark.parametrize("name", TOPICS)
def test_public_names_are_sorted_and_exist(name):
    topic = importlib.import_module(name)

    assert topic.__all__ == sorted(topic.__all__)
    assert all(hasattr(topic, public) for public in topic.__all__)
