"""The rules of ``python -m sitekit lint``: each is a function that yields problems."""
