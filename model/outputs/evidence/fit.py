"""How the figures of a base year fit together, and which it knows, in words and tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from model.evidence.baseline import Baseline
from model.files.base_years.form import fixed_rows
from model.files.base_years.words import FILE
from model.files.tables.staff_list_words import words
from model.outputs.evidence.evidence_table import in_unit, number, range_of
from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.numbers import count, span, with_unit
from model.outputs.phrasing.sentences import place
from model.outputs.phrasing.table import Table
from model.outputs.words import text
from model.projection.results import Band
from model.projection.unknowns.closing import Closing
from model.projection.unknowns.narrowing import Narrowing
from model.year.measures import MEASURE

State = Literal["known", "about", "inherited", "follows"]
SIGNS: Mapping[State, str] = {"known": "●", "about": "◐", "inherited": "○", "follows": "="}
"""The sign of each state of a figure, which tells it without its colour."""


@dataclass(frozen=True)
class KnownFigure:
    """A figure of a base year by its label, as it is written, and how far it is known."""

    id: str
    label: str
    written: str
    state: State


def known_figures(baseline: Baseline, language: str) -> dict[State, list[KnownFigure]]:
    """The figures of a base year by how far each is known."""
    found: dict[State, list[KnownFigure]] = {state: [] for state in get_args(State)}
    for figure in _figures(baseline, language):
        found[figure.state].append(figure)
    return found


def _figures(baseline: Baseline, language: str) -> Iterator[KnownFigure]:
    for id, figure in baseline.report.items():
        if isinstance(figure.value, float):
            written = in_unit(number(figure.value, figure.unit), figure.unit, language)
            yield KnownFigure(id, figure.label[language], written, "known")
    for id, one in baseline.assumptions.items():
        if not one.is_normal:
            state: State = "follows" if one.closed else "inherited" if one.inherited else "about"
            if one.is_known and not one.inherited:
                state = "follows" if one.mark == "derived" else "known"
            written = in_unit(range_of(one, one.unit, one.closed, language), one.unit, language)
            yield KnownFigure(id, one.label[language], written, state)
    for record in baseline.records:
        unit = word("unit", "visits" if record.measure == "visits" else "cases", language)
        yield KnownFigure(record.id, record.source[language], with_unit(count(record.value), unit, language), "known")


def closing_sentences(result: Closing, baseline: Baseline, language: str) -> list[str]:
    """Whether the figures fit together and, where too few draws do, why and where to look first."""
    counts = {"kept": count(result.kept), "drawn": count(result.drawn)}
    share = f"{result.work_over_time * 100:.0f}%"
    if result.closes:
        return [_word("closes", language, share=share, **counts)]
    comma = text("problems.list_comma", language)
    how = "asks_too_little" if result.asks_too_little else "does_not_close"
    if how == "does_not_close" and result.work_over_time < 1:
        how = "leaves_too_little"
    sentences = [_word(how, language, times=f"{result.work_over_time:.1f}", share=share, **counts)]
    if result.most_of_time is not None and not result.asks_too_little:
        sentences.append(_word("most_of_time", language, share=f"{result.most_of_time * 100:.0f}%"))
    if result.causes:
        causes = [_cause(id, sign, baseline, language) for id, sign in result.causes]
        sentences.append(_word("causes", language, causes=comma.join(causes), count=len(causes)))
    if result.pools and not result.asks_too_little:
        names = dict(zip(baseline.pool_keys, baseline.pool_names, strict=True))
        pools = [place(*names[key], baseline, language) for key, _ in result.pools]
        sentences.append(_word("short_of_time", language, pools=comma.join(pools)))
    return sentences


def _cause(id: str, sign: int, baseline: Baseline, language: str) -> str:
    """A figure by its label and its sheet in the workbook, and the way it may be off."""
    sheet = next((row.sheet for row in fixed_rows() if row.id == id), "assumptions")
    return _word(
        "too_high" if sign > 0 else "too_low",
        language,
        label=baseline.assumptions[id].label[language],
        sheet=words("sheet", FILE)[sheet].name[language],
    )


def narrowing_table(result: Narrowing, language: str) -> Table:
    """The headlines' bands under the template's ranges and under own ones."""
    heads = tuple(_word(f"narrowing_{name}", language) for name in ("measure", "inherited", "own"))
    rows = [
        (text(f"terms.measure_{id}", language), _band(result.inherited, id, language), _band(result.own, id, language))
        for id in result.own
    ]
    return Table(heads, tuple(rows))


def figures_table(result: Narrowing, baseline: Baseline, language: str) -> Table:
    """How much wider the headlines would be without each own range."""
    heads = tuple(_word(f"narrowing_{name}", language) for name in ("figure", "wider"))
    rows = [
        (baseline.assumptions[id].label[language], f"{(ratio - 1) * 100:+.0f}%".replace("-", "\u2212"))
        for id, ratio in result.by_figure
    ]
    return Table(heads, tuple(rows))


def _band(bands: Mapping[str, Band] | None, id: str, language: str) -> str:
    if bands is None:
        return _word("narrowing_no_fit", language)
    return span(bands[id], MEASURE[id].unit, language)


def _word(key: str, language: str, **values: object) -> str:
    return text(f"base_year_page.{key}", language, **values)
