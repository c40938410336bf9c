"""The Windsor house sales: complete, in the stated units, and fresh on every call."""

import numpy as np
import pytest

from mlmath.datasets import load_windsor_housing

COLUMN_SUMS = {
    "lot_size": 2812045,
    "bedrooms": 1619,
    "bathrooms": 702,
    "stories": 987,
    "driveway": 469,
    "recreation_room": 97,
    "full_basement": 191,
    "gas_hot_water": 25,
    "air_conditioning": 173,
    "garage_places": 378,
    "preferred_area": 128,
}


def test_nothing_was_lost_in_copying():
    """Sums of all columns, counted once with awk from the original file."""
    houses = load_windsor_housing()

    assert houses.prices.sum() == 37194392
    assert dict(zip(houses.feature_names, houses.features.sum(axis=0), strict=True)) == COLUMN_SUMS


def test_the_shapes_and_types_are_as_stated():
    houses = load_windsor_housing()

    assert (houses.prices.shape, houses.features.shape) == ((546,), (546, 11))
    assert houses.prices.dtype == np.float64
    assert houses.features.dtype == np.float64


def test_price_and_features_of_a_row_belong_together():
    """The first sale of the published table."""
    houses = load_windsor_housing()

    assert houses.prices[0] == 42000
    np.testing.assert_array_equal(houses.features[0], [5850, 3, 1, 2, 1, 0, 1, 0, 0, 1, 0])


def test_a_column_is_a_copy_found_by_its_name():
    houses = load_windsor_housing()

    for j, name in enumerate(houses.feature_names):
        column = houses.column(name)
        np.testing.assert_array_equal(column, houses.features[:, j])
        assert not np.shares_memory(column, houses.features)


def test_every_call_returns_fresh_arrays():
    first = load_windsor_housing()
    first.prices[:] = 0.0
    first.features[:] = 0.0

    test_nothing_was_lost_in_copying()


def test_prices_and_features_share_no_memory():
    houses = load_windsor_housing()

    assert houses.prices.base is None
    assert houses.features.base is None


def test_an_unknown_column_is_answered_with_the_names():
    with pytest.raises(ValueError, match=r"name must be one of lot_size, bedrooms, .*preferred_area, got 'price'"):
        load_windsor_housing().column("price")
