"""HTML made of parts: text is escaped unless it is markup already, so nothing that somebody typed becomes a tag."""

import re
from collections.abc import Iterable, Sequence
from html import escape

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def printable(said: str) -> str:
    """A text without what no page or picture may hold: control characters, halves of characters, and the marks that
    turn the direction of all that follows."""
    return _UNPRINTABLE.sub("", said)


def written(part: str) -> Markup:
    """A text as HTML, as far as it is printable.

    >>> written("<b> & \\x00"), written(Markup("<b>"))
    ('&lt;b&gt; &amp; ', '<b>')
    """
    return part if isinstance(part, Markup) else Markup(escape(printable(part)))


def element(name: str, *inside: str, **attributes: str) -> Markup:
    """An element with what stands in it. Attributes by their names: `class_` is class, `data_id` is data-id.

    >>> element("p", "a<b", element("b", "&"), class_='"x"')
    '<p class="&quot;x&quot;">a&lt;b<b>&amp;</b></p>'
    """
    given = "".join(f' {key.rstrip("_").replace("_", "-")}="{written(value)}"' for key, value in attributes.items())
    return Markup(f"<{name}{given}>{''.join(map(written, inside))}</{name}>")


def typed(said: str) -> Markup:
    """What somebody typed: its direction of writing stays its own, its line breaks stay."""
    return element("bdi", said)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], words: int = 1, total: bool = False) -> Markup:
    """A table; the first `words` columns hold words, the others numbers, which stand to the right. The last row is a
    `total` where it says so."""
    looks = ["" if k < words else "n" for k in range(len(heads))]
    body = [
        element("tr", *(element("td" if k else "th", cell, class_=looks[k]) for k, cell in enumerate(row)))
        for row in rows
    ]
    foot = [element("tfoot", body.pop())] if total and body else []
    head = element("tr", *(element("th", one, class_=look) for one, look in zip(heads, looks, strict=True)))
    return element("table", element("thead", head), element("tbody", *body), *foot)
