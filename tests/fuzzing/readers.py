"""Every reader of what people bring: good inputs for it, and how an answer of it is judged."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qsl, urlencode

import numpy as np
from base_year_workbooks import GUANGDONG, HUNAN, filled, places
from slide_template import template

from model import Scenario, TooFewDraws, project, shipped_baseline
from model.command_line.sweep import _as_file
from model.evidence.baseline import Baseline
from model.files.base_years import archive
from model.files.base_years.store import BaseYears, baseline_from
from model.files.library import Library, Saved, kept_texts
from model.files.library.history import History
from model.files.problem import Problem
from model.files.roles import ALL_OF, read_roles
from model.files.scenario_file import read_scenario
from model.files.tables.sheets import CellProblem
from model.files.tables.staff_list import read_staff_list
from model.outputs.compare.sweep.executors import here
from model.outputs.compare.sweep.many_plans import sweep
from model.outputs.compare.sweep.table_file import best_first, read_table, scenario_of
from model.outputs.evidence import base_year_sentences
from model.outputs.handout.origin import Finality
from model.outputs.phrasing import problems
from model.outputs.phrasing.library_sentences import figures_in_words, moment, version_in_words
from model.outputs.prefectures import staff_list_template
from model.outputs.story.slide_file import template_problem
from model.outputs.words import LANGUAGES
from model.projection.base_year import base_year_of
from model.search.aims.target import read_targets
from model.version import MODEL_VERSION
from views.shell.address.scenario_address import from_link
from views.shell.address.short_address import KEPT, whole

ROOT = Path(__file__).parents[2]
BASELINE = shipped_baseline("hunan-2021")
DRAWS = 512
KEY = "0" * kept_texts.KEY_LENGTH
RARELY = 40
"""Of what loads, one in so many is projected: that takes longer than reading it."""


@dataclass(frozen=True)
class Reader:
    """A reader by its good inputs, and its judge, which raises what is wrong and gives how the input was taken.

    Of `weight` inputs among all it gets one.
    """

    good: Callable[[], Sequence[bytes]]
    judge: Callable[[bytes, bool], str]
    weight: int


def _is_said(sentence: Callable[..., str], found: Sequence[Problem | CellProblem], file: str) -> str:
    """Every problem names its place, in both languages; refused is an answer."""
    assert found
    for problem in found:
        for language in LANGUAGES:
            said = sentence(problem, language)
            assert said.strip() and "\n" not in said, said
            assert not file or said.startswith(problem.file[:10]), said
    return "refused"


def _is_projected(scenario: Scenario, baseline: Baseline | None = None) -> str:
    """Every figure of a projection is a number."""
    try:
        base = None if baseline is None else base_year_of(scenario, baseline, DRAWS)
        if base is not None:
            assert all(np.isfinite(values).all() for values in base.assumed.values())
            assert np.isfinite(base.year.on_time).all() and np.isfinite(base.year.decided).all()
            return "projected"
        projection = project(scenario, draws=DRAWS)
    except TooFewDraws:
        return "too few draws"
    for measure in projection.measures.values():
        for band in (measure.total.base, measure.total.scenario, measure.total.difference):
            assert np.isfinite([band.p10, band.p50, band.p90]).all()
    return "projected"


def _scenario(data: bytes, is_asked: bool) -> str:
    scenario, found = read_scenario(data, "plan.toml")
    if scenario is None:
        return _is_said(problems.sentence, found, "plan.toml")
    assert not found
    return _is_projected(scenario) if is_asked else "loaded"


def _address(data: bytes, is_asked: bool) -> str:
    parameters = dict(parse_qsl(data.decode("utf-8", "surrogateescape"), errors="surrogateescape"))
    scenario, found = from_link(whole(parameters).parameters, BASELINE)
    if scenario is None:
        return _is_said(problems.sentence, found, "")
    return _is_projected(scenario) if is_asked else "loaded"


def _staff_list(file: str) -> Callable[[bytes, bool], str]:
    def judge(data: bytes, is_asked: bool) -> str:
        listed, found = read_staff_list(data, file, BASELINE)
        if listed is None:
            return _is_said(lambda one, language: staff_list_template.sentence(one, BASELINE, language), found, file)
        return _is_projected(Scenario(staff_list=listed.staff_list)) if is_asked else "loaded"

    return judge


def _base_year(file: str) -> Callable[[bytes, bool], str]:
    def judge(data: bytes, is_asked: bool) -> str:
        plan = archive.plan_in(data)
        files, found = BaseYears().read(data, file)
        if not files:
            return _is_said(base_year_sentences.sentence, found, "")
        assert not found
        baseline = baseline_from(files)
        if isinstance(baseline, Problem):
            return _is_said(base_year_sentences.sentence, [baseline], "")
        if plan is not None:
            read_scenario(plan, "plan.toml", baseline)
        return _is_projected(Scenario(baseline=baseline.id), baseline) if is_asked else "loaded"

    return judge


def _slides(data: bytes, is_asked: bool) -> str:
    return "refused" if template_problem(data, "bureau.pptx", "zh") else "loaded"


def _targets(data: bytes, is_asked: bool) -> str:
    found, wrong = read_targets(data.decode("utf-8", "replace").split(";"), BASELINE)
    return _is_said(problems.sentence, wrong, "") if wrong else ("loaded" if found else "refused")


def _kept(data: bytes, is_asked: bool) -> str:
    """The text kept for a link, as it may lie on a damaged disk."""
    kept_texts._in_memory[KEY] = data.decode("utf-8", "replace")
    address = whole({KEPT: KEY})
    if address.is_lacking:
        return "refused"
    scenario, found = from_link(address.parameters, BASELINE)
    if scenario is None:
        return _is_said(problems.sentence, found, "")
    return _is_projected(scenario) if is_asked else "loaded"


def _sweep(data: bytes, is_asked: bool) -> str:
    plans, found = read_table(data, "table.csv")
    if found:
        return _is_said(problems.sentence, found, "table.csv")
    taken = "refused"
    for plan in best_first(plans, "visits"):
        assert all(np.isfinite([band.p10, band.p50, band.p90]).all() for band in plan.changes.values())
        scenario, wrong = scenario_of(plan.source)
        if scenario is None:
            _is_said(problems.sentence, wrong, "")
        else:
            taken = _is_projected(scenario) if is_asked else "loaded"
    return taken


def _roles(data: bytes, is_asked: bool) -> str:
    roles, found = read_roles(data, "roles.toml")
    if roles is None:
        return _is_said(problems.sentence, found, "roles.toml")
    assert not roles.is_planner("") and not any("*" in one.removeprefix(ALL_OF) for one in roles.planners)
    return "loaded"


@cache
def _history() -> tuple[TemporaryDirectory, History]:
    """A history of one version, in whose folder the notes are written anew."""
    folder = TemporaryDirectory(prefix="frontline-history-")
    library = Library(Path(folder.name))
    assert isinstance(library.save_as("plan", 'schema = 1\nname = "plan"\n'), Saved)
    return folder, library.history


def _note(data: bytes, is_asked: bool) -> str:
    """What is noted of a version, and that it is final, as it may lie on a damaged disk."""
    folder, history = _history()
    for end in ("json", "final.json"):
        (Path(folder.name) / ".history" / "plan" / f"0001.{end}").write_bytes(data)
    (version,), final = history.versions("plan"), history.final("plan", "")
    figures = [version.note.figures, final.declaration.medians if final else {}]
    for language in LANGUAGES:
        moment(version.saved)
        said = [version_in_words(version, language), *(figures_in_words(one, language) for one in figures)]
        said += [Finality(final, is_final).sentence(language) for is_final in (True, False)] if final else []
        assert not any("nan" in one or "inf" in one for one in said[1:3]), said
    return "loaded" if final or version.note.figures else "refused"


@cache
def _notes() -> list[bytes]:
    bands = {"base": [1.0, 2.0, 3.0], "plan": [2.0, 3.0, 4.0], "change": [0.5, 1.0, 1.5]}
    by = {"author": "王芳", "model_version": MODEL_VERSION}
    _, history = _history()
    stamp = history.versions("plan")[0].stamp
    texts = {"saved": "2026-11-28T14:03:00+00:00", "reason": "省厅意见", "act": "save", "of": "", "sha256": stamp}
    made = {"declared": texts["saved"], "baseline": "hunan-2021", "baseline_stamp": stamp}
    counts = {"drawn": 4096, "kept": 2713, "seed": 1}
    final = {"sha256": stamp, **by, **made, **counts, "figures": {"visits": bands, "case_capacity": bands}}
    noted = {**by, **texts, "figures": {"visits": 72_345.5, "on_time_share": 0.8}}
    return [json.dumps(one, ensure_ascii=False).encode() for one in (final, noted)]


def _of(folder: Path, pattern: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.rglob(pattern)) if path.stat().st_size < 100_000]


@cache
def _scenarios() -> list[bytes]:
    return [*_of(ROOT / "scenarios", "*.toml"), *_of(ROOT / "tests" / "files" / "faults", "*.toml")]


@cache
def _addresses() -> list[bytes]:
    from views.shell.address.scenario_address import to_link

    read = (read_scenario(data)[0] for data in _scenarios())
    return [urlencode(to_link(one)).encode() for one in read if one]


@cache
def _workbooks() -> list[bytes]:
    return [filled(GUANGDONG, places(), is_blank=True), filled({}, is_edit=True), filled({}, is_blank=True)]


@cache
def _zips() -> list[bytes]:
    return [archive.packed("own-2025", {**HUNAN, "baseline.toml": _own()}), archive.packed("own-2025", HUNAN)]


@cache
def _packed_plans() -> list[bytes]:
    return [archive.packed("own-2025", {**HUNAN, "baseline.toml": _own()}, plan) for plan in _scenarios()[:4]]


@cache
def _templates() -> list[bytes]:
    return [template()]


def _own() -> bytes:
    return HUNAN["baseline.toml"].replace(b'"hunan-2021"', b'"own-2025"')


@cache
def _kept_texts() -> list[bytes]:
    return [json.dumps({"parameters": dict(parse_qsl(one.decode())), "original": ""}).encode() for one in _addresses()]


@cache
def _swept() -> list[bytes]:
    plans = [Scenario(levers={"other_duties_cut": cut}) for cut in (0.0, 0.1)]
    return [_as_file(sweep(plans, draws=DRAWS, executor=here), ".csv")]


@cache
def _lists(kind: str) -> list[bytes]:
    return [getattr(staff_list_template, f"template_{kind}")(BASELINE, language) for language in LANGUAGES]


TARGETS = [b"visits>=90000;on_time_share>=90%", b"visits@changsha>=5000"]
ROLES = ['planners = ["li@hunan.cn", "*@office.cn"] # 执法局\n'.encode()]
READERS: Mapping[str, Reader] = {
    "scenario": Reader(_scenarios, _scenario, 30),
    "address": Reader(_addresses, _address, 20),
    "kept text": Reader(_kept_texts, _kept, 10),
    "targets": Reader(lambda: TARGETS, _targets, 8),
    "staff list csv": Reader(lambda: _lists("csv"), _staff_list("list.csv"), 12),
    "staff list xlsx": Reader(lambda: _lists("xlsx"), _staff_list("list.xlsx"), 6),
    "base year zip": Reader(_zips, _base_year("own.zip"), 6),
    "plan zip": Reader(_packed_plans, _base_year("plan.zip"), 4),
    "base year workbook": Reader(_workbooks, _base_year("own.xlsx"), 3),
    "sweep table": Reader(_swept, _sweep, 6),
    "roles": Reader(lambda: ROLES, _roles, 6),
    "note of a version": Reader(_notes, _note, 8),
    "slide template": Reader(_templates, _slides, 1),
}
