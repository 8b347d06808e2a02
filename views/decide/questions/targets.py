"""Targets (达标要调多少人): the fewest people moved so that what the planner asks for holds."""

from dataclasses import replace

import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.answers import targets as words
from model.outputs.phrasing.problems import sentence
from model.outputs.words import text
from model.scenario.scenario import Scenario
from model.search.engine.staffing_plan import Refusal
from model.search.targets import NoMeaning, TargetsAnswer, plan_for_targets
from views.decide.parts import answer_parts, offer, plan_parts, target_boxes
from views.decide.parts.answer_parts import Origin
from views.decide.parts.offer import Offer
from views.shell.session import session
from views.shell.session.work import Tick

NAME = "targets"


def targets(baseline: Baseline, language: str) -> None:
    """Ask with the boxes and draw the answer."""
    given, problems = target_boxes.given(baseline)
    probability = target_boxes.boxes(given, baseline, language)
    for problem in problems:
        st.text(sentence(problem, language))
    if not given:
        answer_parts.sentences(text("targets.none", language))
        return

    def do(scenario: Scenario, tick: Tick) -> TargetsAnswer | Refusal | NoMeaning:
        draws = answer_parts.DRAWS
        found = plan_for_targets(scenario, given, probability=probability, baseline=baseline, draws=draws, tick=tick)
        if isinstance(found, TargetsAnswer) and not found.holds:
            for one in (scenario, *(remedy.adopted for remedy in found.remedies)):
                session.glance(one)  # what stands beside each remedy, worked out before the page needs it
        return found

    settings = (tuple(map(str, given)), probability)
    found: tuple[TargetsAnswer | NoMeaning, Offer] | None = offer.search(NAME, settings, do, baseline, language)
    if found:
        answer, plan = found
        if isinstance(answer, NoMeaning):
            answer_parts.sentences(*words.no_meaning_in_words(answer, baseline, language).split("\n"))
        else:
            _draw(answer, replace(plan, after=answer.plan.scenario), baseline, language)


def _draw(answer: TargetsAnswer, plan: Offer, baseline: Baseline, language: str) -> None:
    origin = Origin(plan.before, answer.draws, answer.seed)
    label = "" if answer.holds else text("targets.adopt_nearest", language)
    plan_parts.headline(words.sentences(answer, plan.before, baseline, language), plan, bool(answer.plan.moves), label)
    answer_parts.titled("targets", words.table(answer, plan.before, baseline, language), origin, language)
    if not answer.holds:
        _remedies(answer, plan, baseline, language)
    plan_parts.draw(plan, plan_parts.figures(plan, language), baseline, language)
    if answer.plan.moves:
        plan_parts.report(words.named(answer, session.scenario(), baseline), language)
    answer_parts.notes(words.notes(answer, language), origin, language)


def _remedies(answer: TargetsAnswer, plan: Offer, baseline: Baseline, language: str) -> None:
    """What would help beside moving people: each can be adopted, alone or with the moves."""
    answer_parts.heading(words.remedies_head(answer, language))
    for k, remedy in enumerate(answer.remedies):
        line, way = st.columns([4, 1], vertical_alignment="center")
        with line:
            st.text(words.remedy_in_words(remedy, baseline, language))
            own, after = map(session.glance, (plan.before, remedy.adopted))
            st.caption(words.reached_in_words(remedy, answer, baseline, language))
            if beside := words.beside_in_words(own, after, language):
                st.caption(beside)
        with way:
            label = "remedy_adopt_alone" if remedy.alone else "remedy_adopt"
            other = replace(plan, name=f"{NAME}-remedy-{k}", question=(NAME, k), after=remedy.adopted)
            offer.button(other, text(f"targets.{label}", language))
    st.text(text("targets.or_lower", language))
