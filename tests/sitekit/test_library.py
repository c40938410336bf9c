"""Which lessons use which names of mlmath."""

import pytest

from sitekit.library import lessons, names_used


@pytest.fixture
def root(write):
    return write(
        {
            "docs/calculus/m.md": "# M\n",
            "docs/start/loop.md": "# Loop\n",
            "docs/labs/lab.py": "# %% [markdown]\n# # A lab\n\n# %%\nfrom mlmath.optim import gradient_descent\n",
            "snippets/calculus/m/examples.py": "import numpy as np\nfrom mlmath.optim import Path, gradient_descent\n",
            "snippets/calculus/m/exercises.py": "def f():\n    from mlmath.stats import fit_scaler\n",
            "snippets/calculus/m/checks.py": "from mlmath.calculus import jacobian\n",
            "snippets/calculus/m/figures.py": "from mlmath.plots import frame\n",
            "snippets/labs/lab/figures.py": "from mlmath.plots import frame\n",
            "snippets/start/loop/examples.py": "import mlmath\nfrom mlmath.optim import Path\n",
            "snippets/gone/examples.py": "from mlmath.optim import Path\n",
        }
    )


def test_the_names_of_a_page_are_those_that_a_reader_meets_not_those_of_its_figures_and_checks(root):
    assert names_used(root, "calculus/m") == [
        "mlmath.optim.Path",
        "mlmath.optim.gradient_descent",
        "mlmath.stats.fit_scaler",
    ]


def test_a_lab_is_its_own_code(root):
    assert names_used(root, "labs/lab") == ["mlmath.optim.gradient_descent"]


def test_a_page_without_code_uses_nothing(root):
    assert names_used(root, "start/notation") == []


def test_each_name_knows_its_lessons_and_a_folder_without_a_page_is_none(root):
    assert lessons(root) == {
        "mlmath.optim.Path": ["calculus/m", "start/loop"],
        "mlmath.optim.gradient_descent": ["calculus/m", "labs/lab"],
        "mlmath.stats.fit_scaler": ["calculus/m"],
    }
