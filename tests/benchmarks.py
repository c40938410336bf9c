"""Speed, as ratios measured in one run: ``python -m tests.benchmarks``.

Each line times two ways to compute the same thing, in turns, and gives the
ratio of their best times: below 1, ours is faster. Both results are compared
first, so that no line times a wrong answer. Machines are noisy: read ratios,
not seconds, and run it twice. autograd is installed for the tests; jax and
torch are optional (``pip install jax torch``) and reported if they are absent.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import scipy.optimize

from mlmath.autodiff import grad, hessian_vector_product, log_sum_exp, relu, sigmoid, value_and_grad
from mlmath.datasets import load_digits
from mlmath.linalg import fit_pca, householder_qr, svd, symmetric_eigen
from mlmath.optim import bfgs, gradient_descent, levenberg_marquardt
from mlmath.stats import log_softmax

RNG = np.random.default_rng(0)
CHAIN = 100_000


class Line(NamedTuple):
    """One comparison: what is computed, by us and by a peer, and the largest ratio that we allow ourselves."""

    task: str
    peer: str
    ours: Callable[[], Any]
    theirs: Callable[[], Any] | None
    budget: float | None = None
    repeats: int = 5
    per_step: Callable[[Any], float] | None = None
    """The number of steps in a result, where steps are compared and not whole runs."""


def best_times(line: Line) -> tuple[float, float]:
    """The shortest time of each side, measured in turns after one run to warm up."""
    assert line.theirs is not None
    best = [np.inf, np.inf]
    for _ in range(line.repeats):
        for side, run in enumerate((line.ours, line.theirs)):
            start = time.perf_counter()
            result = run()
            elapsed = time.perf_counter() - start
            steps = line.per_step(result) if line.per_step else 1
            best[side] = min(best[side], elapsed / steps)
    return best[0], best[1]


def optional(name: str) -> Any:
    """A module, or None if it is not installed."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        return None


def network_lines() -> Iterator[Line]:
    """The gradient of a small network: a batch of 128 images, 784 inputs, 256 hidden units, 10 classes."""
    X, labels = RNG.normal(size=(128, 784)), RNG.integers(0, 10, 128)
    rows = np.arange(128)
    weights = [RNG.normal(size=s) * 0.05 for s in ((784, 256), (256,), (256, 10), (10,))]

    def by_hand() -> list[Any]:
        W1, b1, W2, b2 = weights
        hidden = np.maximum(X @ W1 + b1, 0)
        scores = hidden @ W2 + b2
        shifted = scores - scores.max(axis=1, keepdims=True)
        probabilities = np.exp(shifted)
        probabilities /= probabilities.sum(axis=1, keepdims=True)
        probabilities[rows, labels] -= 1
        slope = probabilities / 128
        back = (slope @ W2.T) * (hidden > 0)
        return [X.T @ back, back.sum(axis=0), hidden.T @ slope, slope.sum(axis=0)]

    def loss(parameters: Any) -> Any:
        W1, b1, W2, b2 = parameters
        scores = relu(X @ W1 + b1) @ W2 + b2
        return np.mean(log_sum_exp(scores, axis=1) - scores[rows, labels])

    gradient = grad(loss)
    for mine, other in zip(gradient(weights), by_hand(), strict=True):
        np.testing.assert_allclose(mine, other, atol=1e-12)
    yield Line("gradient of a network", "numpy by hand", lambda: gradient(weights), by_hand, 1.3, 30)

    autograd, anp = importlib.import_module("autograd"), importlib.import_module("autograd.numpy")
    logsumexp = importlib.import_module("autograd.scipy.special").logsumexp

    def loss_autograd(parameters: Any) -> Any:
        W1, b1, W2, b2 = parameters
        scores = anp.dot(anp.maximum(anp.dot(X, W1) + b1, 0), W2) + b2
        return anp.mean(logsumexp(scores, axis=1) - scores[rows, labels])

    by_autograd = autograd.grad(loss_autograd)
    yield Line("gradient of a network", "autograd", lambda: gradient(weights), lambda: by_autograd(weights), 1.0, 30)

    torch = optional("torch")
    by_torch = None
    if torch:
        tensors = [torch.tensor(w, requires_grad=True) for w in weights]
        Xt, labels_t = torch.tensor(X), torch.tensor(labels)

        def by_torch() -> Any:
            W1, b1, W2, b2 = tensors
            scores = torch.relu(Xt @ W1 + b1) @ W2 + b2
            return torch.autograd.grad(torch.nn.functional.cross_entropy(scores, labels_t), tensors)

    yield Line("gradient of a network", "torch", lambda: gradient(weights), by_torch, None, 30)

    jax = optional("jax")
    by_jax = None
    if jax:
        jax.config.update("jax_enable_x64", True)

        def loss_jax(parameters: Any) -> Any:
            W1, b1, W2, b2 = parameters
            scores = jax.nn.relu(X @ W1 + b1) @ W2 + b2
            return -jax.nn.log_softmax(scores)[rows, labels].mean()

        compiled = jax.jit(jax.grad(loss_jax))

        def by_jax() -> Any:
            return jax.block_until_ready(compiled(weights))

    yield Line("gradient of a network", "jax (compiled)", lambda: gradient(weights), by_jax, None, 30)


def chain_lines() -> Iterator[Line]:
    """A graph of 100,000 operations on numbers."""

    def chain(x: Any) -> Any:
        for _ in range(CHAIN // 2):
            x = x * 0.999 + 0.001
        return x

    slope = grad(chain)
    np.testing.assert_allclose(slope(2.0), 0.999 ** (CHAIN // 2))
    autograd = importlib.import_module("autograd")
    by_autograd = autograd.grad(chain)
    yield Line(f"chain of {CHAIN:,} operations", "autograd", lambda: slope(2.0), lambda: by_autograd(2.0), 1.0, 3)
    torch = optional("torch")
    by_torch = None
    if torch:

        def by_torch() -> Any:
            x = torch.tensor(2.0, requires_grad=True, dtype=torch.float64)
            return torch.autograd.grad(chain(x), x)

    yield Line(f"chain of {CHAIN:,} operations", "torch", lambda: slope(2.0), by_torch, None, 3)


def curvature_lines() -> Iterator[Line]:
    """A Hessian-vector product of logistic regression, 2,000 examples, 200 features."""
    X, y = RNG.normal(size=(2000, 200)), RNG.integers(0, 2, 2000).astype(float)
    w, direction = RNG.normal(size=200) * 0.1, RNG.normal(size=200)

    def loss(w: Any) -> Any:
        scores = X @ w
        return np.mean(np.log(1 + np.exp(scores)) - y * scores)

    p = sigmoid(X @ w)
    expected = X.T @ (p * (1 - p) * (X @ direction)) / 2000
    np.testing.assert_allclose(hessian_vector_product(loss, w, direction), expected, atol=1e-12)
    both = value_and_grad(loss)
    ours = lambda: hessian_vector_product(loss, w, direction)  # noqa: E731  # three lines time the same call
    yield Line("Hessian-vector product", "our own gradient", ours, lambda: both(w), None, 20)
    autograd, anp = importlib.import_module("autograd"), importlib.import_module("autograd.numpy")

    def loss_autograd(w: Any) -> Any:
        scores = anp.dot(X, w)
        return anp.mean(anp.log(1 + anp.exp(scores)) - y * scores)

    product = autograd.hessian_vector_product(loss_autograd)
    yield Line("Hessian-vector product", "autograd", ours, lambda: product(w, direction), None, 20)
    jax = optional("jax")
    by_jax = None
    if jax:

        def loss_jax(w: Any) -> Any:
            scores = X @ w
            return jax.numpy.mean(jax.numpy.logaddexp(0, scores) - y * scores)

        compiled = jax.jit(lambda w, d: jax.jvp(jax.grad(loss_jax), (w,), (d,))[1])

        def by_jax() -> Any:
            return jax.block_until_ready(compiled(w, direction))

    yield Line("Hessian-vector product", "jax (compiled)", ours, by_jax, None, 20)


def linear_algebra_lines() -> Iterator[Line]:
    """Textbook algorithms in Python against LAPACK."""
    tall, medium = RNG.normal(size=(500, 100)), RNG.normal(size=(300, 200))
    symmetric = medium.T @ medium
    images = load_digits().images.reshape(-1, 64)
    np.testing.assert_allclose(svd(medium).singular_values, np.linalg.svd(medium, compute_uv=False))
    yield Line("QR of 500 x 100", "numpy", lambda: householder_qr(tall), lambda: np.linalg.qr(tall))
    yield Line("SVD of 300 x 200", "numpy", lambda: svd(medium), lambda: np.linalg.svd(medium, full_matrices=False))
    yield Line(
        "eigenvectors of 200 x 200", "numpy", lambda: symmetric_eigen(symmetric), lambda: np.linalg.eigh(symmetric)
    )

    def pca_by_numpy() -> Any:
        centred = images - images.mean(axis=0)
        return np.linalg.svd(centred, full_matrices=False)[2][:10]

    yield Line("PCA of 1797 digits", "numpy", lambda: fit_pca(images, components=10), pca_by_numpy)


def optimizer_lines() -> Iterator[Line]:
    """Optimizers, by the time of a step."""
    start = np.tile([-1.2, 1.0], 5)
    rosen, rosen_slope = scipy.optimize.rosen, scipy.optimize.rosen_der

    def steps(result: Any) -> float:
        return float(result.nit if hasattr(result, "nit") else len(result.points) - 1)

    yield Line(
        "BFGS on Rosenbrock, per step",
        "scipy",
        lambda: bfgs(rosen, rosen_slope, start, steps=200, tolerance=1e-6),
        lambda: scipy.optimize.minimize(rosen, start, jac=rosen_slope, method="BFGS", options={"gtol": 1e-6}),
        per_step=steps,
    )
    t = np.linspace(0, 4, 50)
    observed = 3 * np.exp(-0.7 * t) + 0.01 * np.cos(7 * t)

    def residuals(p: Any) -> Any:
        return p[0] * np.exp(-p[1] * t) - observed

    def slopes(p: Any) -> Any:
        return np.column_stack([np.exp(-p[1] * t), -p[0] * t * np.exp(-p[1] * t)])

    yield Line(
        "Levenberg-Marquardt, whole fit",
        "scipy",
        lambda: levenberg_marquardt(residuals, [1.0, 1.0], jacobian=slopes),
        lambda: scipy.optimize.least_squares(residuals, [1.0, 1.0], jac=slopes, method="lm"),
    )
    curvatures = np.linspace(1, 10, 10)

    def bare_loop() -> Any:
        x = np.ones(10)
        for _ in range(1000):
            x = x - 0.1 * (curvatures * x)
        return x

    yield Line(
        "1000 steps of gradient descent",
        "a bare loop",
        lambda: gradient_descent(
            lambda x: float(x @ (curvatures * x)) / 2,
            lambda x: curvatures * x,
            np.ones(10),
            learning_rate=0.1,
            steps=1000,
        ),
        bare_loop,
    )


def stable_lines() -> Iterator[Line]:
    """Functions that every loss needs."""
    scores = RNG.normal(size=(1000, 100))
    special = importlib.import_module("scipy.special")
    yield Line(
        "log_softmax of 1000 x 100", "scipy", lambda: log_softmax(scores), lambda: special.log_softmax(scores, axis=1)
    )


def import_lines() -> Iterator[Line]:
    """What a program waits for before its first line."""

    def importing(code: str) -> Callable[[], Any]:
        return lambda: subprocess.run([sys.executable, "-c", code], check=True)

    yield Line("import mlmath", "import numpy", importing("import mlmath"), importing("import numpy"), 1.2, 10)
    topics = "calculus, linalg, stats, autodiff, losses, optim, models, datasets"
    everything = f"import {', '.join('mlmath.' + topic.strip() for topic in topics.split(','))}"
    yield Line(
        "import all topics but plots", "import numpy", importing(everything), importing("import numpy"), None, 10
    )


def main() -> None:
    """Print the table; exit with status 1 if a budget is missed."""
    missed = 0
    print(f"{'task':34} {'against':18} {'ours':>10} {'theirs':>10} {'ratio':>8} {'budget':>7}")
    for group in (
        network_lines,
        chain_lines,
        curvature_lines,
        linear_algebra_lines,
        optimizer_lines,
        stable_lines,
        import_lines,
    ):
        for line in group():
            if line.theirs is None:
                print(f"{line.task:34} {line.peer:18} {'absent':>10}")
                continue
            ours, theirs = best_times(line)
            budget = "" if line.budget is None else f"{line.budget:.1f}"
            verdict = "" if line.budget is None or ours <= line.budget * theirs else "  over budget"
            missed += bool(verdict)
            row = f"{line.task:34} {line.peer:18} {1e3 * ours:8.2f}ms {1e3 * theirs:8.2f}ms {ours / theirs:8.2f}"
            print(f"{row} {budget:>7}{verdict}", flush=True)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
