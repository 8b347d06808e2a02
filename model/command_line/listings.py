"""The commands that need no projection of a file: check, evidence, levers, schema, completion."""

import argparse
from functools import partial
from pathlib import Path

from model.command_line.arguments import WRONG
from model.command_line.scenario_command import files, print_json
from model.command_line.terminal import complain, say
from model.evidence import figures
from model.evidence.base_year_folders import baseline_ids, find_baseline
from model.evidence.baseline import Baseline
from model.files.problem import Problem
from model.files.scenario_file import load_scenario
from model.outputs.answers.document import Document, envelope, on_base_year
from model.outputs.evidence import listing, model_tests
from model.outputs.phrasing.problems import document, sentence
from model.outputs.words import text
from model.projection.base_year import base_year_of
from model.projection.project import against
from model.scenario.scenario import Scenario, in_language

SCHEMA = Path(__file__).with_name("schema.json")


def _check(chosen: argparse.Namespace, language: str) -> int:
    read = {path: load_scenario(path) for path in files(chosen.files)}
    count = sum(len(problems) for _, problems in read.values())
    if chosen.json:
        good = [scenario for scenario, _ in read.values() if scenario]
        rows = [
            {"file": str(path), "good": not problems, "problems": [_problem(problem) for problem in problems]}
            for path, (_, problems) in read.items()
        ]
        print_json(envelope("check", {"files": rows, "problem_count": count}, good))
        return WRONG if count else 0
    for path, (scenario, problems) in read.items():
        if scenario:
            name = in_language(scenario.name, language) or text("plan.untitled", language)
            say(text("command_line.no_problem", language, file=path, name=name))
        for problem in problems:
            say(sentence(problem, language))
    if count:
        say(text("command_line.problem_count", language, count=count))
    return WRONG if count else 0


def _problem(problem: Problem) -> Document:
    return document(problem, partial(sentence, problem))


def _evidence(chosen: argparse.Namespace, language: str) -> int:
    baseline = _chosen(chosen, language)
    if baseline is None:
        return WRONG
    scenario = Scenario(baseline=baseline.id)
    rules = figures.read_rules(figures.FOLDER / "rules.csv")
    base = base_year_of(scenario, baseline)
    result = against(base, scenario)
    if chosen.json:
        told = {**listing.document(baseline, rules), **model_tests.document(result, base)}
        print_json(on_base_year("evidence", told, scenario, base))
    else:
        own = baseline.names_in(language)
        say(listing.evidence_listing(baseline, rules, own))
        say(model_tests.in_terminal(result, base, own))
    return 0


def _levers(chosen: argparse.Namespace, language: str) -> int:
    baseline = _chosen(chosen, language)
    if baseline is None:
        return WRONG
    if chosen.json:
        print_json(envelope("levers", listing.levers_document(baseline)))
    else:
        say(listing.levers_listing(baseline, baseline.names_in(language)))
    return 0


def _chosen(chosen: argparse.Namespace, language: str) -> Baseline | None:
    """The base year asked for, else the usual one; None for one that is not there, which is said."""
    id = chosen.baseline or Scenario().baseline
    try:
        return find_baseline(id)
    except KeyError:
        choices = text("problems.list_comma", language).join(baseline_ids())
        complain(text("command_line.no_baseline", language, id=id, choices=choices))
        return None


def _schema(chosen: argparse.Namespace, language: str) -> int:
    print(SCHEMA.read_text(encoding="utf-8"), end="")
    return 0


RUNS = {"check": _check, "evidence": _evidence, "levers": _levers, "schema": _schema}
