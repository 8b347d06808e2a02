"""A plan from a search: its figures beside the plan before, its name, or why there is none."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace

from model.evidence.baseline import Baseline
from model.files.scenario_file import TEXT_LIMITS
from model.outputs.answers.answer_table import Banded, Cell, OddsCell, Table
from model.outputs.answers.document import scenario_document
from model.outputs.answers.objective_terms import UNITS, unit_in_words
from model.outputs.phrasing.coherence import coherent_pair
from model.outputs.phrasing.numbers import INDEX, amount, count, unit_word
from model.outputs.phrasing.sentences import condition_in_words, place
from model.outputs.words import LANGUAGES, text
from model.projection.comparison import Comparison
from model.projection.progress import MOST_SECONDS
from model.projection.results import Paired
from model.scenario.scenario import Scenario, in_language
from model.search.aims.limits import LimitAmount, Limits
from model.search.engine.staffing_plan import Refusal, StaffingPlan
from model.version import MODEL_VERSION
from model.year.measures import HEADLINES, MEASURE

FigureRow = tuple[str, str, Paired]
"""A figure of two plans: its name, its unit, and what it is under both."""
LIMIT_UNITS = {
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


def against(scenario: Scenario, language: str) -> str:
    """What a plan found is set beside: the current plan, or the base year where nothing is decided yet."""
    return text("decide.against_plan" if scenario.levers else "decide.against_base", language)


def figures(
    measures: Mapping[str, Paired],
    before: Scenario,
    after: Scenario,
    language: str,
    *,
    objective: FigureRow | None = None,
    ids: Iterable[str] = HEADLINES,
) -> Table:
    """Measures under the plan before and the plan found, over the same draws.

    Above them stands the objective, if given.
    """
    heads = [text("decide.column_figure", language), against(before, language)]
    heads += [text(key, language) for key in ("decide.column_found", "decide.column_change", "odds.head")]
    rows = [objective] if objective else []
    rows += [(headline(id, after, language), MEASURE[id].unit, measures[id]) for id in ids]
    return Table(
        tuple(heads),
        tuple(_row(*row, language) for row in rows),
        title=text("decide.figures", language),
        file=text("decide.file_figures", language),
    )


def headline(id: str, plan: Scenario, language: str) -> str:
    """The name of a measure, with the days of the limit where it depends on them."""
    if id not in HEADLINES:
        return text(f"terms.measure_{id}", language)
    return text(f"plan.headline_{id}", language, days=str(plan.levers.get("decision_limit", "90")))


def _row(name: str, unit: str, paired: Paired, language: str) -> tuple[Cell, ...]:
    word = unit_in_words(unit, language) if unit == INDEX else unit_word(unit, language)
    head = text("prefectures.heading_unit", language, name=name, unit=word) if word else name
    paired = coherent_pair(paired, unit)
    bands = (Banded(paired.base, unit), Banded(paired.scenario, unit), Banded(paired.difference, unit, signed=True))
    return (head, *bands, OddsCell(paired.odds))


def paired_measures(comparison: Comparison) -> dict[str, Paired]:
    """Every measure of the whole force under the first of two plans (base) and under the second."""
    first, second = comparison.projections
    return {
        id: Paired(
            base=first.measures[id].total.scenario,
            scenario=second.measures[id].total.scenario,
            difference=duels["total"][1, 0].difference,
            odds=duels["total"][1, 0].odds,
        )
        for id, duels in comparison.duels.items()
    }


def limits_in_words(limits: Limits, language: str) -> dict[str, str]:
    """The limits of a search: `most` people moved, and the `change` of one pool."""
    most = limits.most_moved
    return {
        "most": text("best_plan.no_most", language) if most is None else count(most),
        "change": f"{limits.pool_change:.0%}",
    }


def named(
    plan: Scenario, own: Scenario, question: str, seed: int, words: Callable[[str], Mapping[str, str]]
) -> Scenario:
    """A plan as a scenario of its own: its name says what it was sought for, its note how it was found.

    `words` gives, for a language, the `aim` that name and note state, and what else the note of the question says.
    """
    names, notes = {}, {}
    for language in LANGUAGES if len(own.name) != 1 else own.name:
        name, values = in_language(own.name, language) or text("plan.untitled", language), words(language)
        room = max(TEXT_LIMITS["name"] - len(text(f"{question}.plan_name", language, name="", **values)), 0)
        names[language] = text(f"{question}.plan_name", language, name=name[:room], **values)[: TEXT_LIMITS["name"]]
        origin = {"version": MODEL_VERSION, "seed": str(seed)}
        notes[language] = text(f"{question}.plan_note", language, name=name, **origin, **values)
    return replace(plan, name=names, note=notes, reason={})


def stopped_in_words(answer: object, language: str) -> tuple[str, ...]:
    """That a search was stopped at its time with the best until then; nothing for any other answer."""
    if not getattr(answer, "is_stopped", False):
        return ()
    return (text("work.best_so_far", language, minutes=count(MOST_SECONDS / 60)),)


def plan_document(plan: StaffingPlan) -> dict[str, object]:
    """Who moves, and the scenario that moves them."""
    return {
        "scenario": scenario_document(plan.scenario),
        "moves": [asdict(move) for move in plan.moves],
        "moved": plan.moved,
    }


def refusal_in_words(refusal: Refusal, baseline: Baseline, language: str) -> tuple[str, ...]:
    """Why there is no plan: a sentence, then the limits that would have to give way, if any."""
    if refusal.conditions:
        names = [condition_in_words(id, baseline, language) for id in refusal.conditions]
        listed = text("plan.list_comma", language).join(names)
        return (text("best_plan.no_representative", language, conditions=listed),)
    if not refusal.misses:
        return (text("best_plan.only_whole", language),)
    return (text("best_plan.no_plan", language), *(_miss(miss, baseline, language) for miss in refusal.misses))


def refusal_document(refusal: Refusal) -> dict[str, object]:
    """Why there is no plan, as plain values."""
    return {"found": False, "misses": [asdict(miss) for miss in refusal.misses], "conditions": list(refusal.conditions)}


def limit_name(what: str, language: str) -> str:
    """A limit of a search by name."""
    return text(f"best_plan.limit_{what.replace(' ', '_')}", language)


def _miss(miss: LimitAmount, baseline: Baseline, language: str) -> str:
    limit, missing = limit_name(miss.what, language), _missing(miss, language)
    if not miss.tier:
        return text("best_plan.missing_whole", language, limit=limit, amount=missing)
    where = place(miss.tier, miss.prefecture, baseline, language)
    return text("best_plan.missing_by", language, limit=limit, place=where, amount=missing)


def _missing(miss: LimitAmount, language: str) -> str:
    kind = LIMIT_UNITS.get(miss.what, "person")
    if kind == "coverage":
        number = f"{miss.amount:.3f}"
    else:
        number = amount(miss.amount * 100, "points") if kind == "share" else amount(miss.amount, UNITS["visits"])
    return text(f"best_plan.amount_{kind}", language, n=number)
