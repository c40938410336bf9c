"""Automatic differentiation: exact derivatives of ordinary numpy code.

In this topic ``f`` is a function written with numpy, ``x`` the point where its
derivative is wanted, ``J`` the Jacobian of ``f`` there, ``g`` a slope that is
carried backwards through the computation (reverse mode: ``grad``, ``vjp``) and
``t`` or ``direction`` a movement carried forwards (forward mode: ``jvp``).

Read ``primitive`` first, then ``elementwise``, ``variable`` and ``reverse``.
"""

from mlmath.autodiff.dual import Dual
from mlmath.autodiff.forward import ValueAndTangent, hessian, hessian_vector_product, jvp
from mlmath.autodiff.functions import log_sum_exp, relu, sigmoid, softmax
from mlmath.autodiff.graph import ComputationalGraph, GraphEdge, GraphNode, computational_graph, to_graphviz
from mlmath.autodiff.reverse import Pullback, ValueAndGradient, grad, jacobian, value_and_grad, vjp
from mlmath.autodiff.svg import to_svg
from mlmath.autodiff.variable import Variable, gradients

__all__ = [
    "ComputationalGraph",
    "Dual",
    "GraphEdge",
    "GraphNode",
    "Pullback",
    "ValueAndGradient",
    "ValueAndTangent",
    "Variable",
    "computational_graph",
    "grad",
    "gradients",
    "hessian",
    "hessian_vector_product",
    "jacobian",
    "jvp",
    "log_sum_exp",
    "relu",
    "sigmoid",
    "softmax",
    "to_graphviz",
    "to_svg",
    "value_and_grad",
    "vjp",
]
