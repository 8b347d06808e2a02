"""The method as it ships says what the workbook computes, in both languages, and every section that is cited exists."""

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from math import pi
from pathlib import Path

import pytest

from model import __version__, project, shipped_baseline
from model.evidence.rules import READ_ON
from model.force import visits, workload
from model.force.crews import expected_crews, pairing_efficiency
from model.force.working_time import required_staff, staffing_ratio
from model.outputs.phrasing.evidence_terms import word
from model.outputs.words import LANGUAGES, text
from model.outputs.workbook.chain.formula import ENDLESS
from model.outputs.workbook.chain.steps import MEASURE_STEPS, Block, Step, blocks_of
from model.outputs.workbook.chain.walks import MONTHS, SOLVE, WALK, Column
from model.outputs.workbook.sheets.inputs import RULES, rule
from model.outputs.workbook.sheets.labels import step_label, unit_label
from model.projection import explain, not_done, sensitivity, statistics
from model.projection.published.holdouts import QUANTITIES
from model.projection.unknowns import ask_first
from model.scenario.levers import levers
from model.search import frontier, remedies, robust, targets
from model.search.aims import limits
from model.search.programme import staffing_programme
from model.year import calm_start, closure, decision, investigation, months
from model.year.decision import WORK_NODES
from model.year.measures import MEASURES
from model.year.review_queue import erlang_c, mean_wait

ROOT = Path(__file__).parents[2]
BASELINE = shipped_baseline("hunan-2021")
SECTIONS = [str(number) for number in range(1, 19)]
WALKED = {"9": SOLVE, "11": WALK}
"""The sheets of lines, by the section that describes them."""
CONSTANTS = {"pi": pi, "endless": float(ENDLESS)}
WHOLE = {"zh": "，全省一个数", "en": ", whole force"}
CLOSED = {"zh": "倒推", "en": "closed"}
BETTER = {"zh": {1: "高", 0: "不论", -1: "低"}, "en": {1: "more", 0: "neither", -1: "less"}}

HEADING = re.compile(r"^## (\d+)\. (.+)$", re.MULTILINE)
BOX = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")


def written(language: str) -> str:
    return (ROOT / "model" / f"method.{language}.md").read_text(encoding="utf-8")


@dataclass
class Section:
    """One section of the document.

    `steps` are lines of the workbook as (id, label, unit, formula), `formulas` the others without remarks. `codes` is
    what stands in the running text as code, `tables` the cells of its tables, row by row.
    """

    title: str
    steps: list[tuple[str, str, str, str]] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)


def parsed(document: str) -> dict[str, Section]:
    """The sections of a document by number; what stands before the first one by the empty word."""
    parts = HEADING.split(document)
    sections = {"": Section("")}
    found = [("", "", parts[0]), *zip(parts[1::3], parts[2::3], parts[3::3], strict=True)]
    for number, title, body in found:
        assert number not in sections or not number, f"section {number} stands twice"
        section = sections[number] = Section(title)
        for kind, lines in BOX.findall(body):
            if kind == "steps":
                section.steps += steps_in(lines)
            else:
                assert kind == "formula", kind
                section.formulas += [line.partition("  # ")[0].rstrip() for line in lines.splitlines()]
        prose = BOX.sub("", body)
        assert "```" not in prose
        section.codes = CODE.findall(prose)
        section.tables = [
            [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines.splitlines() if line[:2] == "| "]
            for lines in re.findall(r"(?:^\|.*\n)+", prose, re.MULTILINE)
        ]
    return sections


def steps_in(lines: str) -> Iterator[tuple[str, str, str, str]]:
    """The steps of a box: a line of label and unit, then the formula, further lines of it indented."""
    for part in re.split(r"^# ", lines, flags=re.MULTILINE)[1:]:
        head, *rest = part.splitlines()
        label, unit = re.fullmatch(r"(.+) \[(.+)\]", head).groups()
        for one in re.sub(r"\n\s+", " ", "\n".join(rest)).split("\n"):
            id, formula = one.split(" = ", 1)
            for k in range(1, len(WORK_NODES) + 1) if "{k}" in id else ("",):
                yield tuple(said.replace("{k}", str(k)) for said in (id, label, unit, formula))


def canonical(formula: str) -> str:
    """The formula as its tree, so that only what it means counts."""

    class Constants(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.AST:
            return ast.Constant(CONSTANTS[node.id]) if node.id in CONSTANTS else node

        def visit_Constant(self, node: ast.Constant) -> ast.AST:
            return ast.Constant(float(node.value))

    return ast.dump(Constants().visit(ast.parse(" ".join(formula.split()), mode="eval")))


def workbook_steps() -> Iterator[tuple[str, Step]]:
    """Every step that some workbook has, with its section."""
    seen = set()
    for kind in ("base", "plan"):
        for listed in (False, True):
            for block in blocks_of(kind, listed):
                for step in block.steps:
                    if (block.section, step) not in seen:
                        seen.add((block.section, step))
                        yield block.section, step


def lines_of(column: Column) -> Iterator[tuple[str, str]]:
    """The formulas of a column, each with its id as the document writes it."""
    last = len(column.formulas) - 1
    for k, formula in enumerate(column.formulas):
        yield column.id + (f"[{k}{'+' if k == last else ''}]" if last else ""), formula


def expected(language: str) -> set[tuple[str, ...]]:
    """Section, id, label, unit and formula of all that the workbook computes line by line."""
    found = set()
    for section, one in [*workbook_steps(), *((s, column) for s, walk in WALKED.items() for column in walk)]:
        unit = unit_label(one.unit, language) + WHOLE[language] * one.whole
        formulas = [(one.id, one.formula)] if isinstance(one, Step) else lines_of(one)
        found |= {(section, id, step_label(one.id, language), unit, canonical(formula)) for id, formula in formulas}
    return found


def differing(document: str, language: str) -> list[str]:
    """What document and workbook say differently, one line each."""
    found = {
        (number, id, label, unit, canonical(formula))
        for number, section in parsed(document).items()
        for id, label, unit, formula in section.steps
    }
    right = expected(language)
    return [f"missing: {one}" for one in sorted(right - found)] + [f"beyond: {one}" for one in sorted(found - right)]


@cache
def sections(language: str) -> dict[str, Section]:
    return parsed(written(language))


def cells(language: str, number: str, place: int) -> dict[str, list[str]]:
    """The rows of a section's table, the first or the last one, by what stands in the first column as code."""
    return {row[0].strip("`"): row[1:] for row in sections(language)[number].tables[place][1:]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_the_workbook_stands_in_its_section_with_label_unit_and_formula(language):
    assert differing(written(language), language) == []
    assert len(expected(language)) > 240


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("days_per_officer = filled * available_days", "days_per_officer = available_days"),
        ("max(pairing, 0.5)", "max(pairing, 0.4)"),
        ("files_node_{k} * own_longer_{k}", "files_node_{k} * above_longer_{k}"),
        ("# Mandatory work [", "# Obligatory work ["),
        ("[person-days a case]", "[person-days a visit]"),
        ("## 7. ", "## 77. "),
        ("root[2+] = before.root if", "root[2+] = low if"),
        ("moves = 0\n", "moves = 1\n"),
    ],
)
def test_whatever_is_changed_in_the_document_alone_is_found(old, new):
    document = written("en")
    assert old in document
    assert differing(document.replace(old, new, 1), "en")


def test_a_step_changed_in_the_workbook_alone_is_found(monkeypatch):
    as_they_are = blocks_of

    def other(kind: str, listed: bool) -> tuple[Block, ...]:
        return tuple(
            replace(block, steps=tuple(replace(one, formula="need") if one.id == "led" else one for one in block.steps))
            for block in as_they_are(kind, listed)
        )

    monkeypatch.setattr(f"{__name__}.blocks_of", other)
    assert len(differing(written("en"), "en")) == 2


def test_both_languages_have_the_same_sections_formulas_and_names():
    zh, en = (sections(language) for language in ("zh", "en"))
    assert list(zh) == list(en) == ["", *SECTIONS]
    for number in zh:
        assert zh[number].formulas == en[number].formulas, number
        assert sorted(zh[number].codes) == sorted(en[number].codes), number
        zh_shape, en_shape = ([[len(row) for row in table] for table in one[number].tables] for one in (zh, en))
        assert zh_shape == en_shape, number
        assert number in ("", "1", "15") or en[number].steps or en[number].formulas or en[number].tables, number


def test_the_document_says_which_version_it_describes():
    assert f"model version {__version__}." in written("en")
    assert f"模型版本 {__version__}。" in written("zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_within_the_document_leads_to_a_section(language):
    cited = re.findall({"zh": r"第 (\d+)", "en": r"\bsections? (\d+)(?![.\d])"}[language], written(language))
    assert len(cited) > 15
    assert set(cited) - {"58", "30"} <= set(SECTIONS)


# --- what is cited elsewhere


CITATION = re.compile(
    r"(?:\b[Ss]ections?|\bmethod,|§) ?((?:\d+(?:\.\d+)*(?:, | and | to |-)?)+)|第 ?(\d+) ?(?:至 ?(\d+) ?)?节"
)


def citations() -> list[tuple[str, str]]:
    """Every number of a section that code, words, tests and README cite, with the file."""
    files = [*ROOT.glob("*.py"), ROOT / "README.md"]
    for folder, endings in (("model", ("py", "toml", "csv")), ("views", ("py",)), ("tests", ("py",))):
        files += [path for ending in endings for path in (ROOT / folder).rglob(f"*.{ending}")]
    found = []
    for path in files:
        if path != Path(__file__):
            said = re.sub(r"\s+", " ", path.read_text(encoding="utf-8"))
            numbers = [n for groups in CITATION.findall(said) for n in re.findall(r"\d+(?:\.\d+)*", " ".join(groups))]
            # A section of a book has points in it.
            found += [(path.relative_to(ROOT).as_posix(), n) for n in numbers if "." not in n]
    return found


def test_every_section_cited_in_code_words_and_workbook_exists():
    cited = citations()
    assert len(cited) > 40 and len({file for file, _ in cited}) > 20
    assert [one for one in cited if one[1] not in SECTIONS] == []
    assert {block.section for kind in ("base", "plan") for block in blocks_of(kind, False)} <= set(SECTIONS)


# --- tables: assumptions, levers, measures, rules, hold-outs


def dotted(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else f"{dotted(node.value)}.{node.attr}"


def names(formula: str) -> set[str]:
    """The names in a formula, but for its functions."""
    tree = ast.parse(" ".join(formula.split()), mode="eval")
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return {
        dotted(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute) and id(node) not in called | inner
    }


def readers(name: str) -> set[str]:
    """The steps that read a name; all that begin with it, where it ends in a point."""
    found = [(step.id, step.formula) for _, step in workbook_steps()]
    found += [(column.id, formula) for walk in WALKED.values() for column in walk for formula in column.formulas]
    return {
        id
        for id, formula in found
        if any(one == name or (name.endswith(".") and one.startswith(name)) for one in names(formula))
    }


def steps_named(cell: str) -> set[str]:
    return set(CODE.findall(cell))


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_assumption_stands_in_one_table_with_the_steps_that_read_it(language):
    found = {}
    for number in ("2", "3", *SECTIONS[4:12]):
        rows = cells(language, number, -1)
        assert not found.keys() & rows.keys()
        found |= rows
    assert found.keys() == BASELINE.assumptions.keys()
    for id, (name, unit, read_by) in found.items():
        one = BASELINE.assumptions[id]
        assert name == one.label[language]
        assert unit == word("unit", one.unit, language)
        if one.closed:
            assert read_by == CLOSED[language]
        else:
            assert steps_named(read_by) == readers(id) != set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lever_stands_in_section_12_with_the_steps_that_read_it(language):
    table, rows = levers(BASELINE), cells(language, "12", 0)
    assert list(rows) == list(table)
    special = {
        "rules": readers("rule."),
        "staff.moves": readers("place.moves"),
        "horizon_months": readers("horizon_months"),
        "staff.new_posts": set(),
    }
    for id, lever in table.items():
        name, unit, read_by = rows[id]
        assert name == lever.label[language]
        assert unit == (word("unit", lever.unit, language) or "—")
        assert steps_named(read_by) == special.get(id, readers(f"lever.{id}")), id
    assert all(special[id] for id in special if id != "staff.new_posts")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measure_stands_in_section_13_with_its_steps(language):
    rows = cells(language, "13", 0)
    assert list(rows) == [measure.id for measure in MEASURES]
    for measure in MEASURES:
        name, unit, steps, better = rows[measure.id]
        assert name == text(f"terms.measure_{measure.id}", language)
        assert unit == text(f"terms.unit_{measure.unit.replace(' ', '_').replace('-', '_')}", language)
        assert CODE.findall(steps) == MEASURE_STEPS[measure.id]
        assert better == BETTER[language][measure.better]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rules_of_law_are_those_of_the_table(language):
    rows = cells(language, "6", 0)
    assert rows.keys() == {f"rule.{name}" for name in RULES}
    for name in RULES:
        for column, version in enumerate(READ_ON):
            given, right = rows[f"rule.{name}"][column], rule(version, name)
            assert given in ("none", "无") if right == float(ENDLESS) else float(given) == right, (name, version)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hold_outs_are_those_that_are_predicted(language):
    holdouts = [b for b in BASELINE.benchmarks.values() if b.use == "hold-out"]
    assert list(cells(language, "10", 0)) == [one.id for one in holdouts]
    assert {one.tests for one in holdouts} <= QUANTITIES.keys()


# --- numbers that stand in the running text


def default(function, name: str):
    return inspect.signature(function).parameters[name].default


@pytest.mark.parametrize(
    ("number", "value", "en", "zh"),
    [
        ("10", default(project, "draws"), "are drawn together, {:,} times", "一起抽样 {:,} 次"),
        ("10", targets.SEARCH_DRAWS, "looked for in the {} draws", "同一种子的 {} 次抽样中寻找"),
        ("10", statistics.LEAST_DRAWS, "Fewer than {} kept draws", "有效推演不足 {} 次"),
        ("10", default(statistics.rests_on, "most"), "{} at most and none below 0.1", "最多{}项，低于 0.1"),
        ("8", investigation.MOST_BUSY, "Above {} the base", "高于 {} 时"),
        ("8", calm_start.SETTLED, "older than {:.0f} has", "年龄超过 {:.0f} 时"),
        ("8", decision.START_UP, "only from {} mean", "过 {} 个平均"),
        ("10", closure.MOST_REVIEW_LOAD, "fewer than {} times", "能审件数的 {} 倍"),
        ("8", decision.NO_WAIT, "less than {} calendar days", "不到 {} 日历天"),
        ("5", workload.LEAST_PAIRING, "a pairing of {} at least", "不低于 {} 计算"),
        ("5", visits.MEAN_DISTANCE_TO_CENTRE, "is {} times the side", "边长的 {} 倍"),
        ("11", MONTHS, "{} of them at most", "最多 {} 个月"),
        ("14", limits.Limits().pool_change, "more than {:.0%} of its people", "本单元人数的 {:.0%}"),
        ("14", limits.DEFAULT_SHARE_MOVED, "{:.0%} of the force", "全部人员的 {:.0%}"),
        ("14", staffing_programme.POINTS, "at {} numbers of people", "按 {} 个人数"),
        ("14", frontier.LEVELS, "At {} levels", "在 {} 档"),
        ("14", frontier.ALONG, "finds {} plans", "各求 {} 个方案"),
        ("14", remedies.MOST_REMEDIES, "{} at most", "最多列{}个"),
        ("14", robust.USUAL_LEVEL, "The level is {} if", "level 为 {}"),
        ("14", robust.SAMPLE, "asks {} draws", "最差情形的 {} 次"),
        ("14", explain.MOST_EXACT, "Up to {} decisions", "不超过 {} 项举措"),
        ("14", ask_first.RANDOM_DRAWS, "{:,} draws of its own", "另用 {:,} 次"),
        ("14", ask_first.PRIOR_DRAWS, "with {:,} draws", "{:,} 次抽样）"),
        ("14", sensitivity.DRAWS_A_BIN, "bins of about {}", "每组约 {} 次"),
        ("14", ask_first.SURE, "more than {:.0f} times", "偶然波动的 {:.0f} 倍"),
        ("14", not_done.LEAST_PROBABILITY * 100, "fewer than {:.0f} of 100", "不到 {:.0f} 次"),
    ],
)
def test_a_number_of_the_code_is_the_one_in_the_text(number, value, en, zh):
    in_words = {5: ("five", "五"), 6: ("six", "六")}
    for language, phrase in (("en", en), ("zh", zh)):
        document = written(language)
        start = document.index(f"\n## {number}. ")
        body = document[start : document.find("\n## ", start + 1)].replace(" %", "%")
        said = [phrase.format(value)]
        if value in in_words:
            said.append(phrase.replace("{}", in_words[value][language == "zh"]))
        assert any(one in body for one in said), said


def test_july_is_the_peak_of_the_season():
    assert months.SEASON_PEAK == 7 and "in July" in written("en") and "七月" in written("zh")
    assert staffing_programme.LEAST_GAIN == 1e-5 and "1e-5" in written("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_known_answers_of_section_16_come_out(language):
    (table,) = sections(language)["16"].tables
    out = [re.findall(r"-?[\d.]*\d", row[2].replace(",", "")) for row in table[1:]]
    found = [
        [f"{float(required_staff(100_000 * 0.25 / 8, 179)):.2f}"],
        [f"{float(staffing_ratio(40, 48)):.3f}", "-8", f"{float(staffing_ratio(180, 206)):.3f}", "-26"],
        [f"{float(required_staff(1200, a)):.2f}" for a in (320, 280)],
        [f"{float(erlang_c(10, 14)):.16f}"],
        [f"{float(erlang_c(10, 15)):.3f}"],
        [f"{9 * float(mean_wait(9, 5, c)):.3f}" for c in (2, 4)],
        [f"{0.8 * float(mean_wait(0.8, 1, 1, cv)):.1f}" for cv in (0.5, 1, 1.5)],
        [f"{float(expected_crews(*one)):.4f}" for one in ((11, 0.9), (5, 0.85), (2, 0.9))],
    ]
    for row, answer in zip(out, found, strict=False):
        assert [float(n) for n in row] == pytest.approx([float(n) for n in answer], rel=1e-15)
    report = BASELINE.reported
    base = [report("staff_total"), report("frontline_total"), 100 * report("frontline_share"), report("bodies_total")]
    base += [report("cases_total"), BASELINE.cases_window_years, report("offsite_problems"), report("offsite_checks")]
    assert [float(n) for n in out[-1]] == pytest.approx(base)
    assert f"{float(pairing_efficiency(3, 0.9)):.0%}" == "72%" and "72" in written(language)
