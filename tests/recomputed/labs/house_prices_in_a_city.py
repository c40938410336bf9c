"""What docs/labs/house_prices_in_a_city.py prints about the houses, by pandas, scipy, statsmodels and scikit-learn."""

from functools import cache

import numpy as np
import pandas
import statsmodels.api as sm
from recomputed.datasets import windsor
from scipy.linalg import lstsq
from scipy.linalg import norm as norm_of
from scipy.stats import lognorm, norm, pearsonr, sem
from sklearn.linear_model import LinearRegression
from sklearn.metrics import root_mean_squared_error
from sklearn.model_selection import KFold

FOUR = ["lot_size", "bedrooms", "bathrooms", "air_conditioning"]
EDGES = [0, 50_000, 60_000, 80_000, np.inf]


@cache
def sales():
    """The features, the lot size as its logarithm."""
    table = windsor().drop(columns="price")
    return table.assign(lot_size=np.log(table["lot_size"]))


def prices():
    return windsor()["price"]


def ols(target, table):
    return sm.OLS(target, sm.add_constant(table, has_constant="add")).fit()


@cache
def log_fit():
    return ols(np.log(prices()), sales()[FOUR])


@cache
def full_fit():
    return ols(np.log(prices()), sales())


@cache
def dollar_fit():
    return ols(prices(), windsor()[FOUR])


def the_sales():
    table = windsor().drop(columns="price")
    columns = [[*table[name].head(2), table[name].mean()] for name in table]
    return [len(table), len(table.columns), *np.concatenate(columns), *prices().head(2)]


def look_at_the_prices():
    numbers = []
    for values in (prices(), np.log(prices())):
        skewness = ((values - values.mean()) ** 3).mean() / values.var(ddof=0) ** 1.5
        numbers += [values.mean(), values.median(), values.std(), skewness]
    below = 100 * (prices() < prices().mean()).mean()
    return [*numbers, below, np.exp(np.log(prices()).mean())]


def two_recipes_for_a_price():
    normal = norm(*norm.fit(prices()))
    log_normal = lognorm(*lognorm.fit(prices(), floc=0))
    first, second = (recipe.logpdf(prices()).sum() for recipe in (normal, log_normal))
    above = [546 * recipe.sf(150_000) for recipe in (normal, log_normal)]
    gap = second - first
    return [first, second, gap, np.exp(gap / 546), *above, (prices() > 150_000).sum(), 0, 546 * normal.cdf(0)]


def the_published_table():
    fit, numbers = log_fit(), []
    for coefficient, error in zip(fit.params, fit.bse, strict=True):
        numbers += [coefficient, error, round(coefficient, 3), round(error, 3)]
    s = np.sqrt(fit.mse_resid)
    return [*numbers, fit.rsquared, s, 5, s, np.sqrt(fit.ssr / 546)]


def read_the_coefficients():
    lot, *others = log_fit().params[1:]
    s = np.sqrt(log_fit().mse_resid)
    near = 100 * (log_fit().resid.abs() < s).mean()
    return [10, 100 * (1.1**lot - 1), 100 * (2**lot - 1), *(100 * np.expm1(others)), np.exp(s), near]


def one_name_three_questions():
    numbers = []
    for name in FOUR:
        numbers += [ols(np.log(prices()), sales()[[name]]).params[name]]
        numbers += [fit.params[name] for fit in (log_fit(), full_fit())]
    means = windsor().groupby("air_conditioning").mean()
    for name in ("lot_size", "bathrooms", "stories", "garage_places", "preferred_area"):
        numbers += [means.loc[1, name], means.loc[0, name]]
    return numbers


def bands():
    return pandas.cut(np.exp(log_fit().fittedvalues), EDGES, right=False, labels=False)


def a_pattern_or_a_funnel():
    logs, dollars = (fit.resid.groupby(bands()) for fit in (log_fit(), dollar_fit()))
    named = ([50], [50, 60], [60, 80], [80])
    numbers = []
    for k, limits in enumerate(named):
        numbers += [*limits, logs.size()[k], logs.mean()[k], logs.std(ddof=0)[k], dollars.std(ddof=0)[k]]
    left_out = [name for name in sales() if name not in FOUR]
    numbers += [pearsonr(log_fit().resid, sales()[name]).statistic for name in left_out]
    for label, few, many in (([1, 2], 1, 2), ([3], 3, 3), ([4, 6], 4, 6)):
        own = log_fit().resid[sales()["bedrooms"].between(few, many)]
        numbers += [*label, own.mean(), sem(own)]
    return numbers


def two_houses_that_do_not_fit():
    fit = log_fit()
    sizes = fit.resid / np.sqrt(fit.mse_resid)
    numbers = []
    for limit in (2, 3):
        numbers += [limit, (sizes.abs() > limit).sum(), 546 * 2 * norm.sf(limit)]
    for i in (sizes.idxmin(), sizes.idxmax()):
        from_four, from_all = (np.exp(fit.fittedvalues[i]) for fit in (log_fit(), full_fit()))
        counts = windsor().loc[i, ["lot_size", "bedrooms", "bathrooms", "stories", "garage_places"]]
        numbers += [i + 1, prices()[i], from_four, sizes[i], from_all, *counts]
    kept = sizes.abs() < 3
    without = ols(np.log(prices()[kept]), sales().loc[kept, FOUR])
    return [*numbers, (~kept).sum(), ((without.params - fit.params) / fit.bse).abs().max()]


def the_order_of_the_file():
    numbers = [fit.resid.autocorr() for fit in (log_fit(), full_fit())]
    residuals, generator = log_fit().resid.to_numpy(), np.random.default_rng(0)
    high = 0
    for _ in range(1000):
        order = pandas.Series(generator.permutation(residuals))
        high += order.autocorr() > 0.2
    rows = np.flatnonzero(windsor()["preferred_area"])
    return [*numbers, high, 1000, 0.2, len(rows), rows.min() + 1, rows.max() + 1]


def chosen_rows(block, generator):
    starts = generator.integers(546, size=int(np.ceil(546 / block)))
    return [(start + step) % 546 for start in starts for step in range(block)][:546]


@cache
def redrawn(block):
    generator = np.random.default_rng(1)
    table, target = sm.add_constant(sales()[FOUR]).to_numpy(), np.log(prices()).to_numpy()
    samples = [chosen_rows(block, generator) for _ in range(1000)]
    return pandas.DataFrame([lstsq(table[rows], target[rows], lapack_driver="gelsy")[0] for rows in samples])


def how_sure_are_the_coefficients():
    spreads = [log_fit().bse.to_numpy(), redrawn(1).std(), redrawn(20).std()]
    ends = [*log_fit().conf_int().loc["lot_size"]]
    for block in (1, 20):
        ends += [*redrawn(block)[1].quantile([0.025, 0.975])]
    return [*np.transpose(spreads).ravel(), *ends]


@cache
def the_house():
    return log_fit().get_prediction([[1, np.log(6000), 3, 2, 1]])


def one_house():
    log = the_house().predicted_mean[0]
    return [log, np.exp(log)]


def two_intervals_two_questions():
    frame = the_house().summary_frame().iloc[0]
    errors = [the_house().se_mean[0], the_house().se_obs[0]]
    ends = [np.exp(frame[[f"{kind}_ci_lower", f"{kind}_ci_upper"]]) for kind in ("mean", "obs")]
    return [errors[0], *ends[0], errors[1], *ends[1]]


def mean_and_median():
    fit = log_fit()
    middle, smear = np.exp(the_house().predicted_mean[0]), np.exp(fit.resid).mean()
    like = windsor().query("5000 <= lot_size <= 7000 and bedrooms == 3 and bathrooms == 2 and air_conditioning == 1")
    sold = like["price"]
    numbers = [np.exp(fit.mse_resid / 2), smear, middle, middle * smear, len(sold), 5000, 7000]
    return [*numbers, sold.min(), sold.max(), sold.median(), sold.mean()]


def does_the_interval_keep_its_promise():
    generator = np.random.default_rng(2)
    found = []
    for _ in range(60):
        order = generator.permutation(546)
        test, train = order[:182], order[182:]
        logs, four, dollars = np.log(prices()), sales()[FOUR], windsor()[FOUR]
        ones = sm.add_constant(four.iloc[test], has_constant="add")
        of_logs = ols(logs[train], four.iloc[train]).get_prediction(ones).summary_frame()
        ones = sm.add_constant(dollars.iloc[test], has_constant="add")
        of_dollars = ols(prices()[train], dollars.iloc[train]).get_prediction(ones).summary_frame()
        kinds = ((of_logs, "obs", logs), (of_dollars, "obs", prices()), (of_logs, "mean", logs))
        inside = {
            k: target[test].between(frame[f"{kind}_ci_lower"], frame[f"{kind}_ci_upper"])
            for k, (frame, kind, target) in enumerate(kinds)
        }
        found.append(pandas.DataFrame(inside))
    found = 100 * pandas.concat(found)
    by_band = found.groupby(bands()[found.index].to_numpy()).mean()
    named = ([50], [50, 60], [60, 80], [80])
    numbers = [value for k, limits in enumerate(named) for value in (*limits, *by_band.loc[k])]
    return [*numbers, *found.mean()]


@cache
def deals():
    """Five random deals into ten folds, as lists of test rows, then the stretches."""
    orders = [np.random.default_rng(seed).permutation(546) for seed in range(5)]
    stretches = [test for _, test in KFold(10).split(np.arange(546))]
    return [*([order[fold::10] for fold in range(10)] for order in orders), stretches]


@cache
def cross_validated(count, kind, deal):
    table = (sales() if kind == "logs" else windsor().drop(columns="price")).iloc[:, :11]
    table = (table[FOUR] if count == 4 else table).to_numpy()
    price = prices().to_numpy()
    means = np.zeros(546)
    for test in deals()[deal]:
        train = np.delete(np.arange(546), test)
        fit = LinearRegression().fit(table[train], np.log(price[train]) if kind == "logs" else price[train])
        means[test] = fit.predict(table[test])
        if kind == "logs":
            means[test] = np.exp(means[test]) * (price[train] / np.exp(fit.predict(table[train]))).mean()
    return means


def do_more_features_help():
    price = prices().to_numpy()
    numbers = []
    for count in (4, 11):
        for kind in ("dollars", "logs"):
            errors = [root_mean_squared_error(price, cross_validated(count, kind, deal)) for deal in range(6)]
            numbers += [count, min(errors[:5]), max(errors[:5]), errors[5]]
    generator = np.random.default_rng(3)
    four, eleven = (cross_validated(count, "logs", 0) for count in (4, 11))
    samples = np.array([chosen_rows(20, generator) for _ in range(1000)])
    first, second = (norm_of(means[samples] - price[samples], axis=1) for means in (four, eleven))
    gains = (first - second) / np.sqrt(546) / 1000
    nearer = 100 * np.mean(abs(eleven - price) < abs(four - price))
    return [*numbers, prices().std(ddof=0), *np.quantile(gains, [0.025, 0.975]), nearer]
