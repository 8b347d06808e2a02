"""The drawn parts of a comparison: roster, table of measures, who beats whom, levers. Every text is escaped."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape

import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.charts.palette import BASE as BASE_COLOUR
from model.outputs.charts.palette import SCENARIO
from model.outputs.compare.comparison import (
    BETTER,
    LETTERS,
    OTHERS,
    band_in_words,
    cautions_in_words,
    difference_in_words,
    duels_in_words,
    lever_value,
    measure_name,
    name_of,
    scenario_in_words,
    verdict,
)
from model.outputs.phrasing.numbers import amount, count, unit_word
from model.outputs.phrasing.sentences import HEADLINES, of_hundred
from model.outputs.words import text
from model.projection.comparison import Comparison
from model.scenario.comparability import BASE, PLAN, Entrant
from model.scenario.levers import levers

ORDER = (*HEADLINES, *OTHERS)
MARKS = {"better": "●", "worse": "○", "open": "◐", "more": "▲", "less": "▼", "even": "＝", "same": "＝"}


@dataclass(frozen=True)
class Shown:
    """A comparison as a page shows it: who it is, by which place it is read, against what base year, in which
    language."""

    comparison: Comparison
    entrants: tuple[Entrant, ...]
    reference: int
    baseline: Baseline
    language: str

    @cached_property
    def names(self) -> list[str]:
        return [name_of(entrant.key, entrant.scenario, self.language) for entrant in self.entrants]

    @cached_property
    def lettered(self) -> list[str]:
        return [f"{letter} {name}" for letter, name in zip(LETTERS, self.names, strict=False)]

    @cached_property
    def kinds(self) -> list[str]:
        return [_kind(entrant) for entrant in self.entrants]


def _kind(entrant: Entrant) -> str:
    if entrant.key == BASE or not entrant.scenario.levers:
        return "base"
    return "current" if entrant.key == PLAN else "scenario"


def heading(key: str, language: str) -> None:
    st.html(f'<h3 class="part">{escape(text(key, language))}</h3>')


def notes(said: Iterable[str], kind: str) -> None:
    """Sentences in a frame; nothing for none. `kind` is `caution` or `hint`."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in said)
    if lines:
        st.html(f'<div class="notes {kind}" role="status">{lines}</div>')


def badge(shown: Shown, place: int) -> str:
    return f'<span class="badge {shown.kinds[place]}">{LETTERS[place]}</span>'


def roster(shown: Shown) -> None:
    """Who is compared: letter, name and one sentence each; above it what must be known first."""
    notes(cautions_in_words(shown.comparison, shown.baseline, shown.language), "caution")
    rows = "".join(
        f"<li>{badge(shown, place)}<div><b><bdi>{escape(name)}</bdi></b>"
        f"<span>{escape(scenario_in_words(projection, shown.baseline, shown.language))}</span></div></li>"
        for place, (name, projection) in enumerate(zip(shown.names, shown.comparison.projections, strict=True))
    )
    st.html(f'<ol class="roster">{rows}</ol>')


def figures(shown: Shown) -> None:
    """The four headline measures, and folded under them the others in the same columns."""
    language, draws = shown.language, shown.comparison.projections[0].draws
    heading("compare.figures_title", language)
    _measures(shown, HEADLINES)
    with st.expander(text("compare.others", language, count=len(OTHERS)), key="compare-others"):
        _measures(shown, OTHERS)
    projection = shown.comparison.projections[0]
    made = text(
        "compare.how_made",
        language,
        drawn=count(draws.drawn),
        kept=count(draws.kept),
        seed=projection.seed,
        version=projection.model_version,
    )
    st.caption(text("compare.how_to_read", language) + " " + made)


def _measures(shown: Shown, ids: Iterable[str]) -> None:
    language = shown.language
    heads = "".join(f'<th scope="col">{_head(shown, place)}</th>' for place in range(len(shown.entrants)))
    rows = "".join(_measure_row(shown, id) for id in ids)
    corner = f'<th scope="col">{escape(text("compare.figures", language))}</th>'
    st.html(
        f'<table class="versus" style="--scenarios:{len(shown.entrants)}"><thead><tr>{corner}{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _head(shown: Shown, place: int) -> str:
    letter = LETTERS[shown.reference]
    role = "compare.is_reference" if place == shown.reference else "compare.against"
    said = text(role, shown.language, letter=letter)
    name = escape(shown.names[place])
    return f'{badge(shown, place)}<bdi title="{name}">{name}</bdi><i>{escape(said)}</i>'


def _measure_row(shown: Shown, id: str) -> str:
    name = escape(measure_name(id, shown.comparison.projections, shown.language))
    cells = "".join(f"<td>{_cell(shown, id, place)}</td>" for place in range(len(shown.entrants)))
    return f'<tr data-measure="{id}"><th scope="row">{name}</th>{cells}</tr>'


def _cell(shown: Shown, id: str, place: int) -> str:
    language, result = shown.language, shown.comparison.projections[place].measures[id]
    band = result.total.scenario
    value = (
        f'<p class="value"><b>{escape(amount(band.p50, result.unit))}</b> '
        f"{escape(unit_word(result.unit, language))}</p>"
        f'<p class="band">{escape(band_in_words(band, result.unit, language))}</p>'
    )
    if place == shown.reference:
        return value
    duels = shown.comparison.duels[id]["total"]
    ahead, behind = duels[place, shown.reference], duels[shown.reference, place]
    found = verdict(ahead, behind, BETTER[id], language)
    mark = f'<i aria-hidden="true">{MARKS[found.kind]}</i>'
    said = f'<p class="verdict {found.kind}">{mark} {escape(found.head)}<span>{escape(found.said)}</span></p>'
    if found.kind == "same":
        return value + said
    middle, around = map(escape, difference_in_words(ahead, result.unit, language))
    return f'{value}<p class="change"><span>{middle}</span><span>{around}</span></p>{said}'


def legend(shown: Shown) -> None:
    """Only what the charts show; a shape beside each colour."""
    language = shown.language
    looks = {
        "base": f'<i class="dot" style="background:{BASE_COLOUR}"></i>',
        "scenario": f'<i class="dot" style="background:{SCENARIO}"></i>',
        "current": f'<i class="dot diamond" style="background:{SCENARIO}"></i>',
    }
    keys = [(look, kind) for kind, look in looks.items() if kind in shown.kinds]
    keys += [('<i class="rule"></i>', "band"), ('<i class="dashed"></i>', "reference")]
    said = "".join(f"<span>{look}{escape(text(f'compare.key_{key}', language))}</span>" for look, key in keys)
    st.html(f'<div class="legend">{said}</div>')


def chart_title(title: str, unit: str, language: str) -> None:
    word = unit_word(unit, language)
    st.html(f'<h4 class="chart-title">{escape(title)} <small>{escape(word)}</small></h4>')


def matrix(shown: Shown, measure: str) -> None:
    """In how many of a hundred draws the row beats the column, with the order in one sentence."""
    language, places = shown.language, range(len(shown.entrants))
    duels = shown.comparison.duels[measure]["total"]
    kind = "" if BETTER[measure] else "_exceeds"
    title = measure_name(measure, shown.comparison.projections, language)

    def cell(row: int, column: int) -> str:
        if row == column:
            return '<td class="self">·</td>'
        wins = of_hundred(duels[row, column].beats)
        said = text(f"compare.duel_cell{kind}", language, first=LETTERS[row], other=LETTERS[column], wins=wins)
        return f'<td style="--wins:{wins}%" title="{escape(said)}">{wins}</td>'

    heads = "".join(f'<th scope="col">{badge(shown, place)}</th>' for place in places)
    rows = "".join(
        f'<tr><th scope="row">{badge(shown, row)}<bdi title="{escape(shown.names[row])}">{escape(shown.names[row])}'
        f"</bdi></th>{''.join(cell(row, column) for column in places)}</tr>"
        for row in places
    )
    st.html(
        f'<p class="said">{escape(duels_in_words(shown.comparison, measure, title, language))}</p>'
        f'<table class="duels"><thead><tr><th>{escape(text(f"compare.duels_head{kind}", language))}</th>{heads}</tr>'
        f"</thead><tbody>{rows}</tbody></table>"
    )


def levers_table(shown: Shown) -> None:
    """The levers whose values are not the same in all, with the base year's value."""
    language, table = shown.language, levers(shown.baseline)
    heading("compare.levers_title", language)
    differing = shown.comparison.differing
    if not differing:
        notes([text("compare.levers_same", language)], "hint")
        return

    def row(id: str) -> str:
        lever = table[id]
        cells = "".join(
            f"<td>{escape(lever_value(lever, value, language))}</td>"
            if value == lever.base
            else f'<td class="moved"><i aria-hidden="true">●</i> {escape(lever_value(lever, value, language))}</td>'
            for value in differing[id]
        )
        base = escape(lever_value(lever, lever.base, language))
        return f'<tr><th scope="row">{escape(lever.label[language])}</th>{cells}<td class="base">{base}</td></tr>'

    heads = "".join(f'<th scope="col">{badge(shown, place)}</th>' for place in range(len(shown.entrants)))
    head, base = (escape(text(f"compare.levers_{key}", language)) for key in ("head", "base"))
    st.html(
        f'<table class="levers"><thead><tr><th scope="col">{head}</th>{heads}<th scope="col">{base}</th></tr></thead>'
        f"<tbody>{''.join(map(row, differing))}</tbody></table>"
    )
    st.caption(text("compare.levers_rest", language, count=len(table) - len(differing)))
