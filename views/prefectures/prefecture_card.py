"""The card of one prefecture: its figures, what binds it, what it leaves undone."""

from model.outputs.phrasing.markup import Markup, element
from model.outputs.prefectures.prefecture_card import Card, Line
from model.outputs.words import text
from views.shell.page.blocks import paragraphs


def _word(key: str, language: str) -> str:
    return text(f"prefectures.{key}", language)


def card_element(card: Card, decided: bool, language: str) -> Markup:
    """The card as HTML; without a decision it has no columns for the plan and its change."""
    columns = ["figure", "base", *(["plan", "change"] if decided else []), "band"]
    heads = (element("th", _word(f"card_{column}", language), scope="col") for column in columns)
    table = element(
        "table",
        element("thead", element("tr", *heads)),
        element("tbody", *(_row(line, decided) for line in card.lines)),
    )
    limits = element(
        "dl",
        element("dt", _word("card_binds", language)),
        element("dd", *paragraphs(card.binds)),
        element("dt", _word("card_missing", language)),
        element(
            "dd",
            *paragraphs(card.missing or (_word("missing_none", language),)),
            class_="short" if card.missing else None,
        ),
    )
    return element(
        "article",
        element("h3", card.title),
        element("p", card.about, class_="about"),
        table,
        limits,
        class_="place",
        aria_live="polite",
    )


def _row(line: Line, decided: bool) -> Markup:
    unit = (" ", element("i", line.unit)) if line.unit else ()
    cells = {"base": line.base, **({"plan": line.plan, "change": line.change} if decided else {}), "band": line.band}
    return element(
        "tr",
        element("th", line.label, *unit, scope="row"),
        *(element("td", cell, class_=name) for name, cell in cells.items()),
        class_="part" if line.part else None,
    )
