"""Reach a target (达标要调多少人): the fewest people moved so that what the planner asks for holds."""

from dataclasses import replace
from functools import partial

import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.answers import decide_targets
from model.outputs.answers.printed_goal import no_meaning_in_words
from model.outputs.phrasing.numbers import count
from model.outputs.phrasing.problems import sentence
from model.outputs.words import text
from model.scenario.scenario import Scenario
from model.search.aims.target import Target
from model.search.engine.staffing_plan import Refusal
from model.search.targets import NoMeaning, TargetsAnswer, plan_for_targets
from views.decide.parts import adopt, answer_parts, found_plan, target_boxes
from views.decide.parts.adopt import Offer
from views.decide.parts.wishes import refused
from views.shell.session import work

NAME = "target"


def reach(baseline: Baseline, language: str) -> None:
    targets, problems = target_boxes.given(baseline)
    probability = target_boxes.boxes(targets, baseline, language)
    for problem in problems:
        st.text(sentence(problem, language))
    if not targets:
        answer_parts.said(text("decide.target_none", language))
        return
    settings = (NAME, tuple(map(str, targets)), probability)
    scenario = adopt.origin(settings)
    do = partial(_sought, scenario, baseline, targets, probability)
    answer, before, current = answer_parts.answer(NAME, scenario, settings, do)
    if isinstance(answer, TargetsAnswer):
        _draw(answer, Offer(NAME, settings, before, answer.plan.scenario, current), baseline, language)
    elif isinstance(answer, NoMeaning):
        answer_parts.said(no_meaning_in_words(answer, baseline, language))
    elif answer:
        refused(answer, baseline, language)


def _sought(
    scenario: Scenario, baseline: Baseline, targets: tuple[Target, ...], probability: float | None, tick: work.Tick
) -> TargetsAnswer | Refusal | NoMeaning:
    return plan_for_targets(scenario, targets, probability=probability, baseline=baseline, tick=tick)


def _draw(answer: TargetsAnswer, offer: Offer, baseline: Baseline, language: str) -> None:
    made = answer_parts.Made(offer.before, answer.draws, answer.seed)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="answer"):
        answer_parts.said(decide_targets.sentence(answer, offer.before, baseline, language))
        if answer.plan.moves:
            adopt.button(offer, "" if answer.holds else text("decide.adopt_nearest", language))
    table = decide_targets.table(answer, offer.before, baseline, language)
    answer_parts.titled("targets", table, made, language)
    if answer.remedies:
        _reliefs(answer, offer, baseline, language)
    found_plan.show(offer, found_plan.figures(offer, language), baseline, language)
    counted = {"promised": f"{answer.promise:.1f}", "moved": count(answer.plan.moved)}
    told = [text(f"decide.{key}", language) for key in ("target_how", "central", "read", "plan_limits")]
    answer_parts.notes(text("decide.target_promised", language, **counted), *told, answer_parts.drawn(made, language))


def _reliefs(answer: TargetsAnswer, offer: Offer, baseline: Baseline, language: str) -> None:
    """What would help beside moving people: each can be adopted together with the moves."""
    enough = not any(relief.missing for relief in answer.remedies)
    answer_parts.heading(text("decide.reliefs" if enough else "decide.reliefs_short", language))
    for k, relief in enumerate(answer.remedies):
        said, way = st.columns([4, 1], vertical_alignment="center")
        said.text(decide_targets.relief_in_words(relief, baseline, language))
        with way:
            other = replace(offer, name=f"{NAME}-relief-{k}", question=(NAME, k), after=relief.scenario)
            adopt.button(other, text("decide.relief_adopt", language))
