"""Reverse mode: arrays that remember how they were made, and the walk back through that memory."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlmath._arrays import as_real
from mlmath.autodiff.operators import TracedArray
from mlmath.autodiff.primitive import VARIABLE_LEVEL, Primitive, Traced, Value, shape_of
from mlmath.autodiff.structure import map_leaves

_BIRTHS = itertools.count()


class Variable(TracedArray):
    """An array that remembers the operation and the arrays it was made from.

    Calculate with it as with a numpy array: operators, indexing and numpy
    functions return new variables, and together they form the computational
    graph. ``gradients`` walks that graph backwards; ``computational_graph``
    shows it. ``grad`` and ``value_and_grad`` make and use variables for you.

    A variable never changes, except for its ``name``. Arrays that it was
    calculated with are not copied: do not change them in place before you ask
    for the gradients.

    Attributes:
        value: The array or number that was computed.
        name: What pictures of the graph call it, or None.
        primitive: The operation that made it, or None for a variable made by hand.
        arguments: The values that the operation worked on.
        settings: Its keywords, such as an axis.
        parents: The variables whose values the arguments are, with None in the place of a constant.
        birth: Counts variables; a parent is older than its children.

    Raises:
        ValueError: If the value is not made of finite real numbers.

    Example:
        >>> x = Variable(3.0, name="x")
        >>> y = x * x + 1
        >>> y
        Variable(10.0, made by +)
        >>> gradients(y, x)
        6.0

    Source: Baydin, Pearlmutter, Radul & Siskind, *Automatic Differentiation in
    Machine Learning: a Survey* (2018), section 3.2.
    """

    __slots__ = ("arguments", "birth", "name", "parents", "primitive", "settings")

    def __init__(self, value: ArrayLike, *, name: str | None = None) -> None:
        self.level = VARIABLE_LEVEL
        self.value = as_input(value, "value")
        self.name = name
        self.primitive: Primitive | None = None
        self.arguments: Sequence[Value] = ()
        self.settings: dict[str, Any] = {}
        self.parents: Sequence[Variable | None] = ()
        self.birth = next(_BIRTHS)

    @classmethod
    def at_level(cls, level: int, value: Value, name: str, *, copy: bool) -> Variable:
        """Return a variable of the derivative ``level``; its value may be traced by another one."""
        variable: Variable = object.__new__(cls)
        variable.level = level
        variable.value = value if isinstance(value, Traced) else as_input(value, name, copy=copy)
        variable.name = None
        variable.primitive = None
        variable.arguments, variable.settings, variable.parents = (), {}, ()
        variable.birth = next(_BIRTHS)
        return variable

    def record(
        self,
        primitive: Primitive,
        parents: Sequence[Any],
        arguments: Sequence[Value],
        settings: dict[str, Any],
        value: Value,
    ) -> Variable:
        """Return the variable that ``primitive`` made of ``arguments``."""
        made: Variable = object.__new__(Variable)
        made.level = self.level
        made.value = value
        made.name = None
        made.primitive = primitive
        made.arguments = arguments
        made.settings = settings
        made.parents = parents
        made.birth = next(_BIRTHS)
        return made

    def __repr__(self) -> str:
        name = "" if self.name is None else f", name={self.name!r}"
        made = "" if self.primitive is None else f", made by {self.primitive.name}"
        return f"Variable({self.value}{name}{made})"


def gradients(output: Any, variables: Any, *, output_gradient: ArrayLike = 1.0) -> Any:
    """Return the gradient of ``output`` with respect to each variable, by one walk backwards.

    The walk starts with ``output_gradient`` at the output. Every variable hands
    on its gradient, multiplied by the local derivative, to the variables it was
    made from, and a variable that was used several times adds up what it is
    handed. Nothing is stored in the variables, so a second walk gives the same.

    Args:
        output: What was calculated from the variables.
        variables: A variable, or a list, tuple or NamedTuple of them, nested as you like.
        output_gradient: Slope of some final result with respect to ``output``,
            of the shape of ``output``; the default 1 makes ``output`` itself the result.

    Returns:
        Gradients in the structure of ``variables``, each of the shape of its
        variable (a float for a number), in units of the result divided by those
        of the variable. Zeros if ``output`` does not depend on the variable.

    Raises:
        ValueError: If ``output`` and ``output_gradient`` have different shapes:
            use np.sum to get one number, or ``jacobian``.
        TypeError: If ``output`` or ``variables`` holds anything but variables.

    Example:
        >>> w, b = Variable([1.0, 2.0]), Variable(0.5)
        >>> gradients(np.sum(w**2) * b, [w, b])
        [array([1., 2.]), 5.0]

    Source: Griewank & Walther, *Evaluating Derivatives*, 2nd ed., section 3.2.
    """
    if not isinstance(output, Variable):
        raise TypeError(f"output must be a Variable, got {output!r}")
    seed = as_real(output_gradient, "output_gradient")
    if seed.shape != output.shape:
        raise ValueError(
            f"output_gradient must have the shape of output, {output.shape}, got shape {seed.shape}: "
            "use np.sum(output) for one number, or jacobian for the gradient of every entry"
        )
    return pull_back(output, seed[()], variables)


def pull_back(output: Variable, output_gradient: Value, variables: Any) -> Any:
    """Return the gradients with respect to a structure of variables."""
    wanted: dict[int, Value] = {}

    def note(variable: Variable) -> None:
        if not isinstance(variable, Variable):
            raise TypeError(f"variables must be a Variable or a list or tuple of them, got {variable!r}")
        wanted[id(variable)] = None

    map_leaves(note, variables)
    with np.errstate(all="ignore"):  # an infinite slope, as of the root at 0, is an answer
        for variable, gradient in walk_back(output, output_gradient):
            if id(variable) in wanted:
                wanted[id(variable)] = gradient
    handed_out: set[int] = set()

    def own(variable: Variable) -> Value:
        """Return the gradient without a copy if the walk made that array for this variable alone."""
        gradient = wanted[id(variable)]
        if not isinstance(gradient, np.ndarray) or gradient.base is not None or id(gradient) in handed_out:
            return finished(np.zeros(variable.shape) if gradient is None else gradient)
        handed_out.add(id(gradient))
        return gradient

    return map_leaves(own, variables)


def walk_back(output: Variable, output_gradient: Value) -> Iterator[tuple[Variable, Value]]:
    """Yield every variable that ``output`` was made from, each with its gradient, the output first.

    A variable is older than everything made from it. So from the youngest to the
    oldest, each has heard from all its children when its turn comes.
    """
    pending = {id(output): output_gradient}
    for variable in youngest_first(output):
        gradient = pending.pop(id(variable))
        yield variable, gradient
        for position, parent in enumerate(variable.parents):
            if parent is None:
                continue
            part = variable.primitive.pull(  # type: ignore[union-attr]
                position, gradient, variable.value, variable.arguments, variable.settings
            )
            pending[id(parent)] = pending[id(parent)] + part if id(parent) in pending else part


def youngest_first(output: Variable) -> list[Variable]:
    """Return ``output`` and all variables it was made from, without recursion: graphs can be deep."""
    found, seen = [output], {id(output)}
    for variable in found:  # the list grows while it is read
        for parent in variable.parents:
            if parent is not None and id(parent) not in seen:
                seen.add(id(parent))
                found.append(parent)
    return sorted(found, key=operator.attrgetter("birth"), reverse=True)


def finished(derivative: Value) -> Value:
    """Return a derivative as the caller's own array or float."""
    if isinstance(derivative, Traced):
        return derivative
    return np.array(derivative) if shape_of(derivative) else float(derivative)


def as_input(value: ArrayLike, name: str, *, copy: bool = True) -> NDArray[np.float64] | np.float64:
    """Return an array of finite numbers; one number as numpy's scalar, with which it calculates fastest."""
    shared = not copy and isinstance(value, np.ndarray) and value.dtype == np.float64
    array = np.asarray(value) if shared else as_real(value, name)
    with np.errstate(all="ignore"):
        total = array.sum()  # finite only if every entry is; faster than to look at each, which a sum too large needs
    if not np.isfinite(total) and not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite, got {array}")
    return array[()]
