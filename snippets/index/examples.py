"""Code of the home page."""

# --8<-- [start:descent]
from mlmath.optim import gradient_descent


def loss(w):
    return (w[0] - 3) ** 2


def gradient(w):
    return 2 * (w - 3)


for learning_rate in (0.1, 0.9, 1.1):
    path = gradient_descent(loss, gradient, [0.0], learning_rate=learning_rate, steps=30)
    print(f"learning rate {learning_rate}: from w = 0 to w = {path.result[0]:.2f}")
# > learning rate 0.1: from w = 0 to w = 3.00
# > learning rate 0.9: from w = 0 to w = 3.00
# > learning rate 1.1: from w = 0 to w = -709.13
# --8<-- [end:descent]
