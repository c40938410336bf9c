"""What the module docs/calculus/backpropagation.md claims, one function per claim.

Most checks use a random calculation: a list of steps, each an operation and the
places of its two arguments among the values so far. Run it with floats, complex
numbers, fractions or numbers that count, and it is a function of its inputs.
"""

import tracemalloc
from fractions import Fraction

import numpy as np

from mlmath.autodiff import Variable, computational_graph, grad, gradients, jvp, relu, value_and_grad, vjp
from mlmath.calculus import numerical_derivative, numerical_gradient, numerical_jacobian
from mlmath.models import initialize_network, network_loss
from mlmath.optim import Adam, GradientStep, gradient_descent


def random_steps(rng, inputs, count):
    """Every input and every value is used, so that all of it leads to the last value."""
    steps = []
    unused = list(range(inputs))
    for k in range(count):
        first = unused.pop(0) if unused else int(rng.integers(inputs + k))
        second = unused.pop(0) if len(unused) >= count - k else int(rng.integers(inputs + k))
        steps.append((str(rng.choice(["+", "-", "*"])), first, second))
        unused.append(inputs + k)
    return steps


def run(steps, inputs):
    """All values, the inputs first."""
    values = list(inputs)
    for operation, i, j in steps:
        a, b = values[i], values[j]
        values.append(a + b if operation == "+" else a - b if operation == "-" else a * b)
    return values


def edges_of(steps, values, inputs):
    """Triples of source, target, local derivative."""
    edges = []
    for target, (operation, i, j) in enumerate(steps, start=inputs):
        by_first = values[j] if operation == "*" else 1
        by_second = values[i] if operation == "*" else 1 if operation == "+" else -1
        edges += [(i, target, by_first), (j, target, by_second)]
    return edges


def backward(edges, count):
    """The gradient of the last value by each of the values."""
    gradient = [0] * count
    gradient[-1] = 1
    for source, target, local in sorted(edges, key=lambda edge: -edge[1]):
        gradient[source] = gradient[source] + local * gradient[target]
    return gradient


def complex_step(steps, inputs):
    """The partials of the last value without any graph: the imaginary parts carry them, exact to rounding."""
    inputs = np.array(inputs, dtype=complex)
    return [run(steps, inputs + 1e-30j * direction)[-1].imag / 1e-30 for direction in np.eye(len(inputs))]


def any_order_that_respects_the_arrows_gives_the_same_values():
    """Pick the next step at random among those whose arguments are there."""
    rng = np.random.default_rng(0)
    for _ in range(30):
        steps = random_steps(rng, 3, 8)
        inputs = rng.uniform(-1, 1, 3)
        expected = run(steps, inputs)
        for _ in range(10):
            values = dict(enumerate(inputs))
            left = set(range(len(steps)))
            while left:
                able = [k for k in left if steps[k][1] in values and steps[k][2] in values]
                k = int(rng.choice(able))
                operation, i, j = steps[k]
                values[3 + k] = run([(operation, 0, 1)], [values[i], values[j]])[-1]
                left.remove(k)
            assert [values[i] for i in range(len(expected))] == expected


def a_local_derivative_depends_on_the_arguments_of_its_step_alone():
    """The same product, in surroundings that differ, and alone: its two edges carry the same numbers."""
    rng = np.random.default_rng(1)
    for a, b, c in rng.uniform(0.5, 2, (20, 3)):
        alone = [numerical_derivative(lambda t, b=b: t * b, a), numerical_derivative(lambda t, a=a: a * t, b)]
        for before in (lambda v: v, lambda v, c=c: v + c - c, lambda v, c=c: (v * c) / c):
            for after in (lambda v: v, lambda v: v * v, lambda v: np.exp(-v), lambda v: v + 1):
                first, second = before(Variable(a)), before(Variable(b))
                product = first * second
                product.name = "product"
                graph = computational_graph(after(product))
                target = [node.name for node in graph.nodes].index("product")
                locals_ = [edge.derivative for edge in graph.edges if edge.target == target]
                np.testing.assert_allclose(locals_, alone, rtol=1e-7)


def another_way_to_write_a_formula_is_another_graph_with_the_same_derivatives():
    """Three ways to write one formula. At a corner the condition fails: relu(x) - relu(-x) is x, with slope 0 at 0."""
    rng = np.random.default_rng(2)
    ways = (
        lambda a, b: (a - b) ** 2,
        lambda a, b: (a - b) * (a - b),
        lambda a, b: a * a - 2 * a * b + b * b,
    )
    for a, b in rng.uniform(-3, 3, (20, 2)):
        sizes, derivatives = set(), []
        for way in ways:
            inputs = [Variable(a), Variable(b)]
            output = way(*inputs)
            sizes.add(len(computational_graph(output).nodes))
            derivatives.append([float(output.value), *gradients(output, inputs)])
        assert len(sizes) == len(ways)
        np.testing.assert_allclose(derivatives, [derivatives[0]] * len(ways), atol=1e-12)
        measured = numerical_gradient(lambda v: ways[0](*v), [a, b])
        np.testing.assert_allclose(derivatives[0][1:], measured, atol=1e-6)
    for place, slope in ((-1.5, 1), (0.0, 0), (0.5, 1)):
        x = Variable(place)
        same = relu(x) - relu(-x)
        assert same.value == place
        assert gradients(same, x) == slope


def the_graph_holds_the_steps_that_ran_and_no_others():
    """A loop that squares until ten: as many steps as rounds, and the slope of that many squarings."""
    rng = np.random.default_rng(3)
    lengths = set()
    for start in np.concatenate([np.exp(rng.uniform(0.2, 2.4, 40)), [11.0]]):
        v = start_variable = Variable(start)
        rounds = 0
        while v.value < 10:
            v = v * v
            rounds += 1
        nodes = computational_graph(v).nodes
        assert [node.operation for node in nodes] == [""] + ["*"] * rounds
        power = 2**rounds
        np.testing.assert_allclose(gradients(v, start_variable), power * start ** (power - 1))
        lengths.add(rounds)
    assert len(lengths) >= 4


def paths_to(edges, source, output):
    """Every path from source to output, as the product of its local derivatives."""
    if source == output:
        return [1.0]
    return [local * rest for tail, target, local in edges if tail == source for rest in paths_to(edges, target, output)]


def the_derivative_is_the_sum_over_all_paths():
    """Every path is walked one by one; the derivative comes from complex numbers, and knows no graph."""
    rng = np.random.default_rng(4)
    several = 0
    for _ in range(40):
        steps = random_steps(rng, 3, 7)
        inputs = rng.uniform(-1.5, 1.5, 3)
        edges = edges_of(steps, run(steps, inputs), 3)
        paths = [paths_to(edges, source, 9) for source in range(3)]
        np.testing.assert_allclose([sum(found) for found in paths], complex_step(steps, inputs), atol=1e-9)
        several += sum(len(found) > 1 for found in paths)
    assert several > 40


def a_shared_value_gets_the_sum_of_what_its_uses_would_get():
    """One weight in both layers, against two weights of equal value: the shared slope is the sum of the two."""
    rng = np.random.default_rng(5)
    for w, x, y in rng.uniform(0.5, 2, (30, 3)):

        def loss(first, second, x=x, y=y):
            return (np.tanh(second * np.tanh(first * x)) - y) ** 2

        shared = Variable(w)
        own = [Variable(w), Variable(w)]
        one, two = gradients(loss(*own), own)
        together = gradients(loss(shared, shared), shared)
        np.testing.assert_allclose(together, one + two)
        measured = numerical_derivative(lambda t, loss=loss: loss(t, t), w)
        np.testing.assert_allclose(together, measured, atol=1e-7)
        assert min(abs(one), abs(two)) > 1e-6  # so neither of them alone is the slope


class Counted(Fraction):
    """A fraction, exact, whose multiplications are counted."""

    multiplications = 0

    def __mul__(self, other):
        Counted.multiplications += 1
        return Counted(super().__mul__(other))

    __rmul__ = __mul__

    def __add__(self, other):
        return Counted(super().__add__(other))

    __radd__ = __add__

    def __sub__(self, other):
        return Counted(super().__sub__(other))


def one_sweep_multiplies_once_per_edge_however_many_paths_there_are():
    """Diamond after diamond: each multiplies the number of paths by four, and adds six edges."""
    rng = np.random.default_rng(6)
    for diamonds in range(1, 13):
        steps = []
        for k in range(diamonds):
            tip = 3 * k
            steps += [("*", tip, tip), ("+", tip, tip), (str(rng.choice(["+", "-"])), tip + 1, tip + 2)]
        start = [Counted(int(rng.integers(1, 9)), 7)]
        if diamonds > 6:
            steps = [("+" if operation == "*" else operation, i, j) for operation, i, j in steps]
        values = run(steps, start)
        edges = [(i, j, Counted(local)) for i, j, local in edges_of(steps, values, 1)]
        Counted.multiplications = 0
        gradient = backward(edges, len(values))
        assert Counted.multiplications == len(edges) == 6 * diamonds
        ways = [0] * len(values)
        ways[0] = 1
        for source, target, _ in edges:
            ways[target] += ways[source]
        assert ways[-1] == 4**diamonds
        if diamonds <= 4:
            assert gradient[0] == sum(paths_to(edges, 0, len(values) - 1))


def a_value_may_report_back_only_after_all_its_uses_have():
    """Any order from the back that waits for all uses is right; one that hands on at the first call is wrong."""
    rng = np.random.default_rng(7)
    wrong = 0
    for _ in range(40):
        steps = random_steps(rng, 2, 7)
        inputs = rng.uniform(0.5, 1.5, 2)
        values = run(steps, inputs)
        edges = edges_of(steps, values, 2)
        expected = complex_step(steps, inputs)

        patient = [0.0] * 8 + [1.0]
        waiting = [sum(source == node for source, _, _ in edges) for node in range(9)]
        ready = [node for node in range(9) if waiting[node] == 0]
        while ready:
            target = ready.pop(int(rng.integers(len(ready))))
            for source, _, local in (edge for edge in edges if edge[1] == target):
                patient[source] += local * patient[target]
                waiting[source] -= 1
                if waiting[source] == 0:
                    ready.append(source)
        np.testing.assert_allclose(patient[:2], expected, atol=1e-9)

        hasty = [0.0] * 8 + [1.0]
        found = [8]
        for target in found:  # each value hands on once, as soon as it is reached
            for source, _, local in (edge for edge in edges if edge[1] == target):
                hasty[source] += local * hasty[target]
                if source not in found:
                    found.append(source)
        wrong += not np.allclose(hasty[:2], expected)
    assert wrong > 5


def one_reverse_sweep_costs_at_most_two_multiplications_per_step_for_any_number_of_inputs():
    """Counted, not timed, and every partial is right."""
    rng = np.random.default_rng(8)
    for inputs in (1, 2, 5, 20, 60):
        steps = random_steps(rng, inputs, inputs + 3)
        point = [Counted(int(k), 8) for k in rng.integers(1, 9, inputs)]
        values = run(steps, point)
        edges = [(i, j, Counted(local)) for i, j, local in edges_of(steps, values, inputs)]
        Counted.multiplications = 0
        gradient = backward(edges, len(values))
        assert 0 < Counted.multiplications <= 2 * len(steps)
        exact = complex_step(steps, [float(number) for number in point])
        np.testing.assert_allclose([float(g) for g in gradient[:inputs]], exact, rtol=1e-9, atol=1e-9)


def random_functions(count):
    """Functions of n inputs with m outputs, n and m from 2 to 6, with a point."""
    rng = np.random.default_rng(9)
    for _ in range(count):
        m, n = rng.integers(2, 7, 2)
        A, B = rng.normal(size=(2, m, n))
        yield (lambda x, A=A, B=B: np.tanh(A @ x) + B @ (x * x)), m, n, rng.normal(size=n)


def forward_mode_needs_a_sweep_per_input_and_reverse_mode_one_per_output():
    """A sweep finds a column, or a row. With one fewer, in random directions, another Jacobian fits what was seen."""
    rng = np.random.default_rng(10)
    for f, m, n, x in random_functions(20):
        J = numerical_jacobian(f, x)
        directions, weights = rng.normal(size=(n, n)), rng.normal(size=(m, m))
        _, pullback = vjp(f, x)
        np.testing.assert_allclose([jvp(f, x, direction).tangent for direction in np.eye(n)], J.T, atol=1e-6)
        np.testing.assert_allclose([pullback(g) for g in np.eye(m)], J, atol=1e-6)
        for sweeps in range(1, n + 1):
            T = directions[:, :sweeps]
            seen = np.column_stack([jvp(f, x, t).tangent for t in T.T])
            guess = seen @ np.linalg.pinv(T)
            np.testing.assert_allclose(guess @ T, seen, atol=1e-6)
            assert np.allclose(guess, J, atol=1e-5) == (sweeps == n)
        for sweeps in range(1, m + 1):
            G = weights[:sweeps]
            seen = np.vstack([pullback(g) for g in G])
            guess = np.linalg.pinv(G) @ seen
            np.testing.assert_allclose(G @ guess, seen, atol=1e-6)
            assert np.allclose(guess, J, atol=1e-5) == (sweeps == m)


def most_memory(run, rounds, array):
    """The most memory that was in use at one time while it ran, in arrays of this size."""
    tracemalloc.start()
    try:
        run(rounds)
        return tracemalloc.get_traced_memory()[1] / array.nbytes
    finally:
        tracemalloc.stop()


def reverse_mode_keeps_every_step_and_forward_mode_does_not():
    """Chains of sines of an array, measured: per step one array more in reverse mode, and nothing in forward mode."""
    rng = np.random.default_rng(14)
    for depth in (10, 40):
        x, movement = rng.uniform(0.5, 1.5, (2, 20_000))

        def chain(x, rounds):
            for _ in range(rounds):
                x = np.sin(x)
            return x

        def forward(rounds, x=x, movement=movement):
            return jvp(lambda x: chain(x, rounds), x, movement).tangent

        def reverse(rounds, x=x, movement=movement):
            return vjp(lambda x: chain(x, rounds), x)[1](movement)

        np.testing.assert_allclose(forward(depth), reverse(depth))
        measured = (chain(x + 1e-6, depth) - chain(x - 1e-6, depth)) / 2e-6
        np.testing.assert_allclose(reverse(depth), measured * movement, rtol=1e-3, atol=1e-6)
        growth = [most_memory(run, 2 * depth, x) - most_memory(run, depth, x) for run in (forward, reverse)]
        np.testing.assert_allclose(growth, [0, depth], atol=1)


def with_exact_numbers_the_result_is_exact_where_a_difference_is_not():
    """Random polynomials in fractions, computed step by step; the answer by the power rule, term by term."""
    rng = np.random.default_rng(11)
    for degree in (3, 3, 3, 4, 5, 6, 7):
        coefficients = [Fraction(int(c), 5) for c in rng.integers(1, 20, degree + 1)]
        x, h = Fraction(int(rng.integers(1, 30)), 7), Fraction(1, 10**6)

        def polynomial(x, coefficients=coefficients):
            return sum(c * x**k for k, c in enumerate(coefficients))

        inputs = [x, *coefficients]  # Horner: c0 + x (c1 + x (c2 + ...))
        steps, last = [], degree + 1
        for k in reversed(range(degree)):
            steps += [("*", last, 0), ("+", degree + 2 + len(steps), 1 + k)]
            last = degree + 1 + len(steps)
        values = run(steps, inputs)
        assert values[-1] == polynomial(x)
        slope = backward(edges_of(steps, values, len(inputs)), len(values))[0]
        power_rule = sum(k * c * x ** (k - 1) for k, c in enumerate(coefficients) if k > 0)
        assert slope == power_rule
        off = (polynomial(x + h) - polynomial(x - h)) / (2 * h) - power_rule
        assert off == coefficients[3] * h * h if degree == 3 else off != 0


def random_networks(count):
    """Two-layer networks of random shapes: parameters, X, y. No unit stands within 0.01 of its kink."""
    rng = np.random.default_rng(12)
    found = 0
    while found < count:
        n, p, hidden = rng.integers(2, 7, 3)
        X, y = rng.normal(size=(n, p)), rng.normal(size=n)
        parameters = (rng.normal(size=(p, hidden)), rng.normal(size=hidden), rng.normal(size=hidden), rng.normal())
        if np.abs(X @ parameters[0] + parameters[1]).min() > 0.01:
            found += 1
            yield parameters, X, y


def loss_of(parameters, X, y):
    W1, b1, w2, b2 = parameters
    return np.mean((relu(X @ W1 + b1) @ w2 + b2 - y) ** 2)


def measured_gradient(parameters, X, y):
    """Each array of the parameters in turn, with the others held still."""
    found = []
    for k, array in enumerate(parameters):
        shape = np.shape(array)

        def loss(flat, k=k, shape=shape):
            return loss_of((*parameters[:k], flat.reshape(shape), *parameters[k + 1 :]), X, y)

        found.append(numerical_gradient(loss, np.ravel(array)).reshape(shape))
    return found


def the_three_slopes_of_a_layer_are_products_with_its_slope_S():
    """A result that bends with Z = H W + b; S is measured by moving the entries of Z, and so are the three slopes."""
    rng = np.random.default_rng(13)
    for _ in range(20):
        n, p, q = rng.integers(1, 6, 3)
        H, W, b, C = (rng.normal(size=shape) for shape in ((n, p), (p, q), q, (n, q)))

        def after(Z, C=C):
            return np.sum(C * np.tanh(Z)) + np.sum(Z) ** 2 / 10

        def result(H, W, b, after=after):
            return after(H @ W + b)

        Z = H @ W + b
        S = numerical_gradient(lambda v, shape=Z.shape, after=after: after(v.reshape(shape)), Z.ravel()).reshape(
            Z.shape
        )
        by_H = numerical_gradient(lambda v, H=H, W=W, b=b: result(v.reshape(H.shape), W, b), H.ravel())
        by_W = numerical_gradient(lambda v, H=H, W=W, b=b: result(H, v.reshape(W.shape), b), W.ravel())
        by_b = numerical_gradient(lambda v, H=H, W=W: result(H, W, v), b)
        np.testing.assert_allclose(H.T @ S, by_W.reshape(W.shape), atol=1e-6)
        np.testing.assert_allclose(S.sum(axis=0), by_b, atol=1e-6)
        np.testing.assert_allclose(S @ W.T, by_H.reshape(H.shape), atol=1e-6)


def by_hand_by_graph_by_library_and_measured_are_equal():
    """By hand: matrices. By graph: single numbers, one edge after the other. Then the library, and differences."""
    for parameters, X, y in random_networks(10):
        W1, b1, w2, b2 = parameters
        Z = X @ W1 + b1
        H = np.maximum(Z, 0)
        s = 2 / len(y) * (H @ w2 + b2 - y)
        S = np.outer(s, w2) * (Z > 0)
        by_hand = (X.T @ S, S.sum(axis=0), H.T @ s, s.sum())

        leaves = [np.vectorize(Variable, otypes=[object])(array) for array in parameters]
        V1, c1, v2, c2 = leaves
        hidden = [[relu(sum(x * V1[j, k] for j, x in enumerate(row)) + c1[k]) for k in range(len(w2))] for row in X]
        errors = [sum(h * v for h, v in zip(row, v2, strict=True)) + c2[()] for row in hidden]
        loss = sum((error - target) * (error - target) for error, target in zip(errors, y, strict=True)) / len(y)
        by_graph = [np.array(gradients(loss, list(array.flat))).reshape(array.shape) for array in leaves]

        by_library = value_and_grad(loss_of)(parameters, X, y).gradient
        measured = measured_gradient(parameters, X, y)
        for hand, graph, library, difference in zip(by_hand, by_graph, by_library, measured, strict=True):
            np.testing.assert_allclose(graph, hand, atol=1e-12)
            np.testing.assert_allclose(library, hand, atol=1e-12)
            np.testing.assert_allclose(difference, hand, atol=1e-5)


def a_relu_that_is_off_for_every_example_gets_no_gradient():
    """Its weights, its bias and the weight behind it get slope 0, exactly; a unit that is on somewhere gets some."""
    for parameters, X, y in random_networks(30):
        W1, b1, w2, b2 = parameters
        off = b1.copy()
        off[0] = -1 - (X @ W1)[:, 0].max()
        on = b1.copy()
        on[0] = 1 - (X @ W1)[:, 0].min()
        g_W1, g_b1, g_w2, _ = value_and_grad(loss_of)((W1, off, w2, b2), X, y).gradient
        for slope in (*g_W1[:, 0], g_b1[0], g_w2[0]):
            assert slope == 0
        g_W1, _, g_w2, _ = value_and_grad(loss_of)((W1, on, w2, b2), X, y).gradient
        assert g_W1[:, 0].any()
        assert g_w2[0] != 0


def backpropagation_leaves_the_weights_alone_and_optimizers_differ():
    """The same slopes in the hands of two optimizers lead to different weights, and both lower the loss."""
    for seed in range(5):
        rng = np.random.default_rng(seed)
        parameters = initialize_network([2, 4, 2], generator=rng)
        X, labels = rng.normal(size=(6, 2)), np.array([0, 1, 0, 1, 1, 0])
        before = [array.copy() for layer in parameters for array in layer]
        value_and_grad(network_loss)(parameters, X, labels)
        after = [array for layer in parameters for array in layer]
        assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))

        def loss(flat, parameters=parameters, X=X, labels=labels):
            W1, b1 = np.reshape(flat[:8], (2, 4)), flat[8:12]
            W2, b2 = np.reshape(flat[12:20], (4, 2)), flat[20:]
            layers = tuple(type(layer)(*pair) for layer, pair in zip(parameters, ((W1, b1), (W2, b2)), strict=True))
            return network_loss(layers, X, labels)

        start = np.concatenate([array.ravel() for array in before])
        gradient = grad(loss)
        ends = [
            gradient_descent(loss, gradient, start, learning_rate=0.05, steps=20, rule=rule).result
            for rule in (GradientStep(), Adam())
        ]
        assert all(loss(end) < loss(start) for end in ends)
        assert not np.allclose(*ends, atol=1e-3)
