"""How long work says how far it is."""

from collections.abc import Callable

Progress = Callable[[int, int, str], None]
"""Gets the number of pieces done, of all pieces, and the name of the one at work."""


def silent(done: int, total: int, name: str) -> None:
    """Says nothing."""
