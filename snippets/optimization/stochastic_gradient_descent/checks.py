"""What the module docs/optimization/stochastic_gradient_descent.md claims, one function per claim.

The "model with one weight" predicts the same number w for every example; half the squared error of the
example with the price y has the slope w - y, and the minimum is the mean of the prices.
"""

from itertools import combinations, product

import numpy as np

from mlmath.calculus import numerical_gradient
from mlmath.datasets import load_windsor_housing
from mlmath.optim import exponential_decay, gradient_descent, inverse_time_decay, stochastic_gradient_descent
from mlmath.stats import fit_scaler


def price_lists(seed, count):
    """Random lists of 2 to 8 prices."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        yield rng.uniform(1, 9, int(rng.integers(2, 9)))


def walks(prices, schedule, steps, *, start, rng, batch=1, walkers=4000):
    """The weights of many independent walks; each step draws its own examples, with replacement."""
    w = np.full(walkers, float(start))
    for k in range(steps):
        drawn = prices[rng.integers(len(prices), size=(walkers, batch))].mean(axis=1)
        w = w - schedule(k) * (w - drawn)
    return w


def _house_model():
    """Scaled features with a column of ones, prices in 10,000 dollars, and the best weights."""
    houses = load_windsor_housing()
    names = ("lot_size", "bedrooms", "bathrooms", "air_conditioning")
    table = np.column_stack([houses.column(name) for name in names])
    X = np.column_stack([np.ones(len(table)), fit_scaler(table).transform(table)])
    y = houses.prices / 10_000
    return X, y, np.linalg.lstsq(X, y)[0]


def half_squares(X, y):
    """Loss over all examples and gradient of a mini-batch for a linear model."""

    def loss(w):
        return np.mean((X @ w - y) ** 2) / 2

    def example_gradient(w, batch):
        return X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)

    return loss, example_gradient


def the_gradient_of_one_example_is_unbiased():
    """Two losses at random points: the mean of the examples' measured gradients, and of mlmath's random first steps."""
    rng = np.random.default_rng(0)
    for _ in range(10):
        X, w = rng.normal(size=(6, 3)), rng.normal(size=3)
        y = rng.choice([-1.0, 1.0], 6)

        def squares(w, i, X=X, y=y):
            return np.mean((X[i] @ w - y[i]) ** 2) / 2

        def logistic(w, i, X=X, y=y):
            return np.mean(np.log1p(np.exp(-y[i] * (X[i] @ w))))

        for part in (squares, logistic):
            full = numerical_gradient(lambda w, part=part: part(w, np.arange(6)), w)
            each = np.array([numerical_gradient(lambda w, part=part, i=i: part(w, [i]), w) for i in range(6)])
            np.testing.assert_allclose(each.mean(axis=0), full, atol=1e-7)

            path = stochastic_gradient_descent(
                lambda _: 0.0,
                lambda _, batch, each=each: each[batch].mean(axis=0),
                w,
                examples=6,
                learning_rate=1.0,
                epochs=100,
                with_replacement=True,
                generator=rng,
            )
            steps = -np.diff(path.points, axis=0)
            error = each.std(axis=0) / np.sqrt(len(steps))
            assert (np.abs(steps.mean(axis=0) - full) < 4.5 * error + 1e-9).all()


def an_unbiased_step_can_go_uphill():
    """Lines with noise: tiny steps along single examples, near the minimum."""
    rng = np.random.default_rng(1)
    for _ in range(10):
        X = rng.normal(size=(1000, 3))
        y = X @ rng.normal(size=3) + rng.normal(size=1000)
        loss, example_gradient = half_squares(X, y)
        w = np.linalg.lstsq(X, y)[0] + 0.01 * rng.normal(size=3)
        full = example_gradient(w, np.arange(1000))
        rises = []
        for i in range(1000):
            one = example_gradient(w, [i])
            rise = loss(w - 1e-7 * one) - loss(w)
            rises.append(rise > 0)
            if abs(one @ full) > 1e-2 * np.linalg.norm(one) * np.linalg.norm(full) > 1e-6:
                assert (rise > 0) == (one @ full < 0)
        assert 0.4 < np.mean(rises) < 0.6


def the_noise_floor_of_one_weight_is_eta_over_two_minus_eta_times_the_variance():
    """Random prices, rates and starts, on both sides of the rate 1."""
    rng = np.random.default_rng(2)
    for prices in price_lists(2, 8):
        for rate in (*rng.uniform(0.1, 1.0, 2), rng.uniform(1.0, 1.8)):
            w = walks(prices, lambda _, rate=rate: rate, 60, start=rng.uniform(-5, 15), rng=rng, walkers=10_000)
            measured = np.mean((w - prices.mean()) ** 2)
            np.testing.assert_allclose(measured, rate / (2 - rate) * prices.var(), rtol=0.1)


def where_every_example_fits_there_is_no_floor():
    """The same features twice: with prices that a linear model fits exactly, and with noise on them."""
    rng = np.random.default_rng(3)
    for _ in range(5):
        X, best = rng.normal(size=(40, 3)), rng.normal(size=3)
        for noise in (0.0, 0.5):
            y = X @ best + noise * rng.normal(size=40)
            loss, example_gradient = half_squares(X, y)
            path = stochastic_gradient_descent(
                loss,
                example_gradient,
                best + rng.normal(size=3),
                examples=40,
                learning_rate=0.5 / np.max(np.sum(X**2, axis=1)),
                epochs=60,
                with_replacement=True,
                generator=rng,
            )
            above = path.losses - loss(np.linalg.lstsq(X, y)[0])
            late = above[-400:].mean()
            if noise:
                assert late > 1e-4
            else:
                assert late < 1e-9 * above[0]


def sgd_leads_after_one_pass_and_trails_after_ten():
    """House prices, several seeds; full descent may choose its best fixed rate for each of the two comparisons."""
    X, y, best = _house_model()
    loss, example_gradient = half_squares(X, y)
    everything = np.arange(len(y))

    def above(rate, steps):
        path = gradient_descent(
            loss, lambda w: example_gradient(w, everything), np.zeros(5), learning_rate=rate, steps=steps
        )
        return path.losses[-1] - loss(best)

    rates = np.arange(0.05, 1.2, 0.05)
    one_pass, ten_passes = (min(above(rate, steps) for rate in rates) for steps in (1, 10))
    for seed in range(5):
        noisy = stochastic_gradient_descent(
            loss,
            example_gradient,
            np.zeros(5),
            examples=len(y),
            learning_rate=0.005,
            epochs=10,
            with_replacement=True,
            generator=np.random.default_rng(seed),
        )
        assert noisy.losses[len(y)] - loss(best) < 0.5 * one_pass
        assert noisy.losses[-1] - loss(best) > 10 * ten_passes


def spread(gradients):
    """Mean squared length of the differences from their mean."""
    return np.mean(np.sum((gradients - gradients.mean(axis=0)) ** 2, axis=1))


def with_replacement_the_variance_is_divided_by_b():
    """Every possible mini-batch of a few random gradients with three entries."""
    rng = np.random.default_rng(4)
    for n in (3, 4, 5):
        each = rng.normal(size=(n, 3)) * rng.uniform(0.1, 10)
        of_size = {}
        for size in (1, 2, 3, 4):
            batches = np.array(list(product(range(n), repeat=size)))
            of_size[size] = spread(each[batches].mean(axis=1))
            np.testing.assert_allclose(of_size[size], spread(each) / size)
        np.testing.assert_allclose(np.sqrt(of_size[4]), np.sqrt(of_size[1]) / 2)


def without_replacement_the_variance_is_smaller_still():
    """Every possible mini-batch without repetition; at B = n there is one, and no noise."""
    rng = np.random.default_rng(5)
    for n in (3, 5, 7):
        each = rng.normal(size=(n, 3)) * rng.uniform(0.1, 10)
        for size in range(1, n + 1):
            batches = np.array(list(combinations(range(n), size)))
            measured = spread(each[batches].mean(axis=1))
            np.testing.assert_allclose(measured, spread(each) / size * (n - size) / (n - 1), atol=1e-12)
    n, size = 2000, 20  # one in a hundred: next to no difference
    each = rng.normal(size=(n, 1))
    measured = spread(np.array([each[rng.choice(n, size, replace=False)].mean(axis=0) for _ in range(4000)]))
    np.testing.assert_allclose(measured, spread(each) / size, rtol=0.1)


def one_large_step_does_the_work_of_b_small_ones_while_it_is_small():
    """Random prices: the same examples seen, once in small steps and once in one step of B times the rate."""
    rng = np.random.default_rng(6)
    for prices in price_lists(6, 4):
        middle = prices.mean()
        start = middle + 20 * prices.std()
        size = int(rng.integers(4, 9))

        def distances(b_times_rate, blocks, prices=prices, start=start, middle=middle, size=size):
            small = walks(prices, lambda _: b_times_rate / size, blocks * size, start=start, rng=rng)
            large = walks(prices, lambda _: b_times_rate, blocks, start=start, rng=rng, batch=size)
            return small - middle, large - middle

        early_small, early_large = distances(0.1, 10)
        np.testing.assert_allclose(early_large.mean(), early_small.mean(), rtol=0.1)
        late_small, late_large = distances(0.1, 80)
        np.testing.assert_allclose(np.mean(late_large**2), np.mean(late_small**2), rtol=0.2)
        too_small, too_large = distances(2.1, 40)
        assert abs(too_small.mean()) < 0.1 * abs(start - middle) < abs(too_large.mean())


def past_the_sweet_spot_a_larger_batch_costs_examples_and_saves_no_steps():
    """Mean squared distances followed step by step, for a thousand rates at once; random caps, targets and spreads."""
    rng = np.random.default_rng(7)
    for _ in range(10):
        cap, variance = rng.uniform(0.01, 0.03), rng.uniform(40, 100)
        target = rng.uniform(0.005, 0.02)  # from the distance 1

        def steps(size, cap=cap, variance=variance, target=target):
            rates = np.geomspace(cap / 200, cap, 1000)
            distance, count = np.ones(1000), 0
            while distance.min() > target:
                distance = (1 - rates) ** 2 * distance + rates**2 * variance / size
                count += 1
            return count

        knee = cap * variance / target  # where the best rate is near the cap
        small, large = round(knee / 12), round(50 * knee)
        assert small >= 1
        np.testing.assert_allclose(steps(small) / steps(2 * small), 2, rtol=0.05)
        np.testing.assert_allclose(steps(large) / steps(2 * large), 1, rtol=0.05)


def with_the_rate_one_over_k_the_weight_is_the_mean_of_what_was_drawn():
    """Each walk of mlmath against the mean of its draws; the mean squared distance of many walks against sigma^2/k."""
    rng = np.random.default_rng(8)
    for prices in price_lists(8, 5):
        drawn = []

        def slope(w, batch, prices=prices, drawn=drawn):
            drawn.append(prices[batch[0]])
            return w - prices[batch]

        path = stochastic_gradient_descent(
            lambda _: 0.0,
            slope,
            [rng.uniform(-9, 9)],
            examples=len(prices),
            learning_rate=inverse_time_decay(1.0, half_after=1),
            epochs=10,
            with_replacement=True,
            generator=rng,
        )
        means = np.cumsum(drawn) / np.arange(1, len(drawn) + 1)
        np.testing.assert_allclose(path.points[1:, 0], means)
        for k in (10, 40):
            w = walks(prices, lambda k: 1 / (k + 1), k, start=3.0, rng=rng)
            np.testing.assert_allclose(np.mean((w - prices.mean()) ** 2), prices.var() / k, rtol=0.15)


def a_small_c_over_k_crawls():
    """The expected distance: measured over walks, and in a long walk without noise."""
    rng = np.random.default_rng(9)
    for c in (*rng.uniform(0.05, 0.6, 5), 0.9):
        schedule = inverse_time_decay(c, half_after=1)
        path = gradient_descent(
            lambda d: d[0] ** 2 / 2, lambda d: d, [1.0], learning_rate=lambda k, s=schedule: s(k), steps=10_000
        )
        left = path.points[:, 0]
        for k in (100, 1000):
            np.testing.assert_allclose(left[10 * k] / left[k], 10**-c, rtol=0.01)
        w = walks(np.array([2.0, 6.0]), schedule, 100, start=24.0, rng=rng)
        np.testing.assert_allclose(np.mean(w - 4) / 20, left[100], rtol=0.05, atol=0.001)
    tenth = np.prod(1 - 0.1 / np.arange(1, 1001))
    assert 0.45 < tenth < 0.5


def the_first_condition_is_needed_and_the_second_is_not():
    """Halving schedules: nothing moves after a while, and part of the way is left; the rates 1/sqrt(k+1) do arrive."""
    rng = np.random.default_rng(10)
    for prices in price_lists(10, 5):
        start = prices.mean() + 20
        halving = exponential_decay(rng.uniform(0.2, 0.8), factor=0.5, every=rng.uniform(1, 3))
        soon, late = (walks(prices, halving, steps, start=start, rng=rng) - prices.mean() for steps in (100, 400))
        np.testing.assert_allclose(late.mean(), soon.mean(), rtol=0.1)
        product_left = np.prod([1 - halving(k) for k in range(400)])
        assert product_left > 0.001
        np.testing.assert_allclose(late.mean(), 20 * product_left, atol=0.3)
        arrived = walks(prices, inverse_time_decay(0.8, half_after=5), 400, start=start, rng=rng) - prices.mean()
        assert abs(arrived.mean()) < 0.05
        for k in (100, 400):
            w = walks(prices, lambda k: 1 / np.sqrt(k + 1), k, start=start, rng=rng)
            np.testing.assert_allclose(np.mean((w - prices.mean()) ** 2), prices.var() / (2 * np.sqrt(k)), rtol=0.2)


def house_walks(rates, rng, walkers=100):
    """Mean loss above the minimum, over many walks, before each step; one rate per step; start at the minimum."""
    X, y, best = _house_model()
    hessian = X.T @ X / len(y)
    w = np.tile(best, (walkers, 1))
    above = []
    for rate in rates:
        away = w - best
        above.append(np.mean(np.sum(away @ hessian * away, axis=1)) / 2)
        drawn = rng.integers(len(y), size=walkers)
        errors = np.sum(X[drawn] * w, axis=1) - y[drawn]
        w = w - rate * errors[:, None] * X[drawn]
    return np.array(above)


def a_tenth_of_the_rate_has_about_a_tenth_of_the_floor():
    """A hundred walks at a time settle at one rate, drop to a tenth, settle again."""
    for seed in range(2):
        rng = np.random.default_rng(seed)
        above = house_walks([0.01] * 1000 + [0.001] * 4000, rng)
        before, after = above[500:1000].mean(), above[-1500:].mean()
        assert 8 < before / after < 14
        for prices in price_lists(seed, 2):
            floors = [
                np.mean((walks(prices, lambda _, r=r: r, 300, start=prices.mean(), rng=rng) - prices.mean()) ** 2)
                for r in (0.1, 0.01)
            ]
            assert 8 < floors[0] / floors[1] < 14


def averaging_the_second_half_beats_the_last_point():
    """Least squares with noise, random data and the houses; means over five walks each."""
    rng = np.random.default_rng(11)
    X = rng.normal(size=(200, 4))
    for X, y, rate in (  # noqa: B020
        (X, X @ rng.normal(size=4) + rng.normal(size=200), 0.03),
        (X, X @ rng.normal(size=4) + rng.laplace(size=200), 0.05),
        (*_house_model()[:2], 0.005),
    ):
        loss, example_gradient = half_squares(X, y)
        lowest = loss(np.linalg.lstsq(X, y)[0])
        last, average = [], []
        for _ in range(5):
            path = stochastic_gradient_descent(
                lambda _: 0.0,
                example_gradient,
                np.zeros(X.shape[1]),
                examples=len(y),
                learning_rate=rate,
                epochs=-(-3000 // len(y)),
                with_replacement=True,
                generator=rng,
            )
            last.append(loss(path.result) - lowest)
            average.append(loss(path.points[len(path.points) // 2 :].mean(axis=0)) - lowest)
        assert np.mean(average) < np.mean(last) / 3


def drawing_with_replacement_misses_about_37_percent():
    """What mlmath draws in one epoch, with and without replacement."""
    rng = np.random.default_rng(12)
    for n in (50, 200, 546):
        shares = {}
        for with_replacement in (True, False):
            seen = []
            for _ in range(20):
                drawn = []

                def remember(w, batch, drawn=drawn):
                    drawn.extend(batch)
                    return 0 * w

                stochastic_gradient_descent(
                    lambda _: 0.0,
                    remember,
                    [0.0],
                    examples=n,
                    learning_rate=1.0,
                    epochs=1,
                    batch_size=8,
                    with_replacement=with_replacement,
                    generator=rng,
                )
                assert len(drawn) == n
                seen.append(len(set(drawn)) / n)
            shares[with_replacement] = 1 - np.mean(seen)
        assert 0.34 < shares[True] < 0.40
        assert shares[False] == 0


def sorted_examples_pull_every_epoch_to_what_came_last():
    """Epochs from the minimum, random prices and rates: sorted ones all end too high, shuffled ones are right."""
    rng = np.random.default_rng(13)
    for prices in price_lists(13, 20):
        rate = rng.uniform(0.05, 0.95)

        def epochs(order, count, prices=prices, rate=rate):
            w = np.full(len(order), prices.mean())
            ends = []
            for _ in range(count):
                for price in order.T:
                    w = w - rate * (w - price)
                ends.append(w)
            return np.array(ends)

        assert (epochs(np.sort(prices)[None, :], 20) > prices.mean()).all()
        orders = rng.permuted(np.tile(prices, (4000, 1)), axis=1)
        assert abs(epochs(orders, 1).mean() - prices.mean()) < 0.1 * prices.std()


def shuffled_epochs_end_nearer_than_random_draws():
    """Random prices and rates below 1: mean squared distance at the ends of epochs, after many of them."""
    rng = np.random.default_rng(14)
    for prices in price_lists(14, 10):
        rate, n = rng.uniform(0.05, 0.7), len(prices)
        distances = {}
        for shuffled in (True, False):
            w = np.full(4000, prices.mean())
            for _ in range(10):
                order = np.tile(prices, (4000, 1))
                order = rng.permuted(order, axis=1) if shuffled else prices[rng.integers(n, size=order.shape)]
                for price in order.T:
                    w = w - rate * (w - price)
            distances[shuffled] = np.mean((w - prices.mean()) ** 2)
        assert distances[True] < 0.95 * distances[False]
