"""The second half of a plan's story: what holds it back, what it leaves undone, the months, what it all rests on."""

from collections import Counter
from collections.abc import Sequence

from model.evidence.baseline import Baseline
from model.outputs.compare.comparison import measure_name
from model.outputs.phrasing.numbers import MINUS, count, span, unit_word, with_unit
from model.outputs.phrasing.sentences import bottlenecks_in_words, of_hundred, place
from model.outputs.phrasing.typesetting import clipped
from model.outputs.story.story import LIMITS, Slide, Table
from model.outputs.story.story_notes import range_with_unit
from model.outputs.story.told import MOST_ROWS, Told, capital, constraint
from model.outputs.words import text
from model.projection.results import Projection, Shortfall
from model.year.measures import HEADLINES

MOST_POOLS = 40
"""Pools told of one by one in the notes."""
CLEAR = 0.95
"""The share of draws from which what holds a pool needs no word."""
MOST_RESTS = 5
REASON_EMS = 44


def binds(told: Told) -> Slide:
    """What holds each pool: its time, and its case capacity."""
    pools = told.projection.bottlenecks
    rows = []
    for key, year, before in (("row_time", "scenario", "base"), ("row_cases", "cases_scenario", "cases_base")):
        now, then = (Counter(getattr(pool, field) for pool in pools) for field in (year, before))
        for name in sorted(now | then, key=lambda name: -now[name]):
            counted = (then[name], now[name]) if told.decided else (now[name],)
            label = told.say(key, constraint=constraint(name, told.language))
            rows.append((label, *(told.say("pools", count=n) for n in counted)))
    heads = ("constraint", "pools", "pools_plan") if told.decided else ("constraint", "pools_only")
    table = Table(tuple(told.say(f"column_{head}") for head in heads), tuple(rows))
    return Slide(
        "binds",
        capital(bottlenecks_in_words(told.projection, told.baseline, told.language)),
        charts=(told.chart("cases"),),
        table=table,
        points=(told.say("pool_is"),),
        notes=(*told.notes("cases_filed", "case_capacity"), *_pool_notes(told)),
    )


def _pool_notes(told: Told) -> tuple[str, ...]:
    """The pools that are held otherwise than in the base year, or not in nearly every draw."""
    pools = told.projection.bottlenecks
    shown = [pool for pool in pools if pool.scenario != pool.base or min(pool.scenario_share, pool.base_share) < CLEAR]
    notes = tuple(
        told.say(
            "note_bottleneck",
            place=place(pool.tier, pool.prefecture, told.baseline, told.language),
            constraint=constraint(pool.scenario, told.language),
            share=of_hundred(pool.scenario_share),
            before=constraint(pool.base, told.language),
            before_share=of_hundred(pool.base_share),
        )
        for pool in shown[:MOST_POOLS]
    )
    return notes if len(shown) == len(pools) else (*notes, told.say("note_pools"))


def missing(told: Told) -> Slide:
    """What the law asks for and is not done, likeliest first, beside the visits of each tier."""
    language, rows = told.language, told.projection.not_done
    kinds = Counter(row.what for row in rows)
    parts = [told.say("missing_kind", what=_task(what, language), count=n) for what, n in kinds.items()]
    comma = text("plan.list_comma", language)
    headline = told.say("missing_some", count=len(rows), kinds=comma.join(parts)) if rows else told.say("missing_none")
    shown = rows[: MOST_ROWS - 2]
    table = Table(
        tuple(told.say(f"column_{column}") for column in ("where", "chance", "amount")),
        tuple(_missing_row(told, row) for row in shown),
    )
    more = (told.say("missing_rest", count=len(rows) - len(shown)),) if len(rows) > len(shown) else ()
    notes = tuple(
        told.say(
            "note_missing",
            place=place(row.tier, row.prefecture, told.baseline, language),
            what=_task(row.what, language),
            n=of_hundred(row.probability),
            span=with_unit(span(row.amount, row.unit, language), unit_word(row.unit, language), language),
        )
        for row in rows[:MOST_POOLS]
    )
    return Slide(
        "missing",
        headline,
        charts=(told.chart("visits"),),
        table=table if rows else None,
        points=(told.say("missing_threshold"), *more),
        notes=(*told.notes("visits", "legal_minimum", "duty_met"), *notes),
    )


def _task(what: str, language: str) -> str:
    return text(f"plan.missing_{what.replace(' ', '_')}", language)


def _missing_row(told: Told, row: Shortfall) -> tuple[str, ...]:
    slug, lacking = row.what.replace(" ", "_"), count(row.amount.p90)
    amount = text(f"plan.missing_amount_{slug}", told.language, amount=lacking)
    return (
        told.say(
            "missing_where",
            place=place(row.tier, row.prefecture, told.baseline, told.language),
            what=_task(row.what, told.language),
        ),
        told.say("chance", n=of_hundred(row.probability)),
        told.say("nothing") if lacking == "0" else amount,
    )


def months(told: Told) -> Slide:
    """Backlog and days to decide, month by month, with the figures of every year's end in the notes."""
    path, language = told.projection.months, told.language
    last = len(path.month) - 1

    def at(month: int, year: str) -> dict[str, str]:
        said = {"month": count(path.month[month])}
        for name, series in (("days", path.days_to_decision[year]), ("backlog", path.backlog[year])):
            said[name] = count(float(series.p50[month]))
            low, high = (count(float(values[month])) for values in (series.p10, series.p90))
            said[f"{name}_span"] = text("plan.span", language, low=low, high=high)
        key = "waiting" if said["backlog"] == high else "waiting_most"
        return said | {"waiting": told.say(key, backlog=said["backlog"], most=high)}

    base = at(last, "base")
    if told.decided:
        headline = told.say("months", **at(last, "scenario"), base=base["days"])
    else:
        headline = told.say("months_base", **base)
    ends = [month for month in range(last + 1) if (month + 1) % 12 == 0 or month == last]
    return Slide(
        "months",
        headline,
        charts=(told.chart("days"), told.chart("backlog")),
        notes=(
            *(told.say("note_months", **at(month, "scenario")) for month in ends),
            told.say("note_month_band"),
            *told.notes("on_time_share", "backlog_end"),
        ),
    )


def strongest(projections: Sequence[Projection]) -> dict[str, tuple[str, float]]:
    """The assumptions that the headline figures rest on, strongest first, each with the measure it bears on most and
    its rank correlation."""
    found: dict[str, tuple[str, float]] = {}
    for projection in projections:
        for measure in HEADLINES:
            for id, rank in projection.measures[measure].rests_on:
                if abs(rank) > abs(found.get(id, ("", 0.0))[1]):
                    found[id] = (measure, rank)
    return dict(sorted(found.items(), key=lambda item: -abs(item[1][1])))


def rests(projections: Sequence[Projection], baseline: Baseline, language: str) -> Slide:
    """The assumptions that decide the result, with range and reason; the first is what to ask first."""
    found = strongest(projections)
    if not found:
        return Slide("rests", text("story.rests_none", language))
    changed = projections[0].scenario.assumptions
    rows, notes = [], []
    for id, (measure, rank) in found.items():
        one = baseline.assumptions[id]
        said = {
            "label": one.label[language],
            "range": range_with_unit(id, baseline, changed, language),
            "basis": (changed[id].reason if id in changed else one.basis[language]).rstrip("。."),
            "measure": measure_name(measure, projections, language),
        }
        label = text("story.changed_mark", language, label=said["label"]) if id in changed else said["label"]
        rows.append((label, said["range"], said["measure"], clipped(said["basis"], REASON_EMS)))
        notes.append(text("story.note_rank", language, **said, rank=f"{rank:+.2f}".replace("-", MINUS)))
    first = baseline.assumptions[next(iter(found))].label[language]
    return Slide(
        "rests",
        text("story.rests", language, label=first),
        table=Table(
            tuple(text(f"story.column_{column}", language) for column in ("assumption", "range", "moves", "why")),
            tuple(rows[:MOST_RESTS]),
        ),
        points=(text("story.rests_how", language),),
        notes=tuple(notes),
    )


def limits(language: str) -> Slide:
    """What the model does not know; the renderers put the passport under it."""
    return Slide(
        LIMITS,
        text("story.limits", language),
        points=(text("plan.limits", language), text("plan.how_to_read", language)),
    )
