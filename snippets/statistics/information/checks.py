"""What the module docs/statistics/information.md claims, one function per claim."""

from functools import cache
from itertools import combinations, product
from math import exp, factorial, fsum, inf, isclose, log, log2, prod, sqrt

import numpy as np

from mlmath.losses import log_loss
from mlmath.models import fit_logistic_regression
from mlmath.stats import Binomial, Categorical, Normal, cross_entropy, entropy, kl_divergence, log_likelihood


def _proper(weights):
    """Probabilities without zeros, with the sum 1."""
    weights = np.asarray(weights) + 1e-9
    return weights / weights.sum()


def _distributions(count, seed, least=2, most=7):
    """Random distributions over 2 to 7 outcomes, from nearly equal to nearly certain."""
    rng = np.random.default_rng(seed)
    for number in range(count):
        yield _proper(rng.dirichlet(np.full(rng.integers(least, most + 1), (0.2, 1.0, 30.0)[number % 3])))


def _bits(p):
    """Entropy by Python's own arithmetic, outcome by outcome."""
    return fsum(share * log2(1 / share) for share in p if share > 0)


def entropy_is_zero_for_a_certain_outcome_and_largest_for_equal_ones():
    """Every move of probability to a rarer outcome raises it, until all are equal; the ends are 0 and log K."""
    rng = np.random.default_rng(0)
    for p in _distributions(60, 0):
        K = len(p)
        assert 0 < entropy(p) < log(K)
        rare, common = np.argmin(p), np.argmax(p)
        moved = p.copy()
        moved[[rare, common]] += np.array([1, -1]) * rng.uniform(0.1, 0.9) * (p[common] - p[rare])
        assert entropy(moved) > entropy(p)
        assert isclose(entropy(np.full(K, 1 / K)), log(K))
        assert entropy(np.eye(K)[rare]) == 0
        assert 0 < entropy(np.append(p, 0)) < log(K + 1)  # an outcome that never comes


def surprises_of_independent_events_add_up_so_their_entropies_do():
    """Random pairs: the table of products has the sum of both entropies, a table moved away from it and others less."""
    rng = np.random.default_rng(1)
    for a, b in zip(_distributions(40, 1), _distributions(40, 2), strict=True):
        table = np.outer(a, b)
        alone = entropy(a, base=2) + entropy(b, base=2)
        assert isclose(_bits(table.ravel()), alone)
        swap = rng.uniform(0.2, 0.9) * min(table[0, 1], table[1, 0])
        dependent = table.copy()
        dependent[:2, :2] += swap * np.array([[1, -1], [-1, 1]])
        np.testing.assert_allclose(dependent.sum(axis=1), a)
        np.testing.assert_allclose(dependent.sum(axis=0), b)
        assert entropy(dependent.ravel() / dependent.sum(), base=2) < alone
        anything = rng.dirichlet(np.ones(table.size)).reshape(table.shape)
        sums = [side / side.sum() for side in (anything.sum(axis=1), anything.sum(axis=0))]
        assert entropy(_proper(anything.ravel()), base=2) < _bits(sums[0]) + _bits(sums[1])


def fewest_questions(p):
    """The mean number of yes-no questions of the best plan, by trying every question about every set that is left."""

    @cache
    def cost(left):
        if len(left) == 1:
            return 0.0
        first, *others = left
        plans = []
        for kept in product((False, True), repeat=len(others)):
            yes = (first, *(o for o, keep in zip(others, kept, strict=True) if keep))
            no = tuple(o for o in left if o not in yes)
            if no:
                plans.append(cost(yes) + cost(no))
        return fsum(p[o] for o in left) + min(plans)

    return cost(tuple(range(len(p))))


def the_best_yes_no_questions_need_the_entropy_and_less_than_one_more():
    for p in _distributions(30, 3, most=6):
        assert entropy(p, base=2) - 1e-9 <= fewest_questions(p) < entropy(p, base=2) + 1
    rng = np.random.default_rng(3)
    for _ in range(15):
        halves = [1.0]
        for _ in range(rng.integers(1, 6)):
            half = halves.pop(rng.integers(len(halves))) / 2
            halves += [half, half]
        assert isclose(fewest_questions(halves), entropy(halves, base=2))


def a_question_never_raises_the_mean_entropy_and_one_group_may_rise():
    """Random tables of answers by labels; some with equal shares in all groups."""
    rng = np.random.default_rng(4)
    rose = equal = 0
    for number in range(200):
        counts = rng.integers(1, 12, (rng.integers(2, 5), rng.integers(2, 4)))
        if number % 4 == 0:
            counts = np.outer(rng.integers(1, 5, len(counts)), counts[0])
        before = entropy(counts.sum(axis=0) / counts.sum())
        groups = [entropy(row / row.sum()) for row in counts]
        after = fsum(row.sum() / counts.sum() * value for row, value in zip(counts, groups, strict=True))
        same = all(row[i] * counts[0].sum() == counts[0][i] * row.sum() for row in counts for i in range(len(row)))
        assert after < before + 1e-12
        assert (before - after < 1e-12) == same
        rose += max(groups) > before + 1e-9
        equal += same
    assert min(rose, equal, 200 - equal) > 20


def _all_counts(n, K):
    """Every way to spread n draws over K outcomes: K - 1 bars between n stars."""
    bars = np.array(list(combinations(range(n + K - 1), K - 1)))
    edges = np.column_stack([np.full(len(bars), -1), bars, np.full(len(bars), n + K - 1)])
    return np.diff(edges) - 1


def counted_shares_give_too_little_entropy_on_average():
    """The expectation over all possible samples, each with its probability."""
    for p in _distributions(30, 5, most=3):
        for n in (1, 2, 5, 12):
            expected = 0.0
            for counts in _all_counts(n, len(p)):
                ways = factorial(n) / prod(factorial(c) for c in counts)
                expected += ways * prod(p**counts) * entropy(counts / n)
            assert expected < entropy(p)
    for p in ([0.3, 0.7], [0.6, 0.4], [0.3, 0.5, 0.2], [0.2, 0.2, 0.3, 0.3]):
        K, n = len(p), {2: 400, 3: 60, 4: 30}[len(p)]
        counts = _all_counts(n, K)
        log_factorials = np.cumsum(np.log(np.maximum(np.arange(n + 1), 1)))
        chances = np.exp(log_factorials[n] - log_factorials[counts].sum(axis=1) + counts @ np.log(p))
        found = chances @ [entropy(row / n) for row in counts]
        assert isclose(sum(chances), 1)
        assert isclose(entropy(p) - found, (K - 1) / (2 * n), rel_tol=0.1)


def no_belief_costs_less_than_the_truth():
    """Nor does any small step away from it."""
    rng = np.random.default_rng(6)
    for p in _distributions(60, 6):
        assert isclose(cross_entropy(p, p, base=2), _bits(p))
        for q in rng.dirichlet(np.ones(len(p)), 20):
            assert cross_entropy(p, _proper(q)) > entropy(p)
        for _ in range(20):
            step = rng.normal(size=len(p))
            near = _proper(p * np.exp(0.01 * (step - step.mean())))
            assert cross_entropy(p, near) > entropy(p)


def the_mean_loss_on_data_is_the_cross_entropy_of_their_shares():
    rng = np.random.default_rng(7)
    for truth in _distributions(30, 7):
        K, n = len(truth), int(rng.integers(5, 60))
        data = rng.choice(K, size=n, p=truth)
        q = _proper(rng.dirichlet(np.ones(K)))
        chance_of_all = prod(float(q[outcome]) for outcome in data)
        shares = np.bincount(data, minlength=K) / n
        assert isclose(-log(chance_of_all) / n, cross_entropy(shares, q))


def loss_of_fit(table, label, penalty):
    fitted = fit_logistic_regression(table, label, penalty=penalty)
    return log_loss(fitted.decision_scores(table), label).value


def who_sees_only_a_group_pays_at_least_the_mean_entropy_of_the_groups():
    """Random tables of a 0/1 feature and a label, random models that see only the feature, and the fitted one."""
    rng = np.random.default_rng(8)
    for _ in range(20):
        counts = rng.integers(2, 30, (2, 2))
        feature, label = np.repeat([0, 0, 1, 1], counts.ravel()), np.repeat([0, 1, 0, 1], counts.ravel())
        floor = fsum(row.sum() / counts.sum() * entropy(row / row.sum()) for row in counts)

        def loss(scores, feature=feature, label=label):
            return log_loss(np.asarray(scores)[feature], label).value

        best = np.log(counts[:, 1] / counts[:, 0])
        assert isclose(loss(best), floor)
        for step in rng.normal(size=(20, 2)):
            assert loss(best + step) > floor
        table = feature[:, np.newaxis].astype(float)
        assert isclose(loss_of_fit(table, label, 0), floor, rel_tol=1e-6)
        if abs(best[1] - best[0]) > 0.1:
            assert loss_of_fit(table, label, 1) > floor * (1 + 1e-5)  # a penalty keeps it above


def perplexity_is_one_over_the_geometric_mean_and_k_for_equal_beliefs():
    rng = np.random.default_rng(9)
    for truth in _distributions(30, 9):
        K, n = len(truth), int(rng.integers(5, 40))
        data = rng.choice(K, size=n, p=truth)
        shares = np.bincount(data, minlength=K) / n
        q = _proper(rng.dirichlet(np.ones(K)))
        geometric_mean = prod(float(q[outcome]) ** (1 / n) for outcome in data)
        assert isclose(exp(cross_entropy(shares, q)), 1 / geometric_mean)
        assert isclose(2 ** cross_entropy(shares, q, base=2), 1 / geometric_mean)
        assert isclose(exp(cross_entropy(shares, np.full(K, 1 / K))), K)


def cutting_a_text_differently_changes_perplexity_and_not_the_cost_per_letter():
    """A model of whole words, and the same model letter by letter: the chain rule over beginnings of words."""
    rng = np.random.default_rng(10)
    for _ in range(20):
        words = sorted({"".join(rng.choice(list("abc"), rng.integers(1, 5))) + "." for _ in range(12)})
        chance = dict(zip(words, _proper(rng.dirichlet(np.ones(len(words)))), strict=True))

        def begins(start, chance=chance):
            return fsum(p for word, p in chance.items() if word.startswith(start))

        text = rng.choice(words, 15)
        by_word = [log(1 / chance[word]) for word in text]
        by_letter = [log(begins(word[:i]) / begins(word[: i + 1])) for word in text for i in range(len(word))]
        assert len(by_letter) > len(by_word)
        assert exp(np.mean(by_letter)) < exp(np.mean(by_word)) - 1e-6
        characters = len("".join(text))
        assert isclose(fsum(by_word) / characters, fsum(by_letter) / characters)


def kl_is_never_negative_zero_for_equal_and_infinite_where_q_misses():
    rng = np.random.default_rng(11)
    for p in _distributions(100, 11):
        K = len(p)
        q = _proper(rng.dirichlet(np.ones(K)))
        assert kl_divergence(p, p) == 0
        assert 0 < kl_divergence(p, q) < inf
        assert isclose(kl_divergence(p, q), fsum(a * log(a / b) for a, b in zip(p, q, strict=True)))
        with_hole = np.where(np.arange(K) == rng.integers(K), 0, p)
        with_hole /= with_hole.sum()
        assert kl_divergence(p, with_hole) == inf
        assert 0 < kl_divergence(with_hole, p) < inf
        assert kl_divergence(with_hole, with_hole) == 0


def between_two_coins_the_way_by_a_third_is_always_shorter():
    rng = np.random.default_rng(12)
    for heads in rng.uniform(0.01, 0.99, (300, 3)):
        low, middle, high = np.sort(heads)
        if min(middle - low, high - middle) > 1e-3:
            for a, b, c in ((low, middle, high), (high, middle, low)):
                ab, bc, ac = (kl_divergence([u, 1 - u], [v, 1 - v]) for u, v in ((a, b), (b, c), (a, c)))
                assert ab + bc < ac


def the_likeliest_parameter_has_the_smallest_kl_from_the_shares():
    """Binomial models of counts, and normal-shaped ones, on a grid of parameters."""
    rng = np.random.default_rng(13)
    grid = np.linspace(0.02, 0.98, 33)
    for trials in rng.integers(2, 6, 10):
        data = rng.integers(0, trials + 1, 25)
        shares = np.bincount(data, minlength=trials + 1) / 25
        outcomes = np.arange(trials + 1)
        weights = [np.exp(-((outcomes - 6 * t) ** 2)) for t in grid]
        for models in ([Binomial(int(trials), t) for t in grid], [Categorical(w / w.sum()) for w in weights]):
            fits = np.array([log_likelihood(model, data) for model in models])
            gaps = np.array([kl_divergence(shares, model.pmf(outcomes)) for model in models])
            assert np.argmax(fits) == np.argmin(gaps)
            np.testing.assert_allclose(fits[:-1] - fits[1:], 25 * (gaps[1:] - gaps[:-1]), atol=1e-8)


X = np.linspace(-25, 25, 2501)


def _on_grid(density):
    density = density + 1e-300
    return density / density.sum()


def _two_humps(rng, share):
    """Two normal humps of width 1 and 6 to 8 apart: their places, and the target."""
    left = rng.uniform(-4, -3)
    right = left + rng.choice([6.0, rng.uniform(6, 8)])
    return left, right, _on_grid(share * Normal(left, 1).pdf(X) + (1 - share) * Normal(right, 1).pdf(X))


def forward_kl_picks_the_mean_and_the_variance_of_the_target():
    """Random targets, and every normal near by and far away."""
    rng = np.random.default_rng(14)
    for number in range(20):
        target = _two_humps(rng, rng.uniform(0.2, 0.8))[2]
        if number % 2:
            target = _on_grid(np.exp(-np.abs(X - rng.uniform(-3, 3)) / rng.uniform(0.5, 1)))
        mean = target @ X
        sigma = sqrt(target @ (X - mean) ** 2)
        best = kl_divergence(target, _on_grid(Normal(mean, sigma).pdf(X)))
        for shift, stretch in (*rng.normal(size=(20, 2)), *(0.03 * rng.normal(size=(20, 2)))):
            other = _on_grid(Normal(mean + shift, sigma * exp(stretch)).pdf(X))
            assert kl_divergence(target, other) > best


def reverse_kl_picks_the_heavier_hump_and_its_width():
    """The best normal is searched over all places and widths, coarsely everywhere and finely on both humps."""
    rng = np.random.default_rng(15)
    wide = np.concatenate([np.arange(0.5, 1.5, 0.25), np.arange(1.5, 6.1, 0.5)])
    for heavy in (0.501, 0.99, *rng.uniform(0.51, 0.95, 5)):
        left, right, target = _two_humps(rng, heavy)
        tried = [(mean, sigma) for mean in np.arange(-9, 9.1, 0.5) for sigma in wide]
        for hump in (left, right):
            tried += [(hump + d, sigma) for d in np.arange(-0.3, 0.31, 0.05) for sigma in np.arange(0.8, 1.21, 0.05)]
        values = [kl_divergence(_on_grid(Normal(*normal).pdf(X)), target) for normal in tried]
        mean, sigma = tried[np.argmin(values)]
        assert abs(mean - left) < 0.1 < abs(mean - right)
        assert abs(sigma - 1) < 0.1
        assert isclose(min(values), log(1 / heavy), rel_tol=0.05)
    closer = _on_grid(Normal(-2.5, 1).pdf(X) + Normal(2.5, 1).pdf(X))
    tried = [(mean, sigma) for mean in np.arange(-4, 4.1, 0.5) for sigma in wide]
    mean, sigma = min(tried, key=lambda normal: kl_divergence(_on_grid(Normal(*normal).pdf(X)), closer))
    assert abs(mean) < 0.1
    assert sigma > 2
