"""Exercises of the module docs/statistics/likelihood_and_loss.md."""


def first_exercise(x):
    return 2 * x  # TODO Replace the solution, its starter, its checks and its known wrong answers.


def first_exercise_starter(x):
    """The double of a number."""
    return 0  # Your code here.


def first_exercise_check_small_numbers(first_exercise):
    """The doubles of 0, 3 and -1.5 are 0, 6 and -3."""
    for x in (0, 3, -1.5):
        answer = first_exercise(x)
        assert answer is not None, "Your function returns nothing: end it with return."
        assert x == 0 or abs(answer - x * x) > 1e-9, "You squared the number. The double is 2 times the number."
        assert abs(answer - 2 * x) < 1e-9, f"The double of {x} is {2 * x}, and you return {answer}."


def first_exercise_wrong_square(x):
    """You squared the number. The double is 2 times the number."""
    return x * x


def second_exercise(x):
    return 2 * x  # TODO Replace the solution, its starter, its checks and its known wrong answers.


def second_exercise_starter(x):
    """The double of a number."""
    return 0  # Your code here.


def second_exercise_check_small_numbers(second_exercise):
    """The doubles of 0, 3 and -1.5 are 0, 6 and -3."""
    for x in (0, 3, -1.5):
        answer = second_exercise(x)
        assert answer is not None, "Your function returns nothing: end it with return."
        assert x == 0 or abs(answer - x * x) > 1e-9, "You squared the number. The double is 2 times the number."
        assert abs(answer - 2 * x) < 1e-9, f"The double of {x} is {2 * x}, and you return {answer}."


def second_exercise_wrong_square(x):
    """You squared the number. The double is 2 times the number."""
    return x * x
