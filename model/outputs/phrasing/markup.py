"""HTML made of parts, in which text is escaped, so that nothing typed becomes a tag."""

import re
from html import escape

from model.outputs.phrasing.table import Table

_NO_CHARACTERS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
_NEVER_IN_HTML = f"{_NO_CHARACTERS}\u202a-\u202e\u2066\u2067"
_ISOLATES = "\u2068\u2069"
"""The marks that our own sentences set around a name, so that its direction of writing ends with it."""
BRACKET = r"（[^（）]*）|\([^()]*\)"
_FIGURE = re.compile(r"\d[\d,.]* ?[\u4e00-\u9fff]{1,4}(?:/[\u4e00-\u9fff]{1,2})?")
"""A number with its Chinese unit, between which a line may end."""
VOID = ("br", "col")
"""Elements without content, which have no closing tag."""


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def printable(typed: str) -> str:
    """The text without the characters that no page or picture may hold.

    These are control characters, lone surrogates, and marks that turn the direction of all that follows.
    """
    return re.sub(f"[{_NEVER_IN_HTML}{_ISOLATES}]", "", typed)


def written(part: str) -> Markup:
    """A text as HTML: escaped unless it is markup, without unprintable characters but with isolates.

    >>> written("<b> & \\x00"), written(Markup("<b>"))
    ('&lt;b&gt; &amp; ', '<b>')
    """
    return part if isinstance(part, Markup) else Markup(escape(re.sub(f"[{_NEVER_IN_HTML}]", "", part)))


def element(name: str, *inside: str, **attributes: str | None) -> Markup:
    """An element with its attributes and its content.

    `class_` is written class and `data_id` data-id; an attribute that is None is left out.

    >>> element("p", "a<b", element("b", "&"), class_='"x"', data_id="1", title=None)
    '<p class="&quot;x&quot;" data-id="1">a&lt;b<b>&amp;</b></p>'
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{written(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    end = "" if name in VOID else f"</{name}>"
    return Markup(f"<{name}{given}>{''.join(map(written, inside))}{end}")


def isolated(words: str) -> Markup:
    """Words that somebody typed, letter for letter; their direction of writing ends with them."""
    letters = Markup(escape(re.sub(f"[{_NO_CHARACTERS}]", "", words)))
    return element("bdi", letters, title=words)


def unbroken(words: str) -> Markup:
    """Words in which no line ends inside brackets, as "(90 days)" would.

    >>> unbroken("Decided in time (90 days)")
    'Decided in time <span class="unbroken">(90 days)</span>'
    """
    return _kept_whole(re.compile(BRACKET), words, "unbroken")


def figures_unbroken(words: str) -> Markup:
    """Words in which no line ends between a number and its Chinese unit.

    >>> figures_unbroken("少 739 家次/年")
    '少 <span class="figure-with-unit">739 家次/年</span>'
    """
    return _kept_whole(_FIGURE, words, "figure-with-unit")


def _kept_whole(pattern: re.Pattern[str], words: str, name: str) -> Markup:
    found, end = "", 0
    for one in pattern.finditer(words):
        found += written(words[end : one.start()]) + element("span", one[0], class_=name)
        end = one.end()
    return Markup(found + written(words[end:]))


def typed(words: str) -> Markup:
    """Words that somebody typed; their direction of writing and their line breaks stay their own."""
    return element("bdi", words)


def table(content: Table, *, named: bool = False) -> Markup:
    """The table as HTML; its columns of figures have the class `n`.

    Where cells are `named`, each carries the head of its column, to stand beside it where the table is no grid.
    """
    looks = ["" if k < content.words else "n" for k in range(len(content.heads))]
    names = content.heads if named else (None,) * len(content.heads)

    def cell(k: int, words: str) -> Markup:
        return element("td", words, class_=looks[k], data_head=names[k]) if k else element("th", words, class_=looks[k])

    body = [element("tr", *(cell(k, words) for k, words in enumerate(row))) for row in content.rows]
    foot = [element("tfoot", body.pop())] if content.total and body else []
    head = element("tr", *(element("th", one, class_=look) for one, look in zip(content.heads, looks, strict=True)))
    return element("table", element("thead", head), element("tbody", *body), *foot)
