"""Exercises of the module docs/statistics/bayes_and_inference.md."""

import numpy as np


def share_right(base_rate, if_ill, if_well):
    right = base_rate * if_ill
    false = (1 - base_rate) * if_well
    return right / (right + false)


def share_right_starter(base_rate, if_ill, if_well):
    """Probability of being ill after an alarm."""
    return 0.0  # Your code here.


def share_right_check_by_hand(share_right):
    """The clinic of this page: 90 of 981 alarms are right."""
    answer = share_right(0.01, 0.90, 0.09)
    assert answer is not None, "Your function returns nothing: end it with return."
    known = {
        0.90: "That is the share of alarms among the ill. Divide by the alarms instead.",
        0.009: "That is the share of all people who are ill and get an alarm. Divide it by the share with an alarm.",
        10 / 11: "The base rate is missing: the ill and the well are not equally many.",
        10 / 99: "Those are odds, right alarms for each false one. Divide by all alarms, the right ones too.",
    }
    for wrong, message in known.items():
        assert abs(answer - wrong) > 1e-6, message
    assert abs(answer - 90 / 981) < 1e-9, f"90 / 981 is {90 / 981:.4f}, and you return {answer:.4f}."


def share_right_check_counting(share_right):
    """Random clinics, counted in people."""
    rng = np.random.default_rng(0)
    for ill, well, found, false in rng.integers(1, 100, (10, 4)):
        answer = share_right(ill / (ill + well), found / 100, false / 100)
        expected = ill * found / (ill * found + well * false)
        message = f"Of {ill} ill {found}% get an alarm, of {well} well {false}%: {expected:.4f}, not {answer:.4f}."
        assert abs(answer - expected) < 1e-9, message


def share_right_wrong_other_way(base_rate, if_ill, if_well):
    """That is the share of alarms among the ill. Divide by the alarms instead."""
    return if_ill


def share_right_wrong_not_divided(base_rate, if_ill, if_well):
    """That is the share of all people who are ill and get an alarm. Divide it by the share with an alarm."""
    return base_rate * if_ill


def share_right_wrong_no_base_rate(base_rate, if_ill, if_well):
    """The base rate is missing: the ill and the well are not equally many."""
    return if_ill / (if_ill + if_well)


def share_right_wrong_odds(base_rate, if_ill, if_well):
    """Those are odds, right alarms for each false one. Divide by all alarms, the right ones too."""
    return base_rate * if_ill / ((1 - base_rate) * if_well)


def map_weight(x, y, noise, spread):
    return np.sum(x * y) / (np.sum(x**2) + noise**2 / spread**2)


def map_weight_starter(x, y, noise, spread):
    """The most probable weight of y = w x, with normal noise and a normal prior around 0."""
    return 0.0  # Your code here.


def map_weight_check_by_hand(map_weight):
    """The example of this page: noise 2, prior 1, so the weight goes from 3.6 to 2."""
    answer = map_weight(np.array([1.0, 2.0]), np.array([2.0, 8.0]), 2.0, 1.0)
    assert answer is not None, "Your function returns nothing: end it with return."
    known = {
        3.6: "That is least squares: the prior is missing.",
        18 / 7: "You used noise / spread. Normal densities have variances: square both.",
        18 / 5.25: "Upside down: the penalty is the noise variance divided by the prior variance.",
        9 / 6.5: "You divided the sums by n and not the penalty. Beside a mean it is noise^2 / (n spread^2).",
    }
    for wrong, message in known.items():
        assert abs(answer - wrong) > 1e-6, message
    assert abs(answer - 2) < 1e-9, f"18 / (5 + 4) is 2, and you return {answer:.4g}."


def map_weight_check_highest_point(map_weight):
    """On random data, no weight nearby has a higher posterior."""
    rng = np.random.default_rng(0)
    for noise, spread in rng.uniform(0.5, 2, (5, 2)):
        x, y = rng.normal(size=(2, 6))

        def log_posterior(w, x=x, y=y, noise=noise, spread=spread):
            return -np.sum((w * x - y) ** 2) / (2 * noise**2) - w**2 / (2 * spread**2)

        w = map_weight(x, y, noise, spread)
        for other in (w - 0.01, w + 0.01):
            message = f"The posterior is higher at {other:.3f} than at your {w:.3f}."
            assert log_posterior(other) < log_posterior(w), message


def map_weight_wrong_no_prior(x, y, noise, spread):
    """That is least squares: the prior is missing."""
    return np.sum(x * y) / np.sum(x**2)


def map_weight_wrong_deviations(x, y, noise, spread):
    """You used noise / spread. Normal densities have variances: square both."""
    return np.sum(x * y) / (np.sum(x**2) + noise / spread)


def map_weight_wrong_upside_down(x, y, noise, spread):
    """Upside down: the penalty is the noise variance divided by the prior variance."""
    return np.sum(x * y) / (np.sum(x**2) + spread**2 / noise**2)


def map_weight_wrong_mean(x, y, noise, spread):
    """You divided the sums by n and not the penalty. Beside a mean it is noise^2 / (n spread^2)."""
    return np.mean(x * y) / (np.mean(x**2) + noise**2 / spread**2)


def bootstrap_error(data, statistic, resamples, generator):
    values = [statistic(generator.choice(data, size=len(data))) for _ in range(resamples)]
    return np.std(values)


def bootstrap_error_starter(data, statistic, resamples, generator):
    """Standard deviation of the statistic over resamples with replacement."""
    return 0.0  # Your code here.


def bootstrap_error_check_mean(bootstrap_error):
    """For the mean of 40 values, it is close to the formula."""
    data = np.random.default_rng(0).exponential(size=40)
    answer = bootstrap_error(data, np.mean, 2000, np.random.default_rng(1))
    assert answer is not None, "Your function returns nothing: end it with return."
    formula = data.std() / np.sqrt(40)
    assert answer > 1e-9, "All resamples gave the same: draw with replacement, so that values repeat."
    assert abs(answer / formula - 1 / np.sqrt(2000)) > 0.02, (
        "Far too small: the resamples are not the data, so do not divide by the root of their number."
    )
    assert abs(answer / formula**2 - 1) > 0.12, "That is the variance. The standard error is its root."
    assert abs(answer / formula - 1) < 0.12, f"It should be near {formula:.3f}, and you return {answer:.3f}."


def bootstrap_error_check_statistic(bootstrap_error):
    """It uses the statistic that it is given: the error of a constant is 0, that of a doubled mean doubles."""
    data = np.random.default_rng(2).normal(size=30)
    constant = bootstrap_error(data, lambda values: 7.0, 50, np.random.default_rng(3))
    assert abs(constant) < 1e-9, "A statistic that is always 7 has no error. Call the statistic on each resample."
    once = bootstrap_error(data, np.mean, 500, np.random.default_rng(3))
    twice = bootstrap_error(data, lambda values: 2 * np.mean(values), 500, np.random.default_rng(3))
    assert abs(twice - 2 * once) < 0.25 * once, f"Twice the mean has twice the error, {2 * once:.3f}, not {twice:.3f}."


def bootstrap_error_check_data_left_alone(bootstrap_error):
    """The caller's data are as before."""
    data = np.arange(10.0)
    bootstrap_error(data, np.median, 20, np.random.default_rng(4))
    assert (data == np.arange(10.0)).all(), "You changed the caller's data: put each resample into a new array."


def bootstrap_error_wrong_no_replacement(data, statistic, resamples, generator):
    """All resamples gave the same: draw with replacement, so that values repeat."""
    return np.std([statistic(np.sort(generator.permutation(data))) for _ in range(resamples)])


def bootstrap_error_wrong_root(data, statistic, resamples, generator):
    """Far too small: the resamples are not the data, so do not divide by the root of their number."""
    values = [statistic(generator.choice(data, size=len(data))) for _ in range(resamples)]
    return np.std(values) / np.sqrt(resamples)


def bootstrap_error_wrong_variance(data, statistic, resamples, generator):
    """That is the variance. The standard error is its root."""
    return np.var([statistic(generator.choice(data, size=len(data))) for _ in range(resamples)])


def bootstrap_error_wrong_always_mean(data, statistic, resamples, generator):
    """A statistic that is always 7 has no error. Call the statistic on each resample."""
    return np.std([np.mean(generator.choice(data, size=len(data))) for _ in range(resamples)])
