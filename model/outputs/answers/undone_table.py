"""What will not be done as a table: a row a task and pool, its chance of falling short in each quarter and the year."""

from model.evidence.baseline import Baseline
from model.outputs.answers.answer_table import Cell, Chance, Figure, Table
from model.outputs.phrasing.sentences import place
from model.outputs.words import text
from model.projection.results import Projection, Shortfall
from model.year.quarters import QUARTERS


def table(projection: Projection, baseline: Baseline, language: str) -> Table:
    """Likeliest first; behind the chances what is missing in a bad draw, in the worst quarter and over the year."""
    heads = [text(f"command_line.column_{head}", language) for head in ("not_done", "where")]
    heads += [text(f"not_done.quarter_{quarter}", language) for quarter in QUARTERS]
    heads += [text(f"not_done.{head}", language) for head in ("year", "column_bad_quarter", "column_bad_year")]
    found: dict[tuple[str, str, str], dict[int, Shortfall]] = {}
    for row in projection.not_done_by_quarter:
        found.setdefault((row.what, row.tier, row.prefecture), {})[row.quarter] = row
    for row in projection.not_done:
        found.setdefault((row.what, row.tier, row.prefecture), {})[0] = row
    likeliest = sorted(found.items(), key=lambda item: -max(row.probability for row in item[1].values()))
    return Table(tuple(heads), tuple(_row(*key, spans, baseline, language) for key, spans in likeliest))


def _row(
    what: str, tier: str, prefecture: str, spans: dict[int, Shortfall], baseline: Baseline, language: str
) -> tuple[Cell, ...]:
    """`spans` by quarter, the year under 0."""
    chances = [Chance(spans[span].probability if span in spans else 0.0) for span in (*QUARTERS, 0)]
    worst = max((row.amount.p90 for span, row in spans.items() if span), default=None)
    year = spans[0].amount.p90 if 0 in spans else None
    slug = what.replace(" ", "_")
    words = {"task": text(f"plan.missing_{slug}", language), "unit": text(f"decide.undone_unit_{slug}", language)}
    name = text("decide.undone_task", language, **words)
    return (name, place(tier, prefecture, baseline, language), *chances, Figure(worst, "cases"), Figure(year, "cases"))
