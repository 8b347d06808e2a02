"""What is made of a final version says so everywhere, and of a draft made after it that it is one."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from zipfile import ZipFile, is_zipfile

import pytest
from handouts import DAY, answered_as, handout
from thorough import pairs
from told_stories import names, of_six, six

from model.files.library import Final
from model.outputs.handout.handout import Handout
from model.outputs.handout.origin import NOWHERE, Finality, Origin, declaration
from model.outputs.handout.passport import comparison_passport
from model.outputs.package import package
from model.outputs.story.plan_story import plan_story
from model.outputs.story.story import COVER, with_passport
from model.outputs.words import LANGUAGES, text
from model.projection.base_year import baseline_of

SAYS_IT = ("report.docx", "request.docx", "quality.docx", "slides.pptx", "workbook.xlsx", "brief.html", "passport.txt")
"""Parts that say which version it is; of the others those with a line of their own making have the word."""
MARKED = ("inspection-plan.xlsx", "pictures/visits.svg", "tables/prefectures.csv")


def finality(is_final: bool = True, author: str = "王芳", visits: float = 0.0) -> Finality:
    projection = handout("zh").projection
    declared = declaration(projection, 64 * "a", author)
    if visits:
        figures = dict(declared.figures)
        figures["visits"] = {**figures["visits"], "plan": (visits, visits, visits)}
        declared = replace(declared, figures=figures)
    return Finality(Final(7, 64 * "b", datetime(2026, 11, 28, 6, 3, tzinfo=UTC), declared), is_final)


def of(language: str, finality: Finality) -> Handout:
    like = handout(language)
    return answered_as(Handout(like.projection, like.baseline, DAY, language, Origin(finality=finality)), like)


def words(data: bytes) -> str:
    """All words of a file, whatever its kind."""
    if not is_zipfile(io.BytesIO(data)):
        return unescape(data.decode("utf-8-sig"))
    with ZipFile(io.BytesIO(data)) as parts:
        found = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")]
    return unescape(re.sub(r"<[^>]+>", "", "".join(found)))


@pytest.mark.by_night
@pytest.mark.parametrize(("language", "is_final"), pairs(LANGUAGES, [True, False]))
def test_every_part_of_a_package_says_whether_it_is_final(language, is_final):
    told = finality(is_final)
    parts = [part for part in package.PARTS if part.path in (*SAYS_IT, *MARKED)]
    made = {path: words(data) for path, data in package.files(of(language, told), parts)}
    mark = text("passport.marked", language, name="", mark=told.mark(language)).strip()
    assert len(made) == len(SAYS_IT) + len(MARKED)
    assert [path for path in SAYS_IT if told.sentence(language) not in made[path]] == []
    assert [path for path in MARKED if mark not in made[path]] == []
    assert not re.search(re.escape(text("passport.finality", language)), words(made_of_none(language)))


def made_of_none(language: str) -> bytes:
    (part,) = (part for part in package.PARTS if part.path == "passport.txt")
    return part.build(handout(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slide_has_the_mark_at_its_foot_and_the_cover_says_which_version(language):
    told = of(language, finality())
    story = with_passport(plan_story(told.projection, told.baseline, language), told.passport)
    assert story.title == told.passport.title != told.passport.name
    (cover,) = (slide for slide in story.slides if slide.id == COVER)
    assert cover.points[-2] == finality().sentence(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_that_read_otherwise_than_when_they_were_declared_final_stand_beside_them(language):
    label = text("passport.declared_figures", language)
    now = handout(language).projection.measures["visits"].total.scenario.p50
    same, other = (of(language, finality(visits=visits)) for visits in (now, 12_345.0))
    assert label not in dict(same.passport.rows)
    assert "12,345" in dict(other.passport.rows)[label]
    draft = of(language, finality(is_final=False, visits=12_345.0))
    assert label not in dict(draft.passport.rows), "of a draft other figures are what was asked for"


def test_a_version_declared_by_nobody_known_names_nobody():
    assert "None" not in finality(author="").sentence("zh") and "王芳" in finality().sentence("zh")
    assert finality(author="").sentence("zh") == finality().sentence("zh").replace("王芳 ", "")


def test_the_files_of_a_comparison_say_which_of_its_plans_are_final():
    compared, scenarios = six(), [projection.scenario for projection in six().projections]
    origins = [NOWHERE, Origin(finality=finality()), Origin(finality=finality(is_final=False)), *3 * [NOWHERE]]
    made = comparison_passport(compared, scenarios, names("zh"), baseline_of(scenarios[0]), DAY, "zh", origins)
    rows = dict(made.rows)
    assert rows[text("passport.finality_of", "zh", letter="B")] == finality().sentence("zh")
    assert rows[text("passport.finality_of", "zh", letter="C")] == finality(is_final=False).sentence("zh")
    story = with_passport(of_six("zh"), made)
    assert f"B {finality().sentence('zh')}" in story.slides[0].points[-2]
    assert story.title == of_six("zh").title
