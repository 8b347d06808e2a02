"""Text that somebody wrote, for the few places that take only Markdown."""

import re


def literal(text: str) -> str:
    """One line of text as Markdown that shows it as it is: code between as many backticks as it takes.

    >>> literal("a:red[b]"), literal("`"), literal("")
    ('` a:red[b] `', '`` ` ``', '')
    """
    line = " ".join(text.split())
    fence = "`" * (1 + max(map(len, re.findall("`+", line)), default=0))
    return f"{fence} {line} {fence}" if line else ""
