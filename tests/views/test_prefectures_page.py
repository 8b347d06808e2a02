"""The Prefectures page: map, card, table and its file, where people go, the reader's own staff list."""

import csv
import io
import itertools
import re
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest
from one_page import drawn_html as drawn
from one_page import opened_page, table_cells
from printed_figures import assert_adds_up
from streamlit.testing.v1 import AppTest
from thorough import pairs

from model import ChangedAssumption, Projection, Scenario, project, shipped_baseline
from model.evidence.base_year_folders import find_baseline
from model.files.tables.staff_list import mid_split
from model.force.staff import staffing
from model.outputs.charts.palette import MINIMUM, SCENARIO
from model.outputs.phrasing.coherence import coherent
from model.outputs.prefectures import prefecture_table, spread_table, tile_map
from model.outputs.prefectures.prefecture_card import card, people_by_pool
from model.outputs.prefectures.staff_list_template import template_csv
from model.outputs.prefectures.tile_map import CHANGE, CHANGE_STEPS, KINDS, SHOWN, STEPS, VALUE, contrast, ink_on, mixed
from model.outputs.words import LANGUAGES, text
from model.projection.base_year import base_year_of
from model.projection.results import Band
from model.scenario.settings import settings
from views.shell.address.scenario_address import to_link

BASELINE = shipped_baseline("hunan-2021")
IDS = [p.id for p in BASELINE.prefectures]
MOVED = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0})
IMPOSSIBLE = {"low": "12", "mid": "13", "high": "14", "reason": "x"}
NEIGHBOURS = [
    ("zhangjiajie", "changde"),
    ("zhangjiajie", "xiangxi"),
    ("xiangxi", "huaihua"),
    ("changde", "yiyang"),
    ("yueyang", "changsha"),
    ("yiyang", "changsha"),
    ("yiyang", "loudi"),
    ("changsha", "xiangtan"),
    ("huaihua", "loudi"),
    ("loudi", "shaoyang"),
    ("loudi", "xiangtan"),
    ("xiangtan", "zhuzhou"),
    ("xiangtan", "hengyang"),
    ("shaoyang", "hengyang"),
    ("shaoyang", "yongzhou"),
    ("hengyang", "chenzhou"),
    ("yongzhou", "chenzhou"),
]


@cache
def moved() -> Projection:
    return project(MOVED)


def drawn_map(measure: str, kind: str = VALUE, language: str = "zh", theme: str = "light") -> tile_map.TileMap:
    return tile_map.tile_map(moved(), BASELINE, measure, kind, language, theme)


# The map.


def test_every_prefecture_has_a_square_of_its_own_and_neighbours_touch():
    places = tile_map.grid(BASELINE.prefectures)
    assert len(set(places.values())) == 14
    for one, other in NEIGHBOURS:
        assert np.abs(np.subtract(places[one], places[other])).sum() == 1, (one, other)


def test_north_lies_above_and_east_to_the_right():
    places = tile_map.grid(BASELINE.prefectures)
    assert places["yueyang"][0] < places["hengyang"][0] < places["chenzhou"][0]
    assert places["huaihua"][1] < places["loudi"][1] < places["zhuzhou"][1]


def test_a_baseline_without_a_grid_is_shown_in_reading_order():
    bare = [replace(p, tile=None) for p in BASELINE.prefectures]
    places = tile_map.grid([*bare[:-1], BASELINE.prefectures[-1]])
    assert [places[id] for id in IDS] == [divmod(k, 4) for k in range(14)]


def test_squares_bear_short_names():
    names = {tile.prefecture: tile.name for tile in drawn_map("visits").tiles}
    assert names["changsha"] == "长沙"
    assert names["xiangxi"] == "湘西"
    assert {tile.name for tile in drawn_map("visits", language="en").tiles} >= {"Changsha", "Xiangxi"}


@pytest.mark.parametrize("measure", SHOWN)
def test_the_value_written_is_the_projections_and_more_is_never_paler(measure):
    values = {id: paired.scenario.p50 for id, paired in moved().measures[measure].prefectures.items()}
    tiles = drawn_map(measure).tiles
    ranks = {mixed(SCENARIO, strength, "light"): k for k, strength in enumerate(STEPS["light"])}
    steps = [ranks[tile.colour] for tile in sorted(tiles, key=lambda tile: values[tile.prefecture])]
    assert steps == sorted(steps)
    for tile in tiles:
        number = float(tile.written.replace(",", "").rstrip("%")) / (100 if "%" in tile.written else 1)
        assert number == pytest.approx(values[tile.prefecture], abs=0.51 if values[tile.prefecture] > 10 else 0.06)


def test_where_all_read_alike_no_difference_is_painted():
    assert {tile.written for tile in drawn_map("duty_met").tiles} == {"100%"}
    assert len({tile.colour for tile in drawn_map("duty_met").tiles}) == len(drawn_map("duty_met").legend) == 1


@pytest.mark.parametrize(("measure", "better"), [("visits", 1), ("review_load", -1), ("staff", 1)])
def test_on_a_change_blue_is_better_whichever_way_that_lies(measure, better):
    blue = {mixed(SCENARIO, strength, "light") for strength in CHANGE_STEPS["light"]}
    orange = {mixed(MINIMUM, strength, "light") for strength in CHANGE_STEPS["light"]}
    seen = set()
    for tile in drawn_map(measure, CHANGE).tiles:
        sign = better * (0 if tile.written == "0" else -1 if tile.written.startswith("−") else 1)
        assert (tile.colour in blue) == (sign > 0), tile
        assert (tile.colour in orange) == (sign < 0), tile
        seen.add(sign)
    assert seen - {0}, "the plan must change something for this to prove anything"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_ink_reads_on_every_step_and_steps_can_be_told_apart(theme):
    values = [mixed(SCENARIO, strength, theme) for strength in STEPS[theme]]
    weak, strong = CHANGE_STEPS[theme]
    changes = [mixed(hue, s, theme) for hue, s in [(MINIMUM, strong), (MINIMUM, weak)]]
    changes += [mixed(SCENARIO, s, theme) for s in (0.0, weak, strong)]
    for scale in (values, changes):
        assert all(contrast(ink_on(colour), colour) >= 4.5 for colour in scale)
    for one, other in itertools.pairwise(values):
        assert contrast(one, other) >= 1.15, (one, other)
    for hue in (changes[1::-1], changes[3:]):
        for one, other in itertools.pairwise([changes[2], *hue]):
            assert contrast(one, other) >= 1.3, (one, other)


def test_a_square_is_marked_where_something_may_not_be_done():
    undone = {tile.prefecture for tile in drawn_map("staff").tiles if tile.undone}
    assert undone == {row.prefecture for row in moved().not_done} - {""}
    assert "changsha" in undone


# One prefecture.


def test_people_of_all_pools_add_up_and_follow_the_moves():
    people = people_by_pool(MOVED, BASELINE)
    base, plan = (sum(getattr(pair, year).p50 for pair in people.values()) for year in ("base", "scenario"))
    # Every draw adds up to 2,359; the medians of pools whose need is drawn do so only nearly.
    drawn_base = base_year_of(MOVED, BASELINE)
    for levers in ({}, MOVED.levers):
        people_of_draws = staffing(BASELINE, drawn_base.assumed, settings(levers, BASELINE)).people
        np.testing.assert_allclose(people_of_draws.sum(axis=1), 2359, rtol=1e-9)
    assert base == pytest.approx(2359, rel=0.003)
    assert plan == pytest.approx(2359, rel=0.003)
    gone = sum(pair.difference.p50 for (tier, _), pair in people.items() if tier == "city")
    assert gone == pytest.approx(-100, abs=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_says_what_binds_and_what_is_not_done_with_its_probability(language):
    about = card(moved(), people_by_pool(MOVED, BASELINE), BASELINE, "changsha", language)
    row = next(row for row in moved().not_done if row.prefecture == "changsha")
    assert len(about.binds) == 2
    assert str(round(row.probability * 100)) in about.missing[0]
    assert text("plan.missing_legal_minimum", language) in " ".join(about.missing)
    assert [line.part for line in about.lines[:4]] == [False, True, True, False]
    assert card(moved(), people_by_pool(MOVED, BASELINE), BASELINE, "huaihua", language).missing == ()


# The table and its file.


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_adds_up_and_every_heading_of_numbers_has_its_unit(language):
    table = prefecture_table.frame(moved(), BASELINE, language)
    assert list(table["prefecture"]) == [p.short[language] for p in BASELINE.prefectures]
    assert table["need"].sum() == pytest.approx(100, abs=0.5)
    assert table["staff_base"].sum() < 2359, "the province's own people belong to no prefecture"
    for column in table:
        unit = re.search(r"[(（].+[)）]", prefecture_table.heading(column, language))
        assert unit or prefecture_table.decimals(column) is None, column


@pytest.mark.parametrize("measure", SHOWN)
def test_the_table_is_of_the_measure_on_the_map_and_adds_up_as_printed(measure):
    app = opened("en", **to_link(MOVED))
    control(app, "map-measure").set_value(measure).run()
    shown = table_cells(app)
    label, people = text(f"terms.measure_{measure}", "en"), people_by_pool(MOVED, BASELINE)
    for place, *cells in zip(IDS, *(shown[column] for column in prefecture_table.PARTS), strict=True):
        assert_adds_up(*cells[:3], where=place)
        for line in card(coherent(moved()), people, BASELINE, place, "en").lines:
            if line.label == label:
                assert cells == [line.base, line.plan, line.change, line.band]
    assert {"0", "−7", "+1"} <= {*shown["change" if measure == "staff" else "staff_change"]}
    assert "+0" not in itertools.chain(*shown.values())


def test_changes_are_written_with_their_sign_and_none_as_nothing():
    written = {
        column: [write(value) for value in (-7.0, 0.0, 1112.0)] for column, write in prefecture_table.CHANGES.items()
    }
    assert written == {column: ["−7", "0", "+1,112"] for column in ("staff_change", "visits_change")}


def test_without_a_decision_there_is_no_change_to_show():
    base = project(Scenario())
    assert not [
        column for column in prefecture_table.frame(base, BASELINE, "zh") if column.endswith(("_change", "_base"))
    ]
    columns = ["prefecture", "need", "staff", "base", "band", "bottleneck"]
    assert list(prefecture_table.of_measure(base, BASELINE, "visits", "zh")) == columns


def test_the_file_is_read_by_a_spreadsheet_and_holds_no_formula():
    data = prefecture_table.to_csv(moved(), BASELINE, "=HYPERLINK(1)", date(2026, 11, 24), "zh")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == 14
    assert {row["方案"] for row in rows} == {"'=HYPERLINK(1)"}
    assert rows[0]["市州"] == "长沙"
    assert float(rows[0]["检查增减（家次/年）"]) == round(
        moved().measures["visits"].prefectures["changsha"].difference.p50
    )
    assert rows[0]["种子"] == "1"


# Where people go.


def test_a_table_of_weights_starts_from_need_and_comes_back_as_it_was():
    start = spread_table.frame("bodies", BASELINE, "zh")
    assert list(start["weight"]) == list(start["need"])
    weights, problems = spread_table.read([3.0, None, float("nan"), *[0.0] * 11], BASELINE, "zh")
    assert (weights, problems) == ({"changsha": 3.0}, [])
    again = spread_table.frame(weights, BASELINE, "zh")
    assert list(again["weight"]) == [3.0] + [0.0] * 13


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_table_is_refused_whole_and_every_wrong_weight_is_named(language):
    weights, problems = spread_table.read([-1.0, 2.0, 2e6, *[0.0] * 11], BASELINE, language)
    assert weights is None
    assert len(problems) == 2
    assert BASELINE.prefectures[0].short[language] in problems[0]
    assert BASELINE.prefectures[2].short[language] in problems[1]
    assert spread_table.read([0.0] * 14, BASELINE, language)[0] is None


# The page.


def opened(language: str = "en", **address: str) -> AppTest:
    return opened_page("prefectures", language, **address)


MOVES = {"staff.change.city": "-100", "staff.change.county": "100"}


def written(page: AppTest) -> str:
    return "\n".join(one.value for one in [*page.text, *page.caption])


def button(page: AppTest, key: str):
    return next(one for one in page.button if one.key == key)


def control(page: AppTest, key: str):
    return next(one for one in page.button_group if one.key.startswith(key))


def upload(page: AppTest, data: bytes, name: str = "list.csv") -> None:
    box = next(one for one in page.file_uploader if one.key.startswith("staff-list"))
    box.upload(name, data, "text/csv").run()
    assert not page.exception


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_opens_on_the_base_year_with_map_card_and_table(language):
    page = opened(language)
    tiles = [one for one in page.button if one.key.startswith("tile-")]
    assert {one.key.removeprefix("tile-") for one in tiles} == set(IDS)
    unit = text("terms.unit_visits_a_year", language)
    assert all(unit in one.label for one in tiles)
    assert len(page.dataframe[0].value) == 14
    assert text("prefectures.spread_idle", language) in written(page)
    assert not [key for key in ("undefined", "nan", "None") if key in drawn(page)]


@pytest.mark.parametrize(("measure", "kind"), pairs(SHOWN, KINDS))
def test_every_measure_can_be_mapped_with_its_unit(measure, kind):
    page = opened(**MOVES)
    control(page, "map-measure").set_value(measure)
    control(page, "map-kind").set_value(kind).run()
    assert not page.exception
    assert text(f"terms.measure_{measure}", "en") in drawn(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_arrows_show_who_goes_where_and_a_line_who_changes_tier(language):
    by_place = opened(language, **{"staff.moves.city.changsha": "-9", "staff.moves.city.yueyang": "9"})
    names = [next(p.short[language] for p in BASELINE.prefectures if p.id == id) for id in ("changsha", "yueyang")]
    said = text("prefectures.flow", language, origin=names[0], goal=names[1], people="9")
    assert 'class="map-arrows"' in drawn(by_place) and said in drawn(by_place)
    assert 'class="tier-flows"' not in drawn(by_place), "nobody changes tier"
    by_tier = opened(language, **{"staff.change.city": "-100", "staff.change.county": "100"})
    tiers = [text(f"terms.tier_{tier}", language) for tier in ("city", "county")]
    said = text("prefectures.flow", language, origin=tiers[0], goal=tiers[1], people="100")
    assert 'class="map-arrows"' not in drawn(by_tier) and said in drawn(by_tier)


def test_a_square_chosen_shows_its_prefecture_and_survives_another_language():
    page = opened(**MOVES)
    button(page, "tile-huaihua").click().run()
    assert "<h3>Huaihua</h3>" in drawn(page)
    control(page, "speak").set_value("zh").run()
    assert "<h3>怀化市</h3>" in drawn(page)


def test_where_people_go_is_the_lever_of_the_plan_page():
    page = opened(**MOVES)
    before = button(page, "tile-changsha").label
    control(page, "where-people-go").set_value("need").run()
    assert page.session_state.scenario.levers["staff.spread"] == "need"
    assert button(page, "tile-changsha").label != before
    button(page, "undo").click().run()
    page.run()
    assert "staff.spread" not in page.session_state.scenario.levers
    assert button(page, "tile-changsha").label == before


def test_an_own_table_counts_only_once_it_is_applied():
    page = opened(**MOVES)
    control(page, "where-people-go").set_value("table").run()
    assert "staff.spread" not in page.session_state.scenario.levers
    assert text("prefectures.weights_unused", "en", choice=text("plan.choice_staff_spread_bodies", "en")) in written(
        page
    )
    button(page, "weights-apply").click().run()
    weights = page.session_state.scenario.levers["staff.spread"]
    assert sum(weights.values()) == pytest.approx(100, abs=0.5)
    assert text("prefectures.weights_applied", "en") in written(page)
    control(page, "where-people-go").set_value("bodies").run()
    assert "staff.spread" not in page.session_state.scenario.levers


@pytest.mark.parametrize("language", LANGUAGES)
def test_shares_that_do_not_average_to_the_whole_are_explained_where_they_stand(language):
    """76.0 % of the whole lay below every prefecture but Changsha: medians, not weights nor the province's own."""
    page = opened(language, **MOVES)
    projection = page.session_state.last_projection
    note = prefecture_table.average_note(projection, language)
    assert note and note in written(page)
    result = projection.measures["on_time_share"]
    even = dict.fromkeys(result.prefectures, result.total)
    same = replace(projection, measures={**projection.measures, "on_time_share": replace(result, prefectures=even)})
    assert prefecture_table.average_note(same, language) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_as_it_is_changes_nothing(language):
    """An assumed split taken for a known one: 6,210 cases that can be handled became 5,929."""
    page = opened(language)
    before = page.session_state.scenario, page.session_state.last_projection.measures
    upload(page, template_csv(BASELINE, language))
    assert (page.session_state.scenario, page.session_state.last_projection.measures) == before
    assert text("prefectures.list_untouched", language, file="list.csv") in written(page)
    upload(page, list_of_one_moved(language))
    assert page.session_state.scenario.staff_list
    assert text("prefectures.list_untouched", language, file="list.csv") not in written(page)


def list_of_one_moved(language: str) -> bytes:
    """The template's list with one person of Zhuzhou's counties at Xiangtan's."""
    rows = list(csv.reader(io.StringIO(template_csv(BASELINE, language).decode("utf-8-sig"))))
    pools = list(mid_split(BASELINE))
    for place, more in (("zhuzhou", -1), ("xiangtan", 1)):
        row = rows[1 + pools.index(("county", place))]
        row[2] = str(int(row[2]) + more)
    return "\n".join(map(",".join, rows)).encode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_good_list_is_used_shown_and_dropped_again(language):
    page = opened(language)
    upload(page, list_of_one_moved(language))
    seats = page.session_state.scenario.staff_list
    assert len(seats) == 29
    assert text("prefectures.list_loaded", language, people="2,359", frontline="1,504", pools="29") in drawn(page)
    staff = page.session_state.last_projection.measures["staff"].prefectures["changsha"].base
    people = seats["city", "changsha"][0] + seats["county", "changsha"][0]
    assert staff == Band(people, people, people), "who sits where is no longer assumed"
    button(page, "staff-list-drop").click().run()
    assert page.session_state.scenario.staff_list == {}
    button(page, "undo").click().run()
    assert page.session_state.scenario.staff_list == seats


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bad_list_is_refused_whole_and_each_wrong_cell_is_named(language):
    page = opened(language, **MOVES)
    before = page.session_state.scenario
    rows = template_csv(BASELINE, language).decode("utf-8-sig").splitlines()
    rows[2] = re.sub(r",\d+,", ",-5,", rows[2])
    rows[3] = re.sub(r",\d+,", ",<b>many</b>,", rows[3])
    upload(page, "\n".join(rows).encode(), "**x** <b>.csv")
    said = written(page)
    assert text("prefectures.list_refused", language, file="**x** <b>.csv", count="2") in said
    assert "C3" in said and "-5" in said and "C4" in said and "<b>many</b>" in said
    assert "<b>many" not in drawn(page)
    assert page.session_state.scenario == before
    button(page, "staff-list-dismiss").click().run()
    assert "C3" not in written(page)


def test_a_list_that_the_plans_moves_do_not_fit_is_refused_and_says_so():
    page = opened(**{"staff.change.city": "-520", "staff.change.county": "520"})
    assert page.session_state.scenario.levers
    before = page.session_state.scenario
    rows = list(csv.reader(io.StringIO(template_csv(BASELINE, "en").decode("utf-8-sig"))))
    city, county = ([row for row in rows if row[0] == tier] for tier in ("City", "County"))
    for one, other in zip(city, county, strict=True):
        other[2] = str(int(other[2]) + 10)
        one[2] = str(int(one[2]) - 10)
        one[3], other[3] = str(int(one[3]) - 6), str(int(other[3]) + 6)
    upload(page, "\n".join(map(",".join, rows)).encode())
    assert page.session_state.scenario == before
    assert text("prefectures.list_does_not_fit", "en", count="1") in written(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_assumptions_that_do_not_fit_are_refused_in_words_and_nothing_vanishes(language):
    page = opened(language, **MOVES)
    tiles = [one.label for one in page.button if one.key.startswith("tile-")]
    page.session_state.past = (page.session_state.scenario,)
    changed = {"complaint_days": ChangedAssumption(12.0, 13.0, 14.0, "x")}
    page.session_state.scenario = replace(page.session_state.scenario, assumptions=changed)
    page.run()
    assert text("plan.too_few_title", language) in drawn(page)
    assert text("plan.still_shown", language) in written(page)
    assert [one.label for one in page.button if one.key.startswith("tile-")] == tiles
    button(page, "take-back").click().run()
    assert text("plan.too_few_title", language) not in drawn(page)


def test_a_link_with_assumptions_that_do_not_fit_opens_with_a_message_in_place_of_the_map():
    page = opened(**{f"assumptions.complaint_days.{key}": value for key, value in IMPOSSIBLE.items()})
    assert text("plan.too_few_title", "en") in drawn(page)
    assert text("prefectures.nothing_yet", "en") in drawn(page)
    assert not page.dataframe


def list_of(people: int) -> bytes:
    """The template's list with so many people more at the counties of Changsha."""
    rows = list(csv.reader(io.StringIO(template_csv(BASELINE, "zh").decode("utf-8-sig"))))
    row = next(k for k, line in enumerate(rows) if "县级" in line and any("长沙" in cell for cell in line))
    numbers = [k for k, cell in enumerate(rows[row]) if cell.isdigit()]
    rows[row][numbers[0]] = str(int(rows[row][numbers[0]]) + people)
    return "\n".join(map(",".join, rows)).encode()


def test_a_list_of_another_total_can_be_a_base_year_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTLINE_BASELINES", str(tmp_path))
    page = opened_page("prefectures", "zh")
    upload(page, list_of(91))
    assert any("2,450" in one.value and "2,359" in one.value for one in page.text)
    next(one for one in page.button if one.key == "list-own").click().run()
    assert not page.exception
    own = find_baseline(page.query_params["baseline"])
    assert own.staff_total == 2450
    changsha = own.pool_names.index(("county", "changsha"))
    assert own.known_heads({})[0, 0, changsha] - mid_split(BASELINE)["county", "changsha"][0] == 91


def test_a_list_of_another_total_can_be_posts_beside_the_report():
    page = opened_page("prefectures", "zh")
    upload(page, list_of(91))
    next(one for one in page.button if one.key == "list-posts").click().run()
    assert not page.exception
    assert page.query_params["staff.new_posts"] == "91"
    assert page.query_params["staff.change.county"] == "91"


def test_a_list_with_another_fault_is_no_question():
    page = opened_page("prefectures", "zh")
    upload(page, list_of(91).replace("长沙".encode(), "某地".encode(), 1))
    assert not [one for one in page.button if one.key in ("list-own", "list-posts")]
