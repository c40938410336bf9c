"""Gradients of functions, by reverse mode."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mlmath._arrays import as_real
from mlmath.autodiff.primitive import LEVELS, Traced, Value, shape_of
from mlmath.autodiff.structure import map_leaves
from mlmath.autodiff.variable import Variable, finished, pull_back


class ValueAndGradient(NamedTuple):
    """A number and its slope in the direction of every entry of an argument.

    Example:
        >>> value, gradient = value_and_grad(lambda x: np.sum(x**2))(np.array([1.0, 2.0]))
        >>> value
        5.0
    """

    value: Any
    """What the function returned, as a float."""
    gradient: Any
    """Its gradient, in the structure and shape of the argument (a tuple of gradients for a tuple of arguments)."""


def value_and_grad(f: Callable[..., Any], *, argument: int | tuple[int, ...] = 0) -> Callable[..., ValueAndGradient]:
    """Return a function that gives ``f`` and its gradient at a point, for little more than the price of ``f``.

    One forward run of ``f`` records its operations, one walk back multiplies the
    local derivatives. The cost is a small multiple of that of ``f``, however
    many numbers the argument holds; the price is the memory of all values in between.

    Args:
        f: Function that returns one number, written with operators, indexing,
            numpy functions and those of this topic.
        argument: Position of the argument to differentiate with respect to, or
            a tuple of positions. Each may be a number, an array, or a list,
            tuple or NamedTuple of arrays, such as the weights of a network. (A
            list of numbers alone is one array.) The other arguments are constants.

    Returns:
        A function with the arguments of ``f`` that returns value and gradient.
        At a kink the gradient is a subgradient: slope 0 for ``abs`` and ``relu``
        at 0, equal shares for equal maxima. Where the slope is infinite, as for
        ``sqrt`` at 0, the gradient holds inf or nan.

    Raises:
        ValueError: If the argument is not made of finite real numbers, or (when
            called) ``f`` does not return one number: use ``jacobian`` for more.
        TypeError: If there is no such argument, or ``f`` does something that
            cannot be differentiated; the message says what to use instead.

    Example:
        >>> def loss(parameters, x, y):
        ...     w, b = parameters
        ...     return np.mean((x @ w + b - y) ** 2)
        >>> x, y = np.array([[1.0], [2.0]]), np.array([3.0, 5.0])
        >>> value_and_grad(loss)((np.array([1.0]), 0.0), x, y)
        ValueAndGradient(value=6.5, gradient=(array([-8.]), -5.0))

    Source: Griewank & Walther, *Evaluating Derivatives*, 2nd ed., section 3.2.
    """
    positions = (argument,) if isinstance(argument, int) else tuple(argument)

    def value_and_gradient(*arguments: Any, **settings: Any) -> ValueAndGradient:
        level = next(LEVELS)
        given = list(arguments)
        for position in positions:
            if not -len(given) <= position < len(given):
                raise TypeError(f"argument must be a position among the {len(given)} arguments, got {position}")
            given[position] = as_variables(given[position], level, f"argument {position}", copy=False)
        output = f(*given, **settings)
        value = output.value if isinstance(output, Variable) and output.level == level else output
        if not isinstance(value, Traced):
            value = as_real(value, "what f returned")[()]
        if shape_of(value) != ():
            raise ValueError(
                f"f must return one number, got shape {shape_of(value)}: take the sum or mean, or use jacobian"
            )
        variables = tuple(given[position] for position in positions)
        gradient = _pull(output, level, 1.0, variables)
        return ValueAndGradient(finished(value), gradient[0] if isinstance(argument, int) else gradient)

    return value_and_gradient


def grad(f: Callable[..., Any], *, argument: int | tuple[int, ...] = 0) -> Callable[..., Any]:
    """Return the function that gives the gradient of ``f``: ``value_and_grad`` without the value.

    Args:
        f: Function that returns one number.
        argument: Position of the argument to differentiate with respect to, or a tuple of positions.

    Returns:
        A function with the arguments of ``f`` that returns the gradient, in the
        structure and shape of the argument (a float for a number). It can be
        differentiated again.

    Raises:
        ValueError: If (when called) ``f`` does not return one number: use ``jacobian`` for more.
        TypeError: If ``f`` does something that cannot be differentiated.

    Example:
        >>> slope = grad(lambda x: x**3)
        >>> slope(2.0), grad(slope)(2.0)
        (12.0, 12.0)

    Source: Griewank & Walther, *Evaluating Derivatives*, 2nd ed., section 3.2.
    """
    both = value_and_grad(f, argument=argument)

    def gradient(*arguments: Any, **settings: Any) -> Any:
        return both(*arguments, **settings).gradient

    return gradient


class Pullback(NamedTuple):
    """The value of a function at a point, and the way back from there.

    Example:
        >>> value, pullback = vjp(np.square, np.array([1.0, 3.0]))
        >>> value
        array([1., 9.])
    """

    value: Any
    """What the function returned, as an array or float."""
    pullback: Callable[[ArrayLike], Any]
    """Maps ``g``, of the shape of ``value``, to ``J^T g`` in the structure and shape of ``x``. It never changes."""


def vjp(f: Callable[[Any], Any], x: Any) -> Pullback:
    """Run ``f`` at ``x`` once, and return its value with the function ``g -> J^T g``.

    ``J`` is the Jacobian of ``f`` at ``x``. With ``g = e_i`` the product is row
    ``i`` of ``J``; it is found without forming ``J``. (The name stands for
    vector-Jacobian product: ``g^T J``, written as a column.)

    Args:
        f: Function of one argument that returns an array or a number.
        x: A number, an array, or a list, tuple or NamedTuple of arrays.

    Returns:
        Value and pullback. Each call of the pullback walks back anew through
        the recorded operations, which live as long as the pullback.

    Raises:
        ValueError: If ``x`` is not made of finite real numbers, or ``g`` has not
            the shape of the value.
        TypeError: If ``f`` does something that cannot be differentiated.

    Example:
        >>> _, pullback = vjp(lambda x: x[:2] * x[2], np.array([1.0, 2.0, 3.0]))
        >>> pullback([1.0, 0.0])
        array([3., 0., 1.])

    Source: Griewank & Walther, *Evaluating Derivatives*, 2nd ed., section 3.2.
    """
    level = next(LEVELS)
    variables = as_variables(x, level, "x", copy=True)  # the pullback may be called after x has changed
    output = f(variables)
    value = output.value if isinstance(output, Variable) and output.level == level else output
    if not isinstance(value, Traced):
        value = as_real(value, "what f returned")
    shape = shape_of(value)

    def pullback(g: Any) -> Any:
        seed = g if isinstance(g, Traced) else as_real(g, "g")[()]
        if shape_of(seed) != shape:
            raise ValueError(f"g must have the shape of the value, {shape}, got shape {shape_of(seed)}")
        return _pull(output, level, seed, variables)

    return Pullback(finished(value), pullback)


def jacobian(f: Callable[[Any], Any], x: ArrayLike) -> Any:
    """Return the Jacobian of ``f`` at ``x``, row by row: one run forwards, one walk back per output.

    Args:
        f: Function of one array that returns an array or a number.
        x: Point of evaluation, an array of any shape, for example ``(n,)``.

    Returns:
        Shape ``f(x).shape + x.shape``, for example ``(m, n)``; entry ``[i, j]``
        is the derivative of output ``i`` with respect to input ``j``.

    Raises:
        ValueError: If ``x`` is not made of finite real numbers.
        TypeError: If ``f`` does something that cannot be differentiated.

    Example:
        >>> jacobian(lambda x: x[:2] * x[2], np.array([1.0, 2.0, 3.0]))
        array([[3., 0., 1.],
               [0., 3., 2.]])

    Source: Griewank & Walther, *Evaluating Derivatives*, 2nd ed., chapter 8.
    """
    value, pullback = vjp(f, x)
    shape = shape_of(value)
    units = np.eye(int(np.prod(shape)))
    rows = [pullback(unit.reshape(shape)) for unit in units]
    if not rows:
        return np.zeros(shape + shape_of(x))
    return finished(np.reshape(np.stack(rows), shape + shape_of(rows[0])))


def as_variables(x: Any, level: int, name: str, *, copy: bool) -> Any:
    """Return a structure of arrays as variables of the derivative ``level``."""
    return map_leaves(lambda leaf: Variable.at_level(level, leaf, name, copy=copy), x)


def _pull(output: Any, level: int, seed: Value, variables: Any) -> Any:
    """Return the gradients with respect to the variables: zeros, if ``output`` does not depend on them."""
    if isinstance(output, Variable) and output.level == level:
        return pull_back(output, seed, variables)
    return map_leaves(lambda variable: finished(np.zeros(variable.shape)), variables)
