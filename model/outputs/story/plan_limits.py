"""The limits of a plan in its story: what holds pools back, what stays undone, month by month."""

from collections import Counter
from dataclasses import replace

from model.outputs.phrasing.numbers import count
from model.outputs.phrasing.sentences import bottlenecks_in_words, missing_amount, missing_span, of_hundred, place
from model.outputs.story.marks import marked
from model.outputs.story.story import Slide, Table
from model.outputs.story.teller import MOST_ROWS, PlanTeller, capital
from model.outputs.words import text
from model.projection.results import Shortfall

MOST_POOLS = 40
"""Most pools with a note of their own."""
CLEAR = 0.95
"""Least share of draws in which a pool's constraint is clear and needs no note."""


def binds(teller: PlanTeller) -> Slide:
    """What holds each pool back: in its time, and in its cases."""
    pools = teller.projection.bottlenecks
    rows = []
    for key, year, before in (("row_time", "scenario", "base"), ("row_cases", "cases_scenario", "cases_base")):
        now, then = (Counter(getattr(pool, field) for pool in pools) for field in (year, before))
        for name in sorted(now | then, key=lambda name: -now[name]):
            counts = (then[name], now[name]) if teller.has_decision else (now[name],)
            label = teller.say(key, constraint=teller.constraint(name))
            rows.append((label, *(teller.say("pools", count=n) for n in counts)))
    columns = ("constraint", "pools", "pools_plan") if teller.has_decision else ("constraint", "pools_only")
    return Slide(
        "binds",
        marked(capital(bottlenecks_in_words(teller.projection, teller.baseline, teller.language)), "computed"),
        charts=(teller.plan_chart("cases"),),
        table=Table(teller.heads(*columns, marks=("computed",)), tuple(rows)),
        points=(teller.say("pool_is"),),
        notes=(*teller.notes("cases_filed", "case_capacity"), *_pool_notes(teller)),
    )


def _pool_notes(teller: PlanTeller) -> tuple[str, ...]:
    """A note for each pool whose constraint differs from the base year's or is not clear."""
    pools = teller.projection.bottlenecks
    shown = [pool for pool in pools if pool.scenario != pool.base or min(pool.scenario_share, pool.base_share) < CLEAR]
    notes = tuple(
        teller.say(
            "note_bottleneck",
            place=place(pool.tier, pool.prefecture, teller.baseline, teller.language),
            constraint=teller.constraint(pool.scenario),
            share=of_hundred(pool.scenario_share),
            before=teller.constraint(pool.base),
            before_share=of_hundred(pool.base_share),
        )
        for pool in shown[:MOST_POOLS]
    )
    return notes if len(shown) == len(pools) else (*notes, teller.say("note_pools"))


def missing(teller: PlanTeller) -> Slide:
    """What the law asks for and is not done, likeliest first, beside the visits of each tier."""
    rows = teller.projection.not_done
    kinds = Counter(row.what for row in rows)
    parts = [teller.say("missing_kind", what=_task(what, teller), count=n) for what, n in kinds.items()]
    comma = text("plan.list_comma", teller.language)
    some = teller.say("missing_some", count=len(rows), kinds=comma.join(parts))
    shown = rows[: MOST_ROWS - 2]
    heads = teller.heads("where", "chance", "amount", marks=("computed",))
    table = Table(heads, tuple(_missing_row(teller, row) for row in shown))
    more = (teller.say("missing_rest", count=len(rows) - len(shown)),) if len(rows) > len(shown) else ()
    notes = (_missing_note(teller, row) for row in rows[:MOST_POOLS])
    chart = teller.plan_chart("visits")
    return Slide(
        "missing",
        marked(some, "computed") if rows else teller.say("missing_none"),
        charts=(replace(chart, title=teller.say("missing_chart", title=chart.title)) if rows else chart,),
        table=table if rows else None,
        points=tuple(marked(point, "computed") for point in (teller.say("missing_threshold"), *more)),
        notes=(*teller.notes("visits", "legal_minimum", "duty_met"), *notes),
    )


def _task(what: str, teller: PlanTeller) -> str:
    return text(f"plan.missing_{what.replace(' ', '_')}", teller.language)


def _missing_row(teller: PlanTeller, row: Shortfall) -> tuple[str, ...]:
    where = place(row.tier, row.prefecture, teller.baseline, teller.language)
    return (
        teller.say("missing_where", place=where, what=_task(row.what, teller)),
        teller.say("chance", n=of_hundred(row.probability)),
        missing_amount(row, teller.language) or teller.say("nothing"),
    )


def _missing_note(teller: PlanTeller, row: Shortfall) -> str:
    language = teller.language
    return teller.say(
        "note_missing",
        place=place(row.tier, row.prefecture, teller.baseline, language),
        what=_task(row.what, teller),
        n=of_hundred(row.probability),
        span=missing_span(row, language),
    )


def months(teller: PlanTeller) -> Slide:
    """Backlog and days to decide, month by month, with the figures of every year's end in the notes."""
    last = len(teller.projection.months.month) - 1
    base = _at_month(teller, last, "base")
    if teller.has_decision:
        headline = teller.say("months", **_at_month(teller, last, "scenario"), base=base["days"])
    else:
        headline = teller.say("months_base", **base)
    ends = [month for month in range(last + 1) if (month + 1) % 12 == 0 or month == last]
    return Slide(
        "months",
        marked(headline, "computed"),
        charts=(teller.plan_chart("days"), teller.plan_chart("backlog")),
        notes=(
            *(teller.say("note_months", **_at_month(teller, month, "scenario")) for month in ends),
            teller.say("note_month_band"),
            *teller.notes("on_time_share", "backlog_end"),
        ),
    )


def _at_month(teller: PlanTeller, month: int, year: str) -> dict[str, str]:
    """Days to decide and backlog of the `base` or the `scenario` at the end of a month (from 0), in words."""
    path = teller.projection.months
    words = {"month": count(path.month[month])}
    for name, series in (("days", path.days_to_decision[year]), ("backlog", path.backlog[year])):
        words[name] = count(float(series.p50[month]))
        low, high = (count(float(values[month])) for values in (series.p10, series.p90))
        words[f"{name}_span"] = text("plan.span", teller.language, low=low, high=high)
    key = "waiting" if words["backlog"] == high else "waiting_most"
    return words | {"waiting": teller.say(key, backlog=words["backlog"], most=high)}
