"""The frontier in words and as plain text: its points, and where the own plan stands."""

from model.evidence.baseline import TIERS, Baseline
from model.outputs.answers.best_plan import limits_said, plain
from model.outputs.answers.printed import title
from model.outputs.phrasing.numbers import amount, change, change_span, count, percent
from model.outputs.phrasing.text_table import text_table
from model.outputs.words import text
from model.scenario.scenario import Scenario
from model.search.aims.objective import Criteria
from model.search.frontier import SAME, Frontier, FrontierPoint


def own_in_words(found: Frontier, language: str) -> str:
    """Whether the own plan lies on the frontier, else how far below, in visits and in cases decided in time."""
    own = found.own
    moved = count(own.moved)
    if own.is_on_frontier:
        if not own.moved:
            return _word("own_start", language)
        return _word("own_on", language, moved=moved, same=percent(SAME))
    gains = [
        _word(f"more_{name}", language, amount=count(more))
        for name, more in (("visits", own.more_visits), ("on_time", own.more_on_time))
        if more
    ]
    said = text("plan.list_semicolon", language).join(gains)
    return _word("own_below" if own.moved else "own_below_nobody", language, moved=moved, gains=said)


def trade_in_words(found: Frontier, language: str) -> str:
    """What the plan with most visits gives up in cases decided in time, beside the one that decides most."""
    first, second = (max(found.points, key=lambda point: point.central[name]) for name in ("visits", "on_time"))
    more = first.central["visits"] - second.central["visits"]
    fewer = second.central["on_time"] - first.central["on_time"]
    if count(more) == "0" or count(fewer) == "0":
        return _word("no_trade", language)
    return _word(
        "trade",
        language,
        visits=count(first.central["visits"]),
        moved=count(first.plan.moved),
        on_time=count(second.central["on_time"]),
        other=count(second.plan.moved),
        more=count(more),
        fewer=count(fewer),
    )


def printed_frontier(found: Frontier, own: Scenario, baseline: Baseline, language: str) -> str:
    """Every point with its figures, the own plan among them, and both in words."""
    heads = [_word("column_moved", language), *(text(f"terms.tier_{tier}", language) for tier in TIERS)]
    heads += [_word(f"column_{name}", language) for name in ("visits", "on_time", "duty")]
    rows = [_row(point, language) for point in found.points]
    rows.append([*_moved(own, found.own.moved, language), *_central(found.own.central), _word("own_row", language)])
    return plain(
        [
            title(own, baseline, found.seed, found.draws, language),
            _word("title", language),
            own_in_words(found, language),
            trade_in_words(found, language),
            text_table([[*heads, ""], *rows], frozenset(range(len(heads)))),
            _word("dropped", language, count=found.dropped) if found.dropped else "",
            _word("how", language, change=f"{found.limits.pool_change:.0%}"),
            limits_said(language),
        ]
    )


def _row(point: FrontierPoint, language: str) -> list[str]:
    changes = {
        name: change_span(point.over_draws[name].difference, unit, language)
        for name, unit in (("visits", "visits a year"), ("on_time", "cases a year"))
    }
    figures = [
        _word("with_change", language, value=value, change=changes[name]) if name in changes else value
        for name, value in zip(("visits", "on_time", "duty"), _central(point.central), strict=True)
    ]
    return [*_moved(point.plan.scenario, point.plan.moved, language), *figures, ""]


def _moved(scenario: Scenario, moved: float, language: str) -> list[str]:
    """People moved, and what each tier gains or loses by it."""
    tiers = (change(float(scenario.levers.get(f"staff.change.{tier}", 0.0)), "people") for tier in TIERS)
    return [count(moved), *tiers]


def _central(central: Criteria) -> list[str]:
    return [count(central["visits"]), count(central["on_time"]), amount(central["duty"], "share")]


def _word(key: str, language: str, **values: object) -> str:
    return text(f"frontier.{key}", language, **values)
