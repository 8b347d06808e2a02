"""A comparison as the command line prints it and as a JSON document."""

from collections.abc import Sequence
from dataclasses import asdict

from model.evidence.baseline import Baseline
from model.outputs.compare.comparison import (
    LETTERS,
    band_in_words,
    cautions_in_words,
    choice_in_words,
    difference_in_words,
    duels_in_words,
    lever_value,
    measure_name,
    scenario_in_words,
)
from model.outputs.phrasing.numbers import amount, unit_beside, with_unit
from model.outputs.phrasing.odds import parts_in_words
from model.outputs.phrasing.text_table import text_table
from model.outputs.words import text
from model.projection.comparison import Comparison
from model.projection.results import Odds
from model.scenario.levers import levers
from model.year.measures import HEADLINES, MEASURE


def in_terminal(comparison: Comparison, names: Sequence[str], baseline: Baseline, language: str) -> str:
    """Who is who and gives what, the headlines beside the first scenario, who leads, and what differs."""
    end = text("problems.where_end", language)
    plans = list(zip(LETTERS, names, comparison.projections, strict=False))
    roster = [f"{letter} {name}{end}{scenario_in_words(one, baseline, language)}" for letter, name, one in plans]
    titles = {id: measure_name(id, comparison.projections, language) for id in HEADLINES}
    leads = [duels_in_words(comparison, id, title, language) for id, title in titles.items()]
    parts = (
        "\n".join(roster),
        "\n".join(cautions_in_words(comparison, baseline, language)),
        _measures(comparison, titles, language),
        "\n".join([*leads, choice_in_words(comparison, language)]),
        _levers(comparison, baseline, language),
    )
    return "\n\n".join(filter(None, parts)).replace("\u2212", "-")


def _measures(comparison: Comparison, titles: dict[str, str], language: str) -> str:
    heads = ("compare.column_measure", "compare.column_scenario", "compare.column_middle", "compare.key_band")
    against = text("command_line.column_against", language, letter=LETTERS[0])
    rows = [[*(text(head, language) for head in heads), against, text("odds.head", language)]]
    for id, title in titles.items():
        for place, projection in enumerate(comparison.projections):
            measure = projection.measures[id]
            plan = measure.total.scenario
            row = [title if place == 0 else "", LETTERS[place]]
            row.append(with_unit(amount(plan.p50, measure.unit), unit_beside(measure.unit, language), language))
            row.append(band_in_words(plan, measure.unit, language))
            if place:
                duel = comparison.duels[id]["total"][place, 0]
                difference = "".join(difference_in_words(duel, measure.unit, language)).replace("\u00a0", " ")
                row += [difference, parts_in_words(duel.odds, language, "cell")]
            else:
                row += ["", ""]
            rows.append(row)
    return text_table(rows, frozenset({2, 3, 4, 5}))


def _levers(comparison: Comparison, baseline: Baseline, language: str) -> str:
    """What the scenarios decide differently; empty where nothing."""
    if not comparison.differing:
        return ""
    table = levers(baseline)
    heads = [text("compare.levers_head", language), *LETTERS[: len(comparison.projections)]]
    rows = [
        [table[id].label[language], *(lever_value(table[id], value, language) for value in values)]
        for id, values in comparison.differing.items()
    ]
    return text_table([heads, *rows])


def document(comparison: Comparison, names: Sequence[str]) -> dict[str, object]:
    """Every scenario's totals and the duels of every pair, as the places of the scenarios."""
    return {
        "names": list(names),
        "measures": {
            id: {
                "unit": measure.unit,
                "base": asdict(comparison.projections[0].measures[id].total.base),
                "scenarios": [asdict(one.measures[id].total.scenario) for one in comparison.projections],
                "duels": [
                    {"first": i, "second": j, "difference": asdict(duel.difference), **_odds(duel.odds)}
                    for (i, j), duel in comparison.duels[id]["total"].items()
                ],
            }
            for id, measure in MEASURE.items()
        },
        "differing": {
            id: [dict(one) if isinstance(one, dict) else one for one in values]
            for id, values in comparison.differing.items()
        },
    }


def _odds(odds: Odds) -> dict[str, float]:
    return {"better": odds.better, "worse": odds.worse, "same": odds.same}
