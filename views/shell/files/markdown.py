"""Text that somebody wrote, for the few places that take only Markdown."""

import re

_LETTERS = re.compile(r"(?:[^\W_]|[ ，。、（）·])*")


def in_title(text: str) -> str:
    """A name for a title: as it is where it has letters and digits only, else `literal`.

    >>> in_title("下沉（二）"), in_title("![x](y)")
    ('下沉（二）', '` ![x](y) `')
    """
    return text if _LETTERS.fullmatch(text) else literal(text)


def literal(text: str) -> str:
    """One line of text as Markdown that shows it as it is: code between as many backticks as it takes.

    >>> literal("a:red[b]"), literal("`"), literal("")
    ('` a:red[b] `', '`` ` ``', '')
    """
    line = " ".join(text.split())
    fence = "`" * (1 + max(map(len, re.findall("`+", line)), default=0))
    return f"{fence} {line} {fence}" if line else ""
