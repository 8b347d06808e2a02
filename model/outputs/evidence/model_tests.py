"""The tests of the model as the command line prints them and as a JSON document."""

from collections.abc import Sequence
from dataclasses import asdict

from model.outputs.evidence.health import (
    HoldoutResult,
    check_results,
    holdout_results,
    need_in_words,
    on_time_in_words,
)
from model.outputs.evidence.kept_draws import refusal_rows, shift_rows
from model.outputs.phrasing.text_table import text_table
from model.outputs.words import text
from model.projection.base_year import BaseYear
from model.projection.published.plausibility import plausibility
from model.projection.published.range_checks import need_of_own_officers, range_checks
from model.projection.results import Projection

FIGURES = frozenset({1, 2})


def in_terminal(projection: Projection, base: BaseYear, language: str) -> str:
    """Hold-outs and range checks with what each says, and what the plausibility filter refuses and moves."""

    def head(*keys: str) -> tuple[str, ...]:
        return tuple(text(f"evidence_page.{key}", language) for key in keys)

    def figures(title: str, rows: Sequence[HoldoutResult], first: str, second: str) -> list[str]:
        table = [
            (
                f"{row.label} ({row.unit})" if row.unit else row.label,
                row.observed,
                row.predicted,
                *head(f"result_{row.result}"),
            )
            for row in rows
        ]
        top, line, *lines = text_table([head("held_what", first, second, "held_result"), *table], FIGURES).split("\n")
        told = [f"{written}\n    {row.why}" for written, row in zip(lines, rows, strict=True)]
        return ["", *head(title), top, line, *told]

    shifts = [(row.label, row.mean, row.spread) for row in shift_rows(base, language)]
    return "\n".join(
        [
            *figures(
                "held_title", holdout_results(projection, base.baseline, language), "held_observed", "held_predicted"
            ),
            *figures("checks_title", check_results(base, language), "checks_published", "checks_model"),
            need_in_words(base, language),
            on_time_in_words(base, language),
            "",
            *head("filter_title"),
            text_table([head("filter_refused", "filter_draws"), *refusal_rows(base, language)], FIGURES),
            text_table([head("filter_assumption", "filter_mean", "filter_spread"), *shifts], FIGURES),
            *head("filter_words"),
        ]
    )


def document(projection: Projection, base: BaseYear) -> dict[str, object]:
    """Hold-outs, range checks, and the plausibility filter, in the units of their figures."""
    moved = plausibility(base)
    return {
        "holdouts": [asdict(row) for row in projection.holdouts],
        "range_checks": [{**asdict(row), "result": row.result} for row in range_checks(base)],
        "need_of_own_officers": asdict(need_of_own_officers(base)),
        "filter": {"refused": dict(moved.refused), "shifts": [asdict(one) for one in moved.shifts]},
    }
