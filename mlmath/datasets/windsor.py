"""House sales in Windsor, Canada, 1987."""

from __future__ import annotations

from typing import NamedTuple

from mlmath._arrays import Matrix, Vector
from mlmath.datasets._table import column_named, read_table


class WindsorHousing(NamedTuple):
    """Prices and features of 546 houses; row ``i`` of both is the same sale.

    Example:
        >>> houses = load_windsor_housing()
        >>> houses.column("bedrooms")[:3]
        array([3., 2., 3.])
    """

    prices: Vector
    """Sale prices in Canadian dollars, shape ``(546,)``."""
    features: Matrix
    """One house per row, shape ``(546, 11)``; the columns are in the order of ``feature_names``."""
    feature_names: tuple[str, ...]
    """The names of the eleven columns."""

    def column(self, name: str) -> Vector:
        """Return one feature of all houses, shape ``(546,)``, as a copy.

        Args:
            name: One of ``feature_names``.

        Raises:
            ValueError: If there is no such feature; the message lists them all.
        """
        return column_named(name, self.feature_names, self.features)


def load_windsor_housing() -> WindsorHousing:
    """Read the sales of 546 houses in Windsor, Ontario, July to September 1987.

    ``lot_size`` is in square feet; ``bedrooms``, ``bathrooms``, ``stories`` and
    ``garage_places`` are counts (``bathrooms`` of full bathrooms, ``stories``
    without the basement); ``driveway``, ``recreation_room``, ``full_basement``,
    ``gas_hot_water`` (heating by it), ``air_conditioning`` (central) and
    ``preferred_area`` (of the city) are 1 for yes and 0 for no.

    Returns:
        Prices in Canadian dollars of 1987, features and their names; fresh arrays on each call.

    Example:
        >>> houses = load_windsor_housing()
        >>> houses.features.shape
        (546, 11)
        >>> import numpy as np
        >>> print(f"${np.median(houses.prices):,.0f}")
        $62,000

    Source: P. M. Anglin and R. Gencay (1996), "Semiparametric estimation of a
    hedonic price function", *Journal of Applied Econometrics* 11, 633-648.
    Terms: facts, distributed with many statistics packages (for example as
    ``Housing`` in the R package Ecdat).
    """
    names, table = read_table("windsor_housing")
    return WindsorHousing(prices=table[:, 0].copy(), features=table[:, 1:].copy(), feature_names=names[1:])
