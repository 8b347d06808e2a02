"""Best plan (最优方案): who should move where for an objective, within limits, beside the current plan."""

from dataclasses import replace

from model.evidence.baseline import Baseline
from model.outputs.answers import best_plan as words
from model.scenario.scenario import Scenario
from model.search.best_plan import BestPlan
from model.search.best_plan import best_plan as find_best_plan
from model.search.engine.staffing_plan import Refusal
from views.decide.parts import answer_parts, offer, plan_parts
from views.decide.parts.answer_parts import Origin
from views.decide.parts.offer import Offer
from views.decide.parts.wishes import wish
from views.shell.session import session
from views.shell.session.work import Tick

NAME = "best_plan"


def best_plan(baseline: Baseline, language: str) -> None:
    """Ask with the boxes and draw the answer."""
    wanted = wish(baseline, language)

    def do(scenario: Scenario, tick: Tick) -> BestPlan | Refusal:
        draws = answer_parts.DRAWS
        return find_best_plan(scenario, wanted.goal, wanted.limits, baseline=baseline, draws=draws, tick=tick)

    if found := offer.search(NAME, wanted.plain, do, baseline, language, wanted.pinned):
        answer, plan = found
        _draw(answer, replace(plan, after=answer.plan.scenario), baseline, language)


def _draw(answer: BestPlan, plan: Offer, baseline: Baseline, language: str) -> None:
    origin = Origin(plan.before, answer.draws, answer.seed)
    plan_parts.headline([words.sentence(answer, plan.before, language)], plan, answer.beats_own)
    plan_parts.draw(plan, (words.figures(answer, plan.before, language), origin), baseline, language)
    answer_parts.folded("limits", words.binding_limits(answer, baseline, language), origin, language)
    if answer.beats_own:
        plan_parts.report(words.named(answer, session.scenario()), language)
    answer_parts.notes(words.notes(answer, language), origin, language)
