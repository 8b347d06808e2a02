"""The way from base year to plan by decision, which adds up as it is printed: table and chart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import altair as alt
import pandas as pd

from model.evidence.baseline import Baseline
from model.outputs.answers.answer_table import capital, unit_head
from model.outputs.answers.charts import answer_rows
from model.outputs.answers.charts.explain_chart import COLOURS
from model.outputs.answers.explain import decision_name
from model.outputs.charts.row_chart import value_axis
from model.outputs.charts.specification import Spec
from model.outputs.phrasing.coherence import coherent_explanation
from model.outputs.phrasing.numbers import SHARE_UNITS, amount, change, change_with_points, in_percent
from model.outputs.phrasing.sentences import measure_with_limits
from model.outputs.phrasing.table import Table
from model.outputs.words import text
from model.projection.results import Projection
from model.projection.why.why import Behind, Why
from model.year.measures import HEADLINES, MEASURE


@dataclass(frozen=True)
class Part:
    """One decision's part in the change of a measure, with what is behind it.

    `name` counts the decisions where several are told together, which have nothing behind them.
    """

    name: str
    share: float
    behind: Behind = field(default_factory=Behind)


@dataclass(frozen=True)
class Way:
    """A measure from base year to plan: base + the parts = plan, as printed.

    `name` says both limits where the share in time of base year and plan counts within another.
    """

    id: str
    name: str
    base: float
    parts: tuple[Part, ...]
    plan: float

    @property
    def change(self) -> float:
        """The change of the measure."""
        return round(self.plan - self.base, 9)


def ways(
    answer: Why, projection: Projection, baseline: Baseline, language: str, most: int | None = None
) -> tuple[Way, ...]:
    """The way of every headline measure, beside a coherent projection of the same plan.

    Of more decisions than `most` those that change each measure least are told together; the decision of the first
    cause has a part of its own.
    """
    shown = coherent_explanation(answer.explanation, projection)
    names = [decision_name(decision, baseline, language) for decision in shown.decisions]
    first = answer.causes[0].decision if answer.causes else None
    by_size = sorted(
        range(len(names)), key=lambda k: (shown.decisions[k] != first, -_size(shown.shares, k, projection))
    )

    def parts(id: str) -> tuple[Part, ...]:
        rows = tuple(Part(*row) for row in zip(names, shown.shares[id], answer.behind[id], strict=True))
        if most is None or len(rows) <= most:
            return rows
        rest = sorted(by_size[most - 1 :])
        name = text("why.rest", language, count=len(rest))
        kept = (row for k, row in enumerate(rows) if k not in rest)
        return (*kept, Part(name, round(sum(rows[k].share for k in rest), 9)))

    def way(id: str) -> Way:
        name = measure_with_limits(id, projection.scenario, language)
        total = projection.measures[id].total
        return Way(id, name, total.base.p50, parts(id), total.scenario.p50)

    return tuple(map(way, HEADLINES))


def _size(shares: Mapping[str, Sequence[float]], k: int, projection: Projection) -> float:
    """The largest part of a decision in a headline figure, as a share of the figure's base year."""
    return max(abs(shares[id][k]) / (projection.measures[id].total.base.p50 or 1.0) for id in HEADLINES)


def table(rows: Sequence[Way], language: str) -> Table:
    """Base year, a row a decision, and the plan; a column a measure, with the units of its figures."""
    ends = {end: tuple(amount(getattr(way, end), MEASURE[way.id].unit) for way in rows) for end in ("base", "plan")}
    parts = (
        (part.name, *(change(way.parts[k].share, MEASURE[way.id].unit) for way in rows))
        for k, part in enumerate(rows[0].parts)
    )
    first = (text("charts.key_base", language), *ends["base"])
    last = (text("charts.key_scenario", language), *ends["plan"])
    heads = (text("explain.column_decision", language), *(_head(way, language) for way in rows))
    return Table(tuple(map(capital, heads)), (first, *parts, last))


def _head(way: Way, language: str) -> str:
    """The name of a measure with the units of its column."""
    name, unit = way.name, MEASURE[way.id].unit
    return text("why.head_share", language, name=name) if unit in SHARE_UNITS else unit_head(name, unit, language)


def behind_table(rows: Sequence[Way], baseline: Baseline, language: str) -> Table:
    """A row a figure and decision with what is behind its part, between base year and plan."""
    columns = ("why.column_measure", "explain.column_decision", "explain.column_part")
    heads = [*columns, "why.column_tier", "why.column_assumption"]
    lines = []
    for way in rows:
        frame = data(way, baseline, language)
        shown = frame[["name", "label", "tier", "assumption"]].itertuples(index=False, name=None)
        lines += [(way.name if k == 0 else "", *map(str, row)) for k, row in enumerate(shown)]
    return Table(tuple(capital(text(head, language)) for head in heads), tuple(lines), words=2)


def data(way: Way, baseline: Baseline, language: str) -> pd.DataFrame:
    """A row for base year, each decision and plan, as changes from the base year; shares in points.

    Each part starts where the one before ended.
    """
    unit, better, none = MEASURE[way.id].unit, MEASURE[way.id].better or 1, text("why.none", language)
    rows = [(text("charts.key_base", language), 0.0, 0.0, "whole", amount(way.base, unit), none, none)]
    end = 0.0
    for part in way.parts:
        start, end = end, end + part.share
        kind = "better" if part.share * better >= 0 else "worse"
        written = change_with_points(part.share, unit, language)
        tier, assumption = (none, none) if written == "0" else _behind(part.behind, baseline, language)
        rows.append((part.name, start, end, kind, written, tier, assumption))
    plan = text("charts.key_scenario", language)
    rows.append((plan, 0.0, way.change, "whole", amount(way.plan, unit), none, none))
    frame = pd.DataFrame(rows, columns=["name", "start", "end", "kind", "label", "tier", "assumption"])
    frame[["start", "end"]] = frame[["start", "end"]].map(lambda value: in_percent(value, unit))
    return frame.assign(order=range(len(frame)))


def _behind(behind: Behind, baseline: Baseline, language: str) -> tuple[str, str]:
    """Tier and assumption by name."""
    none = text("why.none", language)
    tier = text(f"terms.tier_{behind.tier}", language) if behind.tier else none
    return tier, baseline.assumptions[behind.assumption].label[language] if behind.assumption else none


@lru_cache(typed=True)
def spec(rows: int, language: str, theme: str) -> Spec:
    """The constant specification on a `light` or `dark` page; never change what it returns."""

    def marks(base: alt.Chart, ink: str) -> answer_rows.Marks:
        colour = answer_rows.colour("kind", COLOURS)
        return [
            base.mark_bar(height=alt.RelativeBandSize(0.55), cornerRadius=1).encode(
                x=value_axis("start", title=text("explain.axis", language)), x2="end:Q", color=colour
            ),
            answer_rows.zero_line(ink),
        ]

    titles = {
        "name": text("explain.column_decision", language),
        "label": text("explain.column_part", language),
        "tier": text("why.column_tier", language),
        "assumption": text("why.column_assumption", language),
    }
    return answer_rows.spec(marks, rows, theme, tooltips=titles, titled=True)
