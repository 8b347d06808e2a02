"""The nation as a base year (tests/support/nation.py): 93 teams under 31 provinces, typed into the workbook."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from nation import ID, keep_nation
from one_page import drawn_html, opened_page
from thorough import IS_THOROUGH, some

from model import Scenario, load, project
from model.command_line.main import main
from model.evidence.base_year_folders import find_baseline
from model.evidence.baseline import Baseline
from model.files.base_years.store import BaseYears
from model.files.tables.staff_list import mid_split, read_staff_list
from model.outputs.answers import moves
from model.outputs.handout.handout import Handout
from model.outputs.inspections.inspection_tables import inspection_tables
from model.outputs.package import package
from model.outputs.phrasing.coherence import coherent
from model.outputs.phrasing.scenario_text import saved_text
from model.outputs.phrasing.sentences import place
from model.outputs.prefectures.staff_list_template import template_csv
from model.outputs.story.plan_story import plan_story
from model.outputs.words import LANGUAGES, keys, text
from model.scenario.levers import levers as levers_of

DRAWS = 1024
"""Of which some 300 are kept."""
PLAN = Scenario(baseline=ID, levers={"staff.change.city": -300.0, "staff.change.county": 300.0})
COMMANDS = (
    ("project",),
    ("not-done",),
    ("explain",),
    ("stability",),
    ("compare",),
    ("best-plan", "--goal", "visits"),
    ("targets", "--target", "on_time_share >= 0.5"),
    ("worth",),
)
LONG_COMMANDS = (("robust", "--goal", "visits"), ("frontier",), ("ask-first",)) if IS_THOROUGH else ()
"""Those that take 20 to 80 seconds of the processor."""
PAGES = ("prefectures", "plan", "compare", "decide", "present", "evidence", "base_years")


@pytest.fixture(scope="module", autouse=True)
def nation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Baseline]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRONTLINE_BASELINES", str(tmp_path_factory.mktemp("own")))
        assert keep_nation(BaseYears()) == ID
        yield find_baseline(ID)


@pytest.fixture(scope="module")
def handout(nation: Baseline) -> Handout:
    return Handout(coherent(project(PLAN, baseline=nation, draws=DRAWS)), nation, date(2026, 11, 27), "zh")


def test_it_has_the_bodies_of_the_published_count(nation):
    assert len(nation.pools) == 3 * 31
    assert nation.derived["bodies_total"] == 2883 and nation.mid("bodies_county") == 2404


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_team_has_a_name_of_its_own(nation, language):
    names = [place(*pool, nation, language) for pool in nation.pool_names]
    assert len({*names}) == 93
    assert {"河北省省级", "河北省市级", "河北省区县"} <= {*names} or {
        "Hebei province",
        "Hebei cities",
        "Hebei counties",
    } <= {*names}


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_staff_list_is_read_back(nation, language):
    listed, problems = read_staff_list(template_csv(nation, language), "list.csv", nation)
    assert problems == []
    assert listed is not None and listed.staff_list == mid_split(nation)


def test_a_plan_that_moves_people_of_a_province_is_saved_and_mapped_there(nation, tmp_path):
    """The people of a provincial bureau stand in the square of their province."""
    levers = {
        **{"staff.change.province": -20.0, "staff.change.county": 20.0},
        "staff.moves": {"province.河北省": -20.0, "county.hebei": 20.0},
    }
    file = tmp_path / "plan.toml"
    file.write_text(saved_text(Scenario(baseline=ID, levers=levers), nation, "zh"), encoding="utf-8")
    plan = load(file)
    assert plan.levers == levers
    squares = moves.squares(moves.added(plan, nation), nation, "zh", "light")
    assert len(squares) == 31
    (hebei,) = [one for one in squares if one.parts]
    assert hebei.parts == ("省 −20", "县 +20")


def test_every_lever_stands_within_its_bounds_with_room_above(nation):
    """492,400 off-site checks are more than a province's bound of 100,000."""
    numbers = [lever for lever in levers_of(nation).values() if lever.low is not None and not lever.is_fixed]
    assert [lever.id for lever in numbers if not lever.low <= lever.base <= lever.high] == []
    assert levers_of(nation)["offsite_checks"].high > 1.5 * nation.derived["offsite_checks_a_year"]
    shown = opened_page("present", "zh", baseline=ID)
    assert not shown.exception and "未能算出" not in drawn_html(shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_rows_of_a_table_of_its_inspections_have_one_name(nation, language):
    told = Handout(coherent(project(PLAN, baseline=nation, draws=DRAWS)), nation, date(2026, 11, 27), language)
    (table,) = [one for one in inspection_tables(told) if one.id == "prefectures"]
    names = [row[0] for row in table.rows]
    assert len({*names}) == len(names) == 62


def test_a_typed_figure_is_not_quoted_as_a_sentence_of_a_report(handout):
    situation = plan_story(handout.projection, handout.baseline, "zh").slides[1]
    assert len(situation.figures) > 1 and not any(figure.lines for figure in situation.figures)
    assert len(situation.notes) > 1 and all("来源：生态环境部" in note and "“" not in note for note in situation.notes)


@pytest.mark.parametrize("command", [*some(COMMANDS, 3), *LONG_COMMANDS], ids=lambda command: command[0])
def test_every_question_is_answered(command, nation, tmp_path, capsys):
    file = tmp_path / "plan.toml"
    file.write_text(saved_text(PLAN, nation, "zh"), encoding="utf-8")
    name, *more = command
    assert main([name, str(file), *more, "--draws", str(DRAWS), "--language", "zh"]) == 0
    told = capsys.readouterr().out
    assert len(told) > 500 and not re.search(r"\b(nan|inf)\b", told, re.IGNORECASE)


@pytest.mark.parametrize("part", some(package.PARTS, 3), ids=lambda part: part.path)
def test_every_part_of_the_package_is_made(part, handout):
    assert part.build(handout)


@pytest.mark.parametrize("page", some(PAGES, 2))
def test_every_page_is_drawn(page):
    shown = opened_page(page, "zh", baseline=ID)
    assert not shown.exception
    assert "长沙" not in drawn_html(shown)


@pytest.mark.parametrize(("language", "own", "others"), [("zh", "省份", "市州"), ("en", "Provinces", "Prefectures")])
def test_its_places_are_provinces(nation, language, own, others):
    named = nation.names_in(language)
    assert text("pages.prefectures", named) == own and text("pages.prefectures", language) == others
    assert text("terms.tier_city", named) == text("terms.tier_city", language)
    assert [key for key in keys() if others in text(key, named) or "市州" in text(key, named)] == []
