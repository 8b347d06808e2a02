"""The papers in Word read back: figures as printed, decisions, faces, alternative texts; an office opens them."""

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from conftest import Office, give_up
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from handouts import DAY, HOSTILE, SINK, answered_as, document, handout, hostile
from other_base_years import handout_of
from thorough import pairs

from model import Scenario, project
from model.outputs.brief import brief_tables
from model.outputs.brief.papers.looks import MARGINS_CM, stand_ins
from model.outputs.brief.papers.paper import Figures, Grid, Paragraph
from model.outputs.brief.papers.plan_papers import report, request
from model.outputs.brief.papers.word_file import comparison_file, quality_file, report_file, request_file
from model.outputs.compare.comparison import scenario_in_words
from model.outputs.evidence.health import holdout_results
from model.outputs.handout.handout import Handout
from model.outputs.handout.origin import NOWHERE, Origin
from model.outputs.phrasing.coherence import coherent, coherent_comparison
from model.outputs.phrasing.numbers import amount, change_with_points
from model.outputs.phrasing.sentences import changes_in_words, place
from model.outputs.phrasing.typesetting import ems
from model.outputs.story.common_slides import first_to_check
from model.outputs.story.compared import Compared
from model.outputs.story.marks import unmarked
from model.outputs.story.plan_story import decisions, plan_story
from model.outputs.story.story import ASK
from model.outputs.story.teller import PlanTeller
from model.outputs.words import LANGUAGES, text
from model.projection.base_year import baseline_of
from model.projection.comparison import Comparison, compare
from model.scenario.levers import levers
from model.version import MODEL_VERSION
from model.version.changes import releases_since
from model.year.measures import HEADLINES

MANY = Scenario(
    name={"zh": "多项举措", "en": "Many decisions"},
    author="张三",
    levers={
        "staff.change.city": -100.0,
        "staff.change.county": 100.0,
        "frontline_share.city": 0.65,
        "frontline_share.county": 0.72,
        "merged_bodies": 120.0,
        "other_duties_cut": 0.1,
        "training_days": 15.0,
        "visit_time_saved": 0.1,
        "offsite_checks": 4000.0,
        "targeted_share": 0.4,
        "service_contacts": 9000.0,
        "case_policy.city": 0.2,
        "review_staff.city": 20.0,
        "phase_months": 24.0,
    },
)
PAGES = range(2, 5)


@cache
def many(language: str) -> Handout:
    return told_in(language, many, MANY)


@cache
def base_year(language: str) -> Handout:
    return told_in(language, base_year, Scenario())


def told_in(language: str, told: Callable[[str], Handout], scenario: Scenario) -> Handout:
    """The handout of a plan in a language; in the others its numbers are those of the first."""
    if language != LANGUAGES[0]:
        first = told(LANGUAGES[0])
        return answered_as(Handout(first.projection, first.baseline, DAY, language), first)
    return Handout(coherent(project(scenario, draws=512)), baseline_of(scenario), DAY, language)


@cache
def compared_plans() -> Comparison:
    return coherent_comparison(compare([Scenario(), MANY, SINK], draws=512))


@cache
def compared(language: str) -> Compared:
    return Compared(
        compared_plans(), ("现状", "多项举措", "力量下沉"), 0, baseline_of(MANY), DAY, language, 3 * (NOWHERE,)
    )


PLANS = {
    "sink": handout,
    "many": many,
    "base": base_year,
    "guangdong": lambda language: handout_of("guangdong cheaper_tasks", language),
}


@cache
def files(name: str, language: str) -> dict[str, bytes]:
    one = PLANS[name](language)
    return {"report": report_file(one), "request": request_file(one), "quality": quality_file(one)}


@cache
def compared_file(language: str) -> bytes:
    return comparison_file(compared(language))


def opened(data: bytes):
    return docx.Document(io.BytesIO(data))


def words(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in opened(data).paragraphs)


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_of_a_report_is_explained_under_it(language: str) -> None:
    parts = report(handout(language)).parts
    places = [k for k, part in enumerate(parts) if isinstance(part, Figures)]
    assert places
    for k in places:
        for figure in parts[k].shown:
            assert figure.title in parts[k + 1].words and text("charts.key_band", language) in parts[k + 1].words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_the_reports_table_is_the_projections_and_base_and_change_make_the_plan(language):
    table, *_ = (t for t in opened(files("sink", language)["report"]).tables if len(t.columns) == 6)
    measures = document(handout(language))["measures"]
    assert len(table.rows) == len(HEADLINES) + 1
    for id, row in zip(HEADLINES, table.rows[1:], strict=True):
        total, unit = measures[id]["total"], measures[id]["unit"]
        base, change, plan = (cell.text for cell in row.cells[2:5])
        assert base == amount(total["base"]["p50"], unit) and plan == amount(total["scenario"]["p50"], unit)
        assert change == change_with_points(total["difference"]["p50"], unit, language)
        if "%" not in base:
            numbers = [float(one.replace(",", "").replace("−", "-").replace("+", "")) for one in (base, change, plan)]
            assert numbers[0] + numbers[1] == numbers[2]


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["sink", "many"])
def test_every_decision_is_listed(name, language):
    one = PLANS[name](language)
    listed = {row.cells[0].text for row in opened(files(name, language)["report"]).tables[0].rows}
    table = levers(one.baseline)
    for id in one.projection.scenario.levers:
        if not id.startswith("staff.change."):
            assert table[id].label[language] in listed
    assert {text("brief.people_of", language, tier=text("terms.tier_city", language))} <= listed


def test_the_request_names_few_decisions_and_points_to_the_report_for_many():
    assert "县级增加 110 人" in words(files("sink", "zh")["request"])
    assert "at county level" in words(files("sink", "en")["request"])
    assert "汇报材料所列 13 项调整" in words(files("many", "zh")["request"])
    assert words(files("sink", "zh")["request"]).count("妥否，请批示。") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paper_of_a_plan_without_a_name_is_called_by_its_subject(language):
    """A request to carry out the 'untitled plan'."""
    scenario = Scenario(levers={"training_days": 5.0})
    one = Handout(coherent(project(scenario, draws=512)), baseline_of(scenario), DAY, language)
    assert one.passport.name == text("plan.untitled", language)
    for paper in (report(one), request(one)):
        assert one.passport.name not in paper.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_names_every_team_that_gives_or_gets_people(language):
    """'7 teams (34 out, 34 in)' is nothing that a meeting can approve."""
    moves = {"province": -2.0, "city.changsha": -3.0, "county.xiangxi": 5.0}
    between = {"staff.change.province": -2.0, "staff.change.city": -3.0, "staff.change.county": 5.0}
    scenario = Scenario(levers={"staff.moves": moves, **between})
    one = Handout(coherent(project(scenario, draws=512)), baseline_of(scenario), DAY, language)
    label = levers(one.baseline)["staff.moves"].label[language]
    (cell,) = [row[-1] for row in brief_tables.moves(one).rows if row[0] == label]
    for pool, people in ((("province", ""), "−2"), (("city", "changsha"), "−3"), (("county", "xiangxi"), "+5")):
        assert f"{place(*pool, one.baseline, language)} {people}" in cell


def test_a_request_begins_with_its_subject_and_has_room_for_the_office_that_sends_it():
    _, addressee, first, *_, office, day = words(files("many", "zh")["request"]).split("\n")
    assert addressee == "〔主送机关〕：" and first.startswith(
        "截至 2021 年 10 月，执法队伍现有执法人员 2,359 名、执法机构 138 个，2019 年以来办案 7,385 件。"
    )
    assert office == "张三" and day.endswith("日")
    assert words(files("sink", "zh")["request"]).split("\n")[-2] == "〔发文机关署名〕"


@pytest.mark.by_night
@pytest.mark.parametrize(("language", "said"), [("zh", "按 2025 年规则推演"), ("en", "applies the rules of 2025")])
def test_rules_in_force_are_a_premise_of_what_is_asked(language, said):
    """They are law: neither counted nor listed among what is to be approved, alone or beside decisions."""
    for own in ({}, {"other_duties_cut": 0.1}):
        projection = project(Scenario(levers={"rules": "2025", **own}), draws=512)
        one = Handout(coherent(projection), baseline_of(Scenario()), DAY, language)
        teller = PlanTeller(one.baseline, language, projection)
        (premise,) = teller.premise
        assert said in premise and "2021" not in premise and len(decisions(teller)) == len(own)
        changes = changes_in_words(projection.scenario, one.baseline, language)
        assert changes.lower().endswith(premise.lower()) and "2021" not in changes
        for paper in (report(one), request(one)):
            told = [part.words for part in paper.parts if isinstance(part, Paragraph)]
            assert sum(said in words for words in told) == 1
            assert not any(re.match(r"\d\. ?", words) for words in told if said in words)
        asked = next(slide for slide in plan_story(projection, one.baseline, language).slides if slide.id == ASK)
        headline = ("ask_check", "ask_one")[len(own)]
        assert unmarked(asked.headline)[0] == teller.say(headline, **first_to_check(teller, (projection,)))
        assert unmarked(asked.points[-1])[0] == premise


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_range_to_check_says_which_end_is_which(language):
    low, high = ("low ", ", high ") if language == "en" else ("低 ", "、高 ")
    for paper in ("report", "request"):
        line = re.findall(r"^\d\. ?.*$", words(files("sink", language)[paper]), re.MULTILINE)[-1]
        assert low in line and high in line


def test_the_form_is_that_of_official_documents():
    paper = opened(files("sink", "zh")["report"])
    section = paper.sections[0]
    assert abs(section.page_width - Cm(21)) < Pt(0.1) and abs(section.page_height - Cm(29.7)) < Pt(0.1)
    for side, length in MARGINS_CM.items():
        assert abs(getattr(section, f"{side}_margin") - Cm(length)) < Pt(0.1), side
    looks = {
        "Title": ("方正小标宋简体", 22),
        "Heading 1": ("黑体", 16),
        "Heading 2": ("楷体_GB2312", 16),
        "Normal": ("仿宋_GB2312", 16),
        "Footer": ("宋体", 14),
    }
    for name, (face, size) in looks.items():
        style = paper.styles[name]
        assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == face and style.font.size == Pt(size), name
    body = paper.styles["Normal"]
    assert body.paragraph_format.line_spacing == Pt(28)
    assert body.element.pPr.ind.get(qn("w:firstLineChars")) == "200"
    headings = [p.text for p in paper.paragraphs if p.style.name == "Heading 1"]
    assert [heading[:2] for heading in headings] == ["一、", "二、", "三、", "四、", "五、", "六、"]
    parts = [p.text for p in paper.paragraphs if p.style.name == "Heading 2"]
    assert parts and all(re.match("（[一二三]）", part) for part in parts)
    for footer in (section.footer, section.even_page_footer):
        assert footer.paragraphs[0].text.split() == ["—", "—"] and "PAGE" in footer._element.xml
    with ZipFile(io.BytesIO(files("sink", "zh")["report"])) as archive:
        faces = archive.read("word/fontTable.xml").decode()
    assert all(f'w:name="{face}"' in faces and f'w:val="{other}"' in faces for face, other in stand_ins().items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_and_tables_say_what_they_show(language):
    paper = opened(files("sink", language)["report"])
    assert len(paper.inline_shapes) == 2
    assert all(shape._inline.docPr.get("descr") and shape._inline.docPr.get("title") for shape in paper.inline_shapes)
    for table in paper.tables:
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
    headed = [one for one in paper.tables if one.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None]
    assert len(headed) == sum(isinstance(part, Grid) for part in report(handout(language)).parts) == 3
    assert len(paper.tables) == len(headed) + 1, "and the pictures side by side"


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
def test_same_plan_and_day_give_the_same_bytes_and_nothing_of_the_machine(language):
    one = Handout(handout(language).projection, handout(language).baseline, DAY, language)
    assert report_file(one) == files("sink", language)["report"]
    assert request_file(one) == files("sink", language)["request"]
    about = opened(files("many", language)["report"]).core_properties
    assert about.author == about.last_modified_by == "张三" and about.created.date() == DAY
    assert about.title == words(files("many", language)["report"]).split("\n")[0] and not about.comments
    with ZipFile(io.BytesIO(files("sink", language)["report"])) as archive:
        assert not [name for name in archive.namelist() if "thumbnail" in name]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PLANS)
def test_the_quality_sheet_has_all_that_the_figures_rest_on_and_room_to_sign(name, language):
    one = PLANS[name](language)
    made, weights, tested, *others, signed = opened(files(name, language)["quality"]).tables
    assert [tuple(cell.text for cell in row.cells) for row in made.rows[1:]] == list(one.passport.rows)
    rests = {id for measure in HEADLINES for id, _ in one.projection.measures[measure].rests_on}
    rests |= one.projection.scenario.assumptions.keys()
    labels = {one.baseline.assumptions[id].label[language] for id in rests}
    assert {row.cells[0].text for row in weights.rows[1:]} == labels
    assert len(tested.rows) == 1 + len(holdout_results(one.projection, one.baseline, language)) > 1
    assert len(others) == (1 if one.projection.scenario.levers else 0)
    assert all(len(table.rows) == 2 + len(one.stability.rows) for table in others)
    assert [cell.text for row in signed.rows[1:] for cell in row.cells[1:]] == 6 * [""]
    assert all(row.height >= Pt(30) for row in signed.rows[1:])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["sink", "many"])
def test_a_table_cuts_no_figure_and_begins_on_the_page_that_it_follows_on(name, language):
    paper = opened(files(name, language)["quality"])
    size = paper.styles["No Spacing"].font.size
    for table in paper.tables[1:-1]:
        for row in table.rows:
            assert row._tr.trPr.find(qn("w:cantSplit")) is not None
            for cell in row.cells:
                for figure in re.findall(r"[+−]?[\d,.]*\d%?", cell.text):
                    assert (ems(figure) + 0.6) * size < cell.width, (figure, cell.text)
        kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
        assert len(kept) > 7 and kept == [True, True, *[False] * (len(kept) - 2)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_a_report_comes_from_stands_whole_on_the_page_of_its_day(language):
    """Two lines of it stood alone on a fifth page."""
    day, sources = opened(files("sink", language)["report"]).paragraphs[-2:]
    assert day.paragraph_format.keep_with_next and sources.paragraph_format.keep_together
    assert PLANS["sink"](language).passport.hash in sources.text


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_quality_sheet_says_what_became_of_the_model_since(language):
    def said(origin: Origin) -> str:
        like = handout(language)
        one = answered_as(Handout(like.projection, like.baseline, DAY, language, origin), like)
        data = quality_file(one)
        return words(data) + "".join(cell.text for table in opened(data).tables for cell in table._cells)

    def file(version: str) -> Origin:
        return Origin(f'schema = 1\nmodel_version = "{version}"\nname = "a"\n'.encode())

    assert text("paper.quality_model_unsaved", language, version=MODEL_VERSION) in said(NOWHERE)
    assert text("paper.quality_model_same", language, version=MODEL_VERSION) in said(file(MODEL_VERSION))
    for release in releases_since("2.0.3"):
        assert release.about_numbers[0][language] in said(file("2.0.3"))


@pytest.mark.by_night
@pytest.mark.parametrize("typed", HOSTILE)
def test_what_somebody_typed_breaks_no_paper(typed):
    for made in (report_file, request_file, quality_file):
        assert opened(made(hostile(typed))).paragraphs


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_of_a_comparison_has_every_plan_and_the_figures_of_its_slides(language):
    one, paper = compared(language), opened(compared_file(language))
    who, side, _, differs = paper.tables
    assert [row.cells[0].text[2:] for row in who.rows[1:]] == list(one.names)
    plans = one.comparison.projections
    assert [row.cells[1].text for row in who.rows[1:]] == [scenario_in_words(p, one.baseline, language) for p in plans]
    for row, id in zip(side.rows[1:], HEADLINES, strict=True):
        for plan, cell in enumerate(row.cells[1:]):
            assert cell.text.startswith(one.teller.median(plan, id))
    assert len(differs.rows) == 1 + len(one.comparison.differing)
    assert len(paper.inline_shapes) == 2
    assert compared_file(language) == comparison_file(one)


@pytest.fixture(scope="module")
def printed(office: Office, tmp_path_factory: pytest.TempPathFactory) -> list[dict[tuple[str, str], int]]:
    """The pages of every paper by language and name, and of some printed again; an office starts once for all."""
    if not shutil.which("lowriter"):
        give_up("LibreOffice cannot open papers: install libreoffice-writer")
    folder = tmp_path_factory.mktemp("papers")
    papers = {}
    for language in LANGUAGES:
        made = {f"{name}-{kind}": data for name in PLANS for kind, data in files(name, language).items()}
        for name, data in (made | {"comparison": compared_file(language)}).items():
            papers[language, name] = folder / f"{name}-{language}.docx"
            papers[language, name].write_bytes(data)
    counts = []
    names = list(dict.fromkeys(name for _, name in papers))
    for again, keys in (("once", [*papers]), ("twice", [of[::-1] for of in pairs(names, LANGUAGES)])):
        office.convert_all([papers[key] for key in keys], "pdf", folder / again)
        counts.append({key: pages(folder / again / f"{papers[key].stem}.pdf") for key in keys})
    return counts


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_office_opens_every_paper_and_counts_its_pages(language, printed):
    once, twice = ({name: count for (of, name), count in one.items() if of == language} for one in printed)
    assert twice and once | twice == once and len(once) == 3 * len(PLANS) + 1
    for name, count in once.items():
        assert count == 1 if name.endswith("request") else count in PAGES, (name, count)


def pages(pdf: Path) -> int:
    told = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"Pages:\s+(\d+)", told)[1])
