"""Code of the module docs/linear_algebra/products_and_predictions.md, in reading order."""

# TODO Replace the code, and let python3 -m sitekit outputs write what it prints.


# --8<-- [start:doubles]
def double(x):
    return 2 * x


for x in (0, 1, 2.5):
    print(f"the double of {x:.1f} is {double(x):.1f}")
# > the double of 0.0 is 0.0
# > the double of 1.0 is 2.0
# > the double of 2.5 is 5.0
# --8<-- [end:doubles]

# --8<-- [start:twice]
print(double(double(3)))
# > 12
# --8<-- [end:twice]
