"""What will not be done, for people: which task, where, in which quarter, how likely, and how much in a bad draw."""

from collections.abc import Sequence

from model.evidence.baseline import Baseline
from model.outputs.answers.printed import heading, said
from model.outputs.phrasing.numbers import MINUS, count
from model.outputs.phrasing.sentences import Clause, of_hundred, place
from model.outputs.phrasing.text_table import text_table
from model.outputs.words import text
from model.projection.results import Projection, QuarterShortfall, Shortfall
from model.year.quarters import QUARTERS

Pool = tuple[str, str]


def not_done_in_words(projection: Projection, baseline: Baseline, language: str) -> tuple[Clause, ...]:
    """A sentence a kind of task that falls short: the pool where it is likeliest, its worst quarter, the year."""
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
    missing = _amount(row, language)
    return {
        "n": of_hundred(row.probability),
        "bad": text(f"not_done.bad_{span}", language, amount=missing) if missing else "",
    }


def _amount(row: Shortfall, language: str) -> str:
    """What is missing in a bad draw, empty where nothing is."""
    missing = count(row.amount.p90)
    return "" if missing == "0" else text(f"plan.missing_amount_{_slug(row.what)}", language, amount=missing)


def _by_pool(
    what: str, projection: Projection
) -> tuple[dict[Pool, list[QuarterShortfall]], dict[Pool, list[Shortfall]]]:
    """The rows of one kind of task by pool: those of the quarters and those of the year."""
    found: tuple[dict, dict] = ({}, {})
    for rows, by_pool in zip((projection.not_done_by_quarter, projection.not_done), found, strict=True):
        for row in rows:
            if row.what == what:
                by_pool.setdefault((row.tier, row.prefecture), []).append(row)
    return found


def printed_not_done(projection: Projection, baseline: Baseline, language: str) -> str:
    """Sentences, the table by pool and quarter, and how to read it."""
    top = heading(projection.scenario, projection, baseline, language)
    clauses = not_done_in_words(projection, baseline, language)
    if not clauses:
        return f"{top}\n\n{text('not_done.nothing', language)}"
    sentences = "\n".join(said(clause.head, clause.body, language) for clause in clauses)
    parts = [top, sentences, _table(projection, baseline, language), text("not_done.how_to_read", language)]
    return "\n\n".join(parts).replace(MINUS, "-")


def _table(projection: Projection, baseline: Baseline, language: str) -> str:
    heads = [text(f"command_line.column_{head}", language) for head in ("not_done", "where")]
    heads += [text(f"not_done.quarter_{quarter}", language) for quarter in QUARTERS]
    heads += [text(f"not_done.{head}", language) for head in ("year", "column_bad_quarter", "column_bad_year")]
    rows: list[Sequence[str]] = [heads]
    for what in dict.fromkeys(row.what for row in (*projection.not_done_by_quarter, *projection.not_done)):
        quarters, years = _by_pool(what, projection)
        for pool in {**quarters, **years}:
            by_quarter = {row.quarter: row for row in quarters.get(pool, ())}
            of_year = years.get(pool, [None])[0]
            worst = max(by_quarter.values(), key=lambda row: row.amount.p90, default=None)
            rows.append(
                [
                    text(f"plan.missing_{_slug(what)}", language),
                    place(*pool, baseline, language),
                    *(_share(row, language) for row in (*map(by_quarter.get, QUARTERS), of_year)),
                    *(_amount(row, language) if row else "" for row in (worst, of_year)),
                ]
            )
    return text_table(rows, frozenset(range(2, 9)))


def _share(row: Shortfall | None, language: str) -> str:
    return text("not_done.chance", language, n=of_hundred(row.probability)) if row else text("not_done.never", language)


def _slug(what: str) -> str:
    return what.replace(" ", "_")
