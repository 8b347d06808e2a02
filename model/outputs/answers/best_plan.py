"""The best plan, why there is none, and what one more is worth: as plain text, and the plan as a scenario to keep."""

from collections.abc import Sequence
from dataclasses import replace

from model.evidence.baseline import TIERS, Baseline
from model.files.scenario_file import TEXT_LIMITS
from model.outputs.answers.printed import HEADLINES, title
from model.outputs.phrasing.numbers import MINUS, amount, change, change_span, unit_word, with_unit
from model.outputs.phrasing.sentences import condition_in_words, of_hundred, place
from model.outputs.phrasing.text_table import text_table
from model.outputs.words import LANGUAGES, text
from model.projection.results import Band
from model.scenario.scenario import Scenario, in_language
from model.search.aims.limits import LimitAmount
from model.search.aims.objective import OBJECTIVES, Objective
from model.search.best_plan import BestPlan
from model.search.engine.staffing_plan import Move, Refusal
from model.search.worth import CRITERIA, Unit, Worth
from model.version import MODEL_VERSION
from model.year.measures import MEASURES

UNITS = {
    "visits": "visits a year",
    "on_time": "cases a year",
    "duty": "share",
    "worst_off": "visits per unit a year",
}
INDEX = "index"
"""The unit of a goal of several criteria: 1 is the scenario's own plan."""
DECIMALS = {"visits": 1, "on_time": 2, "duty": 3}
MOST_HOLDS = 10
UNUSUAL = "*"
"""Marks a figure of the central case that lies outside the band of the draws."""
AMOUNTS = {
    "investigation": "day",
    "legal review": "file",
    "legal minimum": "visit",
    "least visits": "visit",
    "least on_time": "file",
    "least on_time_share": "share",
    "least duty": "share",
    "least worst_off": "coverage",
}
"""What the amounts of a limit are; of the others people."""


def goal_in_words(goal: Objective, language: str) -> str:
    """The goal as one of `OBJECTIVES`, else its weights."""
    name = next((name for name, known in OBJECTIVES.items() if known == goal), None)
    if name:
        return _word(f"goal_{name}", language)
    weights = [
        _word("weighted", language, criterion=_word(f"criterion_{name}", language), weight=f"{weight:g}")
        for name, weight in goal.weights.items()
    ]
    listed = text("plan.list_comma", language).join(weights)
    return _word("mix_of", language, goal=_word("goal_mix", language), weights=listed)


def named_plan(found: BestPlan, own: Scenario) -> Scenario:
    """The plan as a scenario of its own: its name says the goal, its note how it was found."""
    names, notes = {}, {}
    for language in LANGUAGES if len(own.name) != 1 else own.name:
        name = in_language(own.name, language) or text("plan.untitled", language)
        goal = goal_in_words(found.objective, language)
        room = TEXT_LIMITS["name"] - len(_word("plan_name", language, name="", goal=goal))
        names[language] = _word("plan_name", language, name=name[:room], goal=goal)
        limits = {"most": _most(found, language), "change": f"{found.limits.pool_change:.0%}"}
        notes[language] = _word(
            "plan_note", language, name=name, goal=goal, version=MODEL_VERSION, seed=found.seed, **limits
        )
    return replace(found.plan.scenario, name=names, note=notes, reason={})


def printed_plan(found: BestPlan, own: Scenario, baseline: Baseline, language: str) -> str:
    """Who moves, what the programme and the full model say of it beside the own plan, and what holds it back."""
    limits = {"most": _most(found, language), "change": f"{found.limits.pool_change:.0%}"}
    parts = [
        title(own, baseline, found.seed, found.draws, language),
        _word("asked", language, goal=goal_in_words(found.objective, language), **limits),
        moves_table(found.plan.moves, found.plan.moved, baseline, language),
        *_warnings(found, language),
        _figures(found, language),
        _measures(found, language),
        _holds(found, baseline, language),
        limits_said(language),
    ]
    return plain(parts)


def printed_refusal(refusal: Refusal, baseline: Baseline, language: str) -> str:
    """Why there is no plan, in a sentence and the limits that would have to give way."""
    if refusal.conditions:
        named = text("plan.list_comma", language).join(
            condition_in_words(id, baseline, language) for id in refusal.conditions
        )
        return _word("no_central", language, conditions=named)
    if not refusal.misses:
        return _word("only_whole", language)
    lines = []
    for miss in refusal.misses:
        limit, missing = _word(f"limit_{_slug(miss.what)}", language), _amount(miss, language)
        if miss.tier:
            where = place(miss.tier, miss.prefecture, baseline, language)
            lines.append(_word("missing_by", language, limit=limit, place=where, amount=missing))
        else:
            lines.append(_word("missing_whole", language, limit=limit, amount=missing))
    return plain(["\n".join([_word("no_plan", language), *lines])])


def printed_worth(worth: Worth, baseline: Baseline, language: str) -> str:
    """One more of everything, a table a criterion: the programme's dual, the full model's difference in the central
    case, and over the draws."""
    name = in_language(worth.scenario.name, language) or text("plan.untitled", language)
    is_usual = all(gain.is_usual for row in worth.rows for gain in row.gains.values())
    return plain(
        [
            _word("worth_asked", language, name=name),
            "\n".join(_best_place(worth, criterion, baseline, language) for criterion in CRITERIA[:2]),
            *(_worth_table(worth, criterion, baseline, language) for criterion in CRITERIA),
            "" if is_usual else _word("worth_unusual", language, mark=UNUSUAL),
            _word("worth_how", language, draws=worth.draws),
        ]
    )


def _worth_table(worth: Worth, criterion: str, baseline: Baseline, language: str) -> str:
    unit = _word(f"worth_unit_{criterion}", language)
    columns = ("unit", "programme", "mid", "draws")
    rows = [[_word(f"column_{column}", language) for column in columns]]
    for row in worth.rows:
        gain = row.gains[criterion]
        central = _gain(gain.central, criterion) + ("" if gain.is_usual else UNUSUAL)
        cells = _gain(gain.dual, criterion), central, _with_band(gain.over_draws, criterion, language)
        rows.append([unit_in_words(row.unit, baseline, language), *cells])
    head = _word("worth_of", language, criterion=_word(f"criterion_{criterion}", language), unit=unit)
    return f"{head}\n{text_table(rows, frozenset({1, 2, 3}))}"


def unit_in_words(unit: Unit, baseline: Baseline, language: str) -> str:
    """One more of what, as the planner says it."""
    if unit.what != "person":
        return _word(f"unit_{unit.what}", language)
    if not unit.prefecture:
        return _word("unit_person_tier", language, tier=text(f"terms.tier_{unit.tier}", language))
    return _word("unit_person", language, place=place(unit.tier, unit.prefecture, baseline, language))


def _word(key: str, language: str, **values: object) -> str:
    return text(f"best_plan.{key}", language, **values)


def plain(parts: Sequence[str]) -> str:
    """Parts of an answer, those that say anything, as a terminal shows them."""
    # Not every terminal has the typographic minus, and a lost sign would be a wrong number.
    return "\n\n".join(part for part in parts if part).replace(MINUS, "-")


def limits_said(language: str) -> str:
    """What no answer should be read without: what the model leaves out."""
    return f"{text('plan.limits_title', language)}{text('problems.where_end', language)}{text('plan.limits', language)}"


def _most(found: BestPlan, language: str) -> str:
    most = found.limits.most_moved
    return _word("no_most", language) if most is None else amount(most, "people")


def moves_table(moves: Sequence[Move], moved: float, baseline: Baseline, language: str) -> str:
    """Who moves, a line a prefecture; the province's own force first."""
    if not moves:
        return _word("nobody_moves", language)
    by_place: dict[str, dict[str, float]] = {}
    for move in moves:
        by_place.setdefault(move.prefecture, {})[move.tier] = move.people
    name_of = {p.id: p.name[language] for p in baseline.prefectures}
    order = {id: k for k, id in enumerate(["", *name_of])}
    rows = [(_word("column_place", language), *(text(f"terms.tier_{tier}", language) for tier in TIERS))]
    for id, people in sorted(by_place.items(), key=lambda item: order.get(item[0], 0)):
        where = name_of.get(id) or id or text("terms.tier_province", language)
        rows.append((where, *(change(people[tier], "people") if tier in people else "" for tier in TIERS)))
    head = _word("moved", language, people=amount(moved, "people"), pools=len(moves))
    return f"{head}\n{text_table(rows, frozenset({1, 2, 3}))}"


def _warnings(found: BestPlan, language: str) -> list[str]:
    said = [_word("between", language)] if found.is_between else []
    return said + ([_word("not_better", language)] if found.central < found.own else [])


def _figures(found: BestPlan, language: str) -> str:
    """The goal by the programme and by the full model."""
    unit = goal_unit(found.objective)
    difference = found.over_draws.difference
    rows = [
        ("own", goal_value(found.own, unit)),
        ("central", goal_value(found.central, unit)),
        ("promised", goal_value(found.promise, unit)),
        ("difference", goal_difference(found.promise - found.central, unit)),
        ("gap", goal_value(max(found.gap, 0.0), unit)),
        ("over_draws", _span(difference, unit, language)),
        ("better", text("command_line.of_hundred", language, n=of_hundred(found.over_draws.better))),
    ]
    head = (_word("figure", language), goal_unit_said(unit, language))
    return text_table([head, *((_word(f"figure_{key}", language), value) for key, value in rows)], frozenset({1}))


def _measures(found: BestPlan, language: str) -> str:
    units = {measure.id: measure.unit for measure in MEASURES}
    heads = [text(f"command_line.column_{key}", language) for key in ("measure", "unit")]
    heads += [_word("own", language), _word("best", language)]
    heads += [text(f"command_line.column_{key}", language) for key in ("change", "change_band", "better")]
    rows = [tuple(heads)]
    for id in HEADLINES:
        pair, unit = found.measures[id], units[id]
        rows.append(
            (
                text(f"terms.measure_{id}", language),
                unit_word(unit, language),
                amount(pair.base.p50, unit),
                amount(pair.scenario.p50, unit),
                change(pair.difference.p50, unit),
                change_span(pair.difference, unit, language),
                text("command_line.of_hundred", language, n=of_hundred(pair.better)),
            )
        )
    return f"{_word('measures', language)}\n{text_table(rows, frozenset({2, 3, 4, 5, 6}))}"


def _holds(found: BestPlan, baseline: Baseline, language: str) -> str:
    if not found.binding:
        return ""
    unit = goal_unit(found.objective)
    heads = [_word(head, language) for head in ("column_limit", "column_place", "column_one_more", "column_gains")]
    said = goal_unit_said(unit, language)
    rows = [(*heads[:-1], with_unit(heads[-1], f"({said})" if said else "", language))]
    for hold in found.binding[:MOST_HOLDS]:
        where = place(hold.tier, hold.prefecture, baseline, language) if hold.tier else text("terms.total", language)
        one = _word(f"one_{AMOUNTS.get(hold.what, 'person')}", language)
        rows.append((_word(f"limit_{_slug(hold.what)}", language), where, one, goal_difference(hold.amount, unit)))
    more = len(found.binding) - MOST_HOLDS
    rest = [text("command_line.and_more", language, count=more)] if more > 0 else []
    return "\n".join([_word("holds", language), text_table(rows, frozenset({3})), *rest])


def _best_place(worth: Worth, criterion: str, baseline: Baseline, language: str) -> str:
    """Where one person more adds most, by the full model over the draws."""
    people = [row for row in worth.rows if row.unit.what == "person"]
    spread = {row.unit.tier for row in people if row.unit.prefecture}
    apart = [row for row in people if row.unit.prefecture or row.unit.tier not in spread]
    best = max(apart, key=lambda row: row.gains[criterion].over_draws.p50)
    return _word(
        "worth_best",
        language,
        criterion=_word(f"criterion_{criterion}", language),
        place=place(best.unit.tier, best.unit.prefecture, baseline, language),
        gain=with_unit(
            _gain(best.gains[criterion].over_draws.p50, criterion), _word(f"worth_unit_{criterion}", language), language
        ),
    )


def _with_band(band: Band, criterion: str, language: str) -> str:
    value, low, high = (_gain(one, criterion) for one in (band.p50, band.p10, band.p90))
    return _word("with_band", language, value=value, low=low, high=high)


def _gain(value: float, criterion: str) -> str:
    """A signed gain with the decimals that one person's worth needs; shares in points."""
    shown = value * 100 if criterion == "duty" else value
    written = f"{abs(shown):,.{DECIMALS[criterion]}f}"
    if float(written.replace(",", "")) == 0:
        return "0"
    return (MINUS if shown < 0 else "+") + written


def goal_unit(goal: Objective) -> str:
    """The unit of a goal: its criterion's, or an index where there are several."""
    criteria = [name for name, weight in goal.weights.items() if weight]
    return UNITS[criteria[0]] if len(criteria) == 1 else INDEX


def goal_unit_said(unit: str, language: str) -> str:
    return _word("unit_index", language) if unit == INDEX else unit_word(unit, language)


def goal_value(value: float, unit: str) -> str:
    """What something is worth by a goal of that unit."""
    return f"{value:.4f}" if unit == INDEX else amount(value, unit)


def goal_difference(value: float, unit: str) -> str:
    """A signed difference, with as many decimals as make it more than nothing where it is."""
    if unit == INDEX or (abs(value) < 1 and unit != "share"):
        return f"{value:+.4f}" if abs(value) >= 5e-5 else "0"
    return change(value, unit)


def _span(band: Band, unit: str, language: str) -> str:
    return text("plan.span", language, low=goal_difference(band.p10, unit), high=goal_difference(band.p90, unit))


def _amount(miss: LimitAmount, language: str) -> str:
    kind = AMOUNTS.get(miss.what, "person")
    shown = amount(miss.amount * 100, "points") if kind == "share" else amount(miss.amount, UNITS["visits"])
    return _word(f"amount_{kind}", language, n=f"{miss.amount:.3f}" if kind == "coverage" else shown)


def _slug(what: str) -> str:
    return what.replace(" ", "_")
