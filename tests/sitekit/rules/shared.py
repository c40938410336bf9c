"""What the tests of rules share."""


def only(problems):
    """The one problem of a list."""
    assert len(problems) == 1, "\n".join(problems)
    return problems[0]
