"""What every plot is tested with: that it leaves the state of matplotlib alone."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest


def settings():
    """All settings of matplotlib; asking for the backend would choose one, so that is left out."""
    return {name: mpl.rcParams[name] for name in mpl.rcParams if name != "backend"}


@pytest.fixture(autouse=True)
def nothing_global_changes():
    """Whatever a test of this folder draws, no setting changes and pyplot gets no figure to be closed."""
    before, figures = settings(), plt.get_fignums()
    yield
    assert settings() == before
    assert plt.get_fignums() == figures
