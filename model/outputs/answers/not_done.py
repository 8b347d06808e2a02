"""Not done (可能完不成的任务): which task falls short where, when, how likely and by how much."""

from model.evidence.baseline import Baseline
from model.outputs.answers.answer_table import Cell, Chance, Figure, Table, clause_in_words, lines, plain_text
from model.outputs.answers.projection import heading, shortfalls
from model.outputs.phrasing.sentences import Clause, missing_amount, of_hundred, place
from model.outputs.words import text
from model.projection.results import Projection, QuarterShortfall, Shortfall
from model.year.quarters import QUARTERS

Pool = tuple[str, str]


def sentences(projection: Projection, baseline: Baseline, language: str) -> tuple[str, ...]:
    """A sentence a kind of task that falls short, or that nothing does."""
    kinds = clauses(projection, baseline, language)
    return tuple(clause_in_words(kind, language) for kind in kinds) or (text("not_done.nothing", language),)


def clauses(projection: Projection, baseline: Baseline, language: str) -> tuple[Clause, ...]:
    """For each kind of task that falls short the pool where it is likeliest, its worst quarter, the year."""
    return tuple(
        Clause(text(f"plan.missing_{_slug(what)}", language), _kind(what, projection, baseline, language))
        for what in dict.fromkeys(row.what for row in (*projection.not_done_by_quarter, *projection.not_done))
    )


def _kind(what: str, projection: Projection, baseline: Baseline, language: str) -> str:
    quarters, years = _by_pool(what, projection)
    pools = {**quarters, **years}
    worst = max(pools, key=lambda pool: max(row.probability for row in (*quarters.get(pool, ()), *years.get(pool, ()))))
    parts = []
    if worst in quarters:
        row = max(quarters[worst], key=lambda row: (row.probability, row.amount.p90))
        quarter, where = text(f"not_done.quarter_{row.quarter}", language), place(*worst, baseline, language)
        chance = _chance(row, "quarter", language)
        parts.append(text("not_done.in_quarter", language, place=where, quarter=quarter, **chance))
    if worst in years:
        parts.append(text("not_done.in_year", language, **_chance(years[worst][0], "year", language)))
    else:
        parts.append(text("not_done.year_holds", language))
    if len(pools) > 1:
        parts.append(text("not_done.more", language, count=len(pools) - 1))
    return text("plan.list_semicolon", language).join(parts)


def _chance(row: Shortfall, span: str, language: str) -> dict[str, object]:
    """The draws in a hundred, and what is missing in a bad one, empty where nothing is."""
    words = missing_amount(row, language)
    bad = text(f"not_done.bad_{span}", language, amount=words) if words else ""
    return {"n": of_hundred(row.probability), "bad": bad}


def _by_pool(
    what: str, projection: Projection
) -> tuple[dict[Pool, list[QuarterShortfall]], dict[Pool, list[Shortfall]]]:
    """The rows of one kind of task by pool: those of the quarters and those of the year."""
    quarters: dict[Pool, list[QuarterShortfall]] = {}
    years: dict[Pool, list[Shortfall]] = {}
    for quarter in projection.not_done_by_quarter:
        if quarter.what == what:
            quarters.setdefault((quarter.tier, quarter.prefecture), []).append(quarter)
    for year in projection.not_done:
        if year.what == what:
            years.setdefault((year.tier, year.prefecture), []).append(year)
    return quarters, years


def table(projection: Projection, baseline: Baseline, language: str) -> Table:
    """A row a task and pool, likeliest first: its chance of falling short in each quarter and in the year.

    Behind the chances what is missing in a bad draw, in the worst quarter and over the year.
    """
    heads = [text(f"command_line.column_{head}", language) for head in ("not_done", "where")]
    heads += [text(f"not_done.quarter_{quarter}", language) for quarter in QUARTERS]
    heads += [text(f"not_done.{head}", language) for head in ("year", "column_bad_quarter", "column_bad_year")]
    spans: dict[tuple[str, str, str], dict[int, Shortfall]] = {}
    for row in projection.not_done_by_quarter:
        spans.setdefault((row.what, row.tier, row.prefecture), {})[row.quarter] = row
    for shortfall in projection.not_done:
        spans.setdefault((shortfall.what, shortfall.tier, shortfall.prefecture), {})[0] = shortfall
    likeliest = sorted(spans.items(), key=lambda item: -max(row.probability for row in item[1].values()))
    return Table(
        tuple(heads),
        tuple(_row(*key, by_span, baseline, language) for key, by_span in likeliest),
        title=text("not_done.title", language),
        file=text("not_done.file", language),
    )


def _row(
    what: str, tier: str, prefecture: str, spans: dict[int, Shortfall], baseline: Baseline, language: str
) -> tuple[Cell, ...]:
    """One task of one pool; `spans` by quarter, the year under 0."""
    chances = [Chance(spans[span].probability if span in spans else 0.0) for span in (*QUARTERS, 0)]
    worst = max((row for span, row in spans.items() if span), key=lambda row: row.amount.p90, default=None)
    bad = (
        Figure(row.amount.p90 if row and missing_amount(row, language) else None, "cases", is_counted=True)
        for row in (worst, spans.get(0))
    )
    task = text(f"plan.missing_{_slug(what)}", language)
    name = text("not_done.task", language, task=task, unit=text(f"not_done.unit_{_slug(what)}", language))
    return (name, place(tier, prefecture, baseline, language), *chances, *bad)


def notes(language: str) -> tuple[str, ...]:
    """How to read the chances."""
    return (text("not_done.how_to_read", language),)


def in_terminal(projection: Projection, baseline: Baseline, language: str) -> str:
    """The answer as plain text."""
    rows = table(projection, baseline, language)
    return plain_text(
        language,
        heading(projection.scenario, projection, baseline, language),
        lines(sentences(projection, baseline, language)),
        rows,
        *(notes(language) if rows.rows else ()),
    )


def document(projection: Projection) -> dict[str, object]:
    """What will not be done, in the year and in each of its quarters."""
    return shortfalls(projection)


def _slug(what: str) -> str:
    return what.replace(" ", "_")
