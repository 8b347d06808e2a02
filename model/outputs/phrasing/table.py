"""A table of text, as a page and a brief show it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Headings and rows of text.

    The first `words` columns hold words, the others figures, which stand to the right; with `total` the last row adds
    the others up.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1
    total: bool = False
