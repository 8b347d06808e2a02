"""Text that somebody wrote, for the few places where only Markdown is taken."""

import re


def verbatim(text: str) -> str:
    """One line of text as Markdown that shows it as it is: code, behind as many backticks as it takes.

    >>> verbatim("a:red[b]"), verbatim("`"), verbatim("")
    ('` a:red[b] `', '`` ` ``', '')
    """
    line = " ".join(text.split())
    fence = "`" * (1 + max(map(len, re.findall("`+", line)), default=0))
    return f"{fence} {line} {fence}" if line else ""
