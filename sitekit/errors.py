"""How sitekit says that something is wrong: the place, what it is, and how to mend it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Problem(NamedTuple):
    """One mistake in the sources."""

    path: Path
    """The file, absolute or relative to the repository."""
    line: int
    """Counted from 1."""
    message: str
    """What is wrong, without a final full stop."""
    cure: str
    """How to mend it, a full sentence."""
    rule: str
    """The stable name of this kind of mistake, one of ``sitekit.rules.names``."""

    def show(self, root: Path) -> str:
        """Write the problem as ``docs/x.md:12: what is wrong. How to mend it. [rule-name]`` and nothing more."""
        path = self.path.relative_to(root) if self.path.is_relative_to(root) else self.path
        return f"{path.as_posix()}:{self.line}: {self.message}. {self.cure} [{self.rule}]"


class SiteError(Exception):
    """One or more problems that stop the work."""

    def __init__(self, *problems: Problem) -> None:
        """Keep the problems; the text of the exception is one line for each."""
        self.problems = problems
        super().__init__("\n".join(problem.show(Path.cwd()) for problem in problems))
