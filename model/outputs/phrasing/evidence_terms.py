"""The words of the evidence files, such as units and marks, in the reader's language."""

import re
from typing import Literal

from model.outputs.words import keys, text

Kind = Literal["unit", "window", "mark", "certainty", "use", "value"]


def word(kind: Kind, written: str, language: str) -> str:
    """The phrase `evidence.<kind>_<slug>` for a word of the evidence files; empty for an empty word.

    Dates, spans of dates and numbers need no phrase, and a window may be in the words of who wrote it. KeyError for
    any other word without a phrase.

    >>> word("unit", "visits a year", "zh")
    '家次/年'
    >>> word("window", "2019-01-01/2021-10-25", "zh")
    '2019-01-01 至 2021-10-25'
    """
    key = f"evidence.{kind}_{_slug(written)}"
    if key in keys():
        return text(key, language)
    span = re.fullmatch(r"(\d{4}(?:-\d\d)*)/(\d{4}(?:-\d\d)*)", written) or re.fullmatch(r"(\d{4})-(\d{4})", written)
    if kind == "window" and span:
        return text("evidence.window_range", language, first=span[1], last=span[2])
    if kind == "window" or re.fullmatch(r"[\d./-]*", written):
        return written
    raise KeyError(key)


def unit_held(unit: str, language: str) -> str:
    """The unit of a number as a file holds it: of points of a share, those of a fraction.

    >>> unit_held("points of a share", "en"), unit_held("cases", "en")
    ('fraction, 0.01 is 1 point', 'cases')
    """
    key = f"evidence.unit_held_{_slug(unit)}"
    return text(key, language) if key in keys() else word("unit", unit, language)


def _slug(written: str) -> str:
    """The word in lower case, every run of other characters as one underscore.

    >>> _slug("not stated (about 2020-03/2021-10)")
    'not_stated_about_2020_03_2021_10'
    """
    return re.sub(r"[^a-z0-9]+", "_", written.lower()).strip("_")
