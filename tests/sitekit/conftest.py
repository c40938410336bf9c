"""Small repositories for the tests of sitekit, written into a temporary folder."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from sitekit.lint import lint

PAGE = """---
description: A module that has everything.
prerequisites: []
minutes: 2
also_called: [incline, "f'(x)"]
asks:
  - what is a slope
---

# Slopes

This page promises little.

**You will be able to**

- measure a slope

## 80/20 Study Guide - Key Concepts

### The slope

The slope says how fast a line climbs.

$$
s = \\frac{a}{b}
$$

![A straight line that climbs from the lower left to the upper right corner.](../assets/figures/calculus/m/line.svg)

#### The 20% You Need to Know

- One is $1$. [checked](check:one)
- Two is two. [checked](check:two)
- Three is three. [checked](check:three)

#### By hand

Take $a = 2$ and $b = 1$.

#### See it run

```python
--8<-- "calculus/m/examples.py:start"
```

!!! warning "Common mistake: upside down"
    It is rise over run.

#### Why It Matters

Models learn by it.

#### Simple Takeaway

Rise over run.

## Why This Is Enough

It is.

## Interactive Questions

### Questions

```quiz
id: q-one
kind: single
question: Is $1$ one?
options:
  - text: It is one.
    correct: true
    feedback: Right, it is.
  - text: It is two.
    feedback: Two is more.
explanation: One is one.
```

```quiz
id: q-two
kind: multiple
question: Which are odd?
options:
  - text: One.
    correct: true
    feedback: It is odd.
  - text: Three.
    correct: true
    feedback: It is odd too.
explanation: Both are.
```

```quiz
id: q-three
kind: numeric
question: What is $a$ plus one?
answer: 2.5
tolerance: 0.01
computed: a + 1
wrong:
  - value: 1.5
    feedback: You forgot to add one.
explanation: Add one.
```

```quiz
id: q-four
kind: predict
question: What does it print?
code: |
  --8<-- "calculus/m/examples.py:again"
wrong:
  - value: "2"
    feedback: It was doubled.
explanation: It doubles.
```

```quiz
id: q-five
kind: text
question: How is the second derivative called?
accept: [curvature]
wrong:
  - value: slope
    feedback: That is the first one.
explanation: It bends.
```

### Exercises

```exercise
id: e-one
function: calculus/m/exercises.py:double
task: Write `double(x)`.
hints:
  - Add it to itself.
```

```exercise
id: e-two
function: calculus/m/exercises.py:halve
task: Write `halve(x)`.
hints:
  - Divide it.
```

## Module Summary

Slopes.

## Ask Questions About This Module

Ask.
"""
EXAMPLES = """\"\"\"Code of the page.\"\"\"

# --8<-- [start:start]
a = 1.5
print(f"{a:.2f}")
# > 1.50
# --8<-- [end:start]

# --8<-- [start:again]
b = 2 * a
print(f"{b:.1f}")
# > 3.0
# --8<-- [end:again]
"""
CHECKS = """\"\"\"What the page claims.\"\"\"

ONE = 1


def one():
    assert ONE == 1


def two():
    for value in _values():
        assert value < 3


def three():
    assert len([1, 2, 3]) == 3


def _values():
    return [1, 2]


def near(a, b):
    return abs(a - b) < 1e-9
"""
FIGURES = """\"\"\"The figures of the page.\"\"\"

import matplotlib.pyplot as plt


def line():
    fig, ax = plt.subplots(figsize=(2, 1))
    ax.plot([0, 1], [0, 1], "C0")
    return fig
"""
EXERCISES = """\"\"\"The exercises of the page.\"\"\"


def double(x):
    return 2 * x


def double_starter(x):
    # Your code here.
    ...


def double_check_three(double):
    \"\"\"Twice three is six.\"\"\"
    assert double(3) is not None, "Your function returns nothing."
    assert double(3) != 9, "You squared it."
    assert double(3) == 6, "Twice three is six."


def double_wrong_square(x):
    \"\"\"squared\"\"\"
    return x * x


def halve(x):
    return x / 2


def halve_starter(x):
    ...


def halve_check_four(halve):
    \"\"\"Half of four is two.\"\"\"
    assert halve(4) != 8, "You doubled it."
    assert halve(4) == 2, "Half of four is two."


def halve_wrong_double(x):
    \"\"\"doubled\"\"\"
    return x * 2
"""
MKDOCS = """site_name: small
theme:
  name: material
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - md_in_html
"""
GOOD = {
    "mkdocs.yml": MKDOCS,
    "pyproject.toml": (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"),
    "docs/calculus/m.md": PAGE,
    "snippets/calculus/m/examples.py": EXAMPLES,
    "snippets/calculus/m/checks.py": CHECKS,
    "snippets/calculus/m/figures.py": FIGURES,
    "snippets/calculus/m/exercises.py": EXERCISES,
}


def write_files(root: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def without_rule(message: str) -> str:
    """A message without the name of its rule at the end."""
    return message.rpartition(" [")[0]


class Repository(NamedTuple):
    """A repository with one complete module, docs/calculus/m.md, to break in one place."""

    root: Path

    @property
    def page(self) -> Path:
        return self.root / "docs" / "calculus" / "m.md"

    def write(self, name: str, content: str | bytes) -> None:
        write_files(self.root, {name: content})

    def read(self, name: str = "docs/calculus/m.md") -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def change(self, old: str, new: str, name: str = "docs/calculus/m.md") -> None:
        """Replace the only occurrence of a text."""
        text = self.read(name)
        assert text.count(old) == 1, (name, old, text.count(old))
        self.write(name, text.replace(old, new))

    def line(self, text: str, name: str = "docs/calculus/m.md") -> int:
        """Number of the first line that contains a text."""
        return next(number for number, line in enumerate(self.read(name).splitlines(), start=1) if text in line)

    def place(self, text: str, name: str = "docs/calculus/m.md") -> str:
        return f"{name}:{self.line(text, name)}"

    def problems(self) -> list[str]:
        """What our own rules report, as people see it, without the names of the rules."""
        return [without_rule(p.show(self.root)) for p in lint(self.root) if not p.rule.startswith("MD")]

    def findings(self) -> list[tuple[str, str, int]]:
        """The rule, the file and the line of everything that lint reports."""
        return [(p.rule, p.path.relative_to(self.root).as_posix(), p.line) for p in lint(self.root)]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[dict[str, str | bytes]], Path]:
    """A function that writes files into a temporary folder and returns the folder."""

    def write_here(files: dict[str, str | bytes]) -> Path:
        write_files(tmp_path, files)
        return tmp_path

    return write_here


@pytest.fixture
def module(tmp_path: Path) -> Repository:
    """A repository with one complete module."""
    write_files(tmp_path, dict(GOOD))
    return Repository(tmp_path)
