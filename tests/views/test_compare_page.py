"""The Compare page: what can be compared, its sentences, its file, and the page in both languages."""

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from html import escape

import pytest
from one_page import drawn_html as drawn
from one_page import opened_page
from streamlit.testing.v1 import AppTest

from model.command_line.sweep import _as_file
from model.evidence.baseline import shipped_baseline
from model.files.library import FOLDER
from model.files.scenario_file import load_scenario
from model.outputs.compare import comparison_charts as charts
from model.outputs.compare import difference_charts
from model.outputs.compare.comparison import (
    band_in_words,
    cautions_in_words,
    choice_in_words,
    difference_in_words,
    duels_in_words,
    name_of,
    shortfalls_of_plans,
    verdict,
)
from model.outputs.compare.comparison_table import to_csv
from model.outputs.compare.sweep.executors import here
from model.outputs.compare.sweep.grid import plans_on, read_axis
from model.outputs.compare.sweep.many_plans import sweep
from model.outputs.phrasing.coherence import coherent_comparison
from model.outputs.phrasing.numbers import amount, change
from model.outputs.phrasing.odds import counts
from model.outputs.phrasing.sentences import HEADLINES, semicolons, task_name
from model.outputs.words import LANGUAGES, text
from model.projection.base_year import baseline_of
from model.projection.comparison import Comparison, Duel, Incomparable, compare
from model.projection.results import Band, Odds
from model.scenario.comparability import BASE, BASE_YEAR_FIELDS, PLAN, comparison_set
from model.scenario.scenario import ChangedAssumption, Scenario, in_language
from model.year.measures import MEASURES
from views.compare.parts import ORDER
from views.shell.address.scenario_address import to_link

HUNAN = shipped_baseline("hunan-2021")
COUNTIES = load_scenario(FOLDER / "sink-to-counties.toml")[0]
MERGED = load_scenario(FOLDER / "finish-merging.toml")[0]
BARE = tuple(replace(s, name={}, note={}, reason={}) for s in (Scenario(), COUNTIES, MERGED))
OTHER_BASE_YEAR = {
    "baseline": "elsewhere",
    "assumptions": {"crew_size": ChangedAssumption(2.0, 2.0, 2.5)},
    "reading": {"staff": "posts"},
    "staff_list": {("province", ""): (80, 30)},
}


@cache
def three() -> Comparison:
    return coherent_comparison(compare(BARE))


# Who can be compared.


@pytest.mark.parametrize("what", BASE_YEAR_FIELDS)
def test_whoever_stands_on_another_base_year_is_left_out_and_the_model_would_refuse_them(what):
    other = replace(MERGED, **{what: OTHER_BASE_YEAR[what]})
    with pytest.raises(Incomparable) as refused:
        compare([COUNTIES, other])
    scenarios = comparison_set({BASE: Scenario(), "counties": COUNTIES, "merged": MERGED, "other": other})
    assert refused.value.what == what
    assert [candidate.key for candidate in scenarios.candidates] == [BASE, "counties", "merged"]
    assert [(candidate.key, differs) for candidate, differs in scenarios.left_out] == [("other", (what,))]


def test_the_base_year_stands_where_the_largest_group_stands():
    reading = {"staff": "posts"}
    posts = [replace(scenario, reading=reading) for scenario in (COUNTIES, MERGED)]
    scenarios = comparison_set({"plain": COUNTIES, BASE: Scenario(), "one": posts[0], "two": posts[1]})
    assert [candidate.key for candidate in scenarios.candidates] == [BASE, "one", "two"]
    assert scenarios.candidates[0].scenario == Scenario(reading=reading)
    assert [candidate.key for candidate, _ in scenarios.left_out] == ["plain"]


@pytest.mark.parametrize(("months", "of_base"), [((12, 12), {"horizon_months": 12}), ((12, 24), {}), ((None, 12), {})])
def test_the_base_year_looks_as_far_ahead_as_all_plans_beside_it(months, of_base):
    """Its decisions in time would be those of other cases than the Plan page's."""
    plans = [
        COUNTIES.with_decisions(levers={**COUNTIES.levers, **({"horizon_months": n} if n else {})}) for n in months
    ]
    scenarios = comparison_set({BASE: Scenario(), "one": plans[0], "two": plans[1]})
    assert dict(scenarios.candidates)[BASE].levers == of_base


def test_of_two_groups_alike_the_one_chosen_first_is_shown_beside_its_base_year():
    scenarios = comparison_set({PLAN: replace(MERGED, reading={"staff": "posts"}), "counties": COUNTIES})
    assert [candidate.key for candidate in scenarios.candidates] == [BASE, PLAN]
    assert scenarios.base_added and scenarios.left_out[0][0].key == "counties"


@pytest.mark.parametrize("chosen", [{}, {BASE: Scenario()}])
def test_the_base_year_alone_is_no_comparison(chosen):
    assert comparison_set(chosen) is None


# What is said of it.


@pytest.mark.parametrize(
    ("wins", "losses", "better", "kind"),
    [
        (0.0, 0.0, 1, "same"),
        (1.0, 0.0, 1, "better"),
        (0.13, 0.87, 1, "worse"),
        (0.55, 0.45, 1, "open"),
        (0.13, 0.0, 1, "even"),
        (0.9, 0.1, 0, "more"),
        (0.1, 0.9, 0, "less"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verdict_follows_the_draws_and_names_all_three_counts(wins, losses, better, kind, language):
    odds = Odds(wins, losses)
    found = verdict(odds, better, language)
    assert found.kind == kind
    numbers = sorted(int(number) for number in re.findall(r"\d+", found.counts))
    assert numbers == (sorted(counts(odds)) if kind != "same" else [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_band_whose_ends_read_alike_claims_no_more_than_a_band_does(language):
    """'The same in every draw' stood over 'better in 13 draws'."""
    said = band_in_words(Band(1.0, 1.0, 1.0), "share", language)
    assert "80" in said or "八成" in said
    assert not re.search("每次|every", said)


def test_less_load_on_legal_review_is_better():
    duels = three().duels["review_load"]["total"]
    assert (duels[1, 0].difference.p50 > 0) == (duels[1, 0].odds.better < duels[1, 0].odds.worse)


def test_a_difference_is_the_one_on_common_draws_not_that_of_the_medians():
    comparison = three()
    middle = [projection.measures["case_capacity"].total.scenario.p50 for projection in comparison.projections]
    duel = comparison.duels["case_capacity"]["total"][1, 0]
    assert difference_in_words(duel, "cases a year", "en")[0] != f"{middle[1] - middle[0]:+,.0f} cases a year"
    assert difference_in_words(duel, "cases a year", "en")[0].startswith(amount(duel.difference.p50, "cases a year"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_names_the_one_who_beats_all_and_how_often(language):
    duels = three().duels["visits"]["total"]
    leader = next(i for i in range(3) if all(duels[i, j].odds.better > 0.5 for j in range(3) if j != i))
    said = duels_in_words(three(), "visits", "*", language)
    assert f"{'ABC'[leader]} " in said
    for other in {0, 1, 2} - {leader}:
        assert " / ".join(map(str, counts(duels[leader, other].odds))) in said
    assert duels_in_words(three(), "staff", "*", language) == text("compare.duels_same", language, measure="*")


def test_other_rules_and_horizons_are_said_before_the_figures():
    later = Scenario(levers={"rules": "2025", "horizon_months": 24.0})
    said = cautions_in_words(compare([Scenario(), later], draws=1024), baseline_of(later), "en")
    assert len(said) == 2
    assert "A: 2021; B: 2025" in said[0] and "60 months" in said[1]


# What a spreadsheet gets.


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_holds_every_measure_of_every_scenario_and_no_formula(language):
    names = ["=HYPERLINK(1)", "下沉到县", ' @x,"\n']
    data = to_csv(three(), names, 1, date(2026, 11, 24), language)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == 1 + len(MEASURES) * 3 and len({len(row) for row in rows}) == 1
    assert {row[3] for row in rows[1:]} == {"'=HYPERLINK(1)", "下沉到县", "' @x,\"\n"}
    visits = next(row for row in rows if row[0] == text("plan.headline_visits", language) and row[2] == "A")
    assert float(visits[4]) == pytest.approx(three().projections[0].measures["visits"].total.scenario.p50, abs=1e-3)
    assert float(visits[8]) == pytest.approx(three().duels["visits"]["total"][0, 1].difference.p50, abs=1e-3)
    assert not any(cell[:1] in ("=", "+", "@") for row in rows for cell in row)


# What the charts get.


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_has_a_row_a_scenario_and_no_number_of_theirs_in_its_specification(theme, language):
    for measure in charts.MEASURES:
        rows = charts.data(measure, three(), ["A x", "B y", "C z"], ["base", "scenario", "current"], 0)
        spec = charts.spec(charts.in_percent(measure), 3, language, theme)
        assert list(rows["order"]) == [0, 1, 2]
        assert spec["usermeta"]["embedOptions"]["renderer"] == "canvas"
        assert not any(str(value) in repr(spec) for value in rows["value"])


def test_differences_stand_about_zero_each_in_the_colour_of_its_plan():
    names, kinds = ["A x", "B y", "C z"], ["base", "scenario", "current"]
    assert len(set(difference_charts.colours([*kinds, "scenario", "scenario", "scenario"]))) == 6
    for measure in HEADLINES:
        rows = difference_charts.data(measure, three(), names, kinds, 1)
        assert list(rows["name"]) == ["A x", "C z"] and len(set(rows["colour"])) == 2
        unit = three().projections[0].measures[measure].unit
        for place, row in zip((0, 2), rows.itertuples(), strict=True):
            band = three().duels[measure]["total"][place, 1].difference
            assert row.label == change(band.p50, unit)
            assert row.low <= row.high and row.value == pytest.approx(band.p50 * (100 if unit == "share" else 1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_sentence_says_what_to_choose_for_what_only_where_it_is_clear(language):
    def said(**odds: Odds) -> str:
        def duels(id: str) -> dict:
            first = odds[id]
            both = {(0, 1): first, (1, 0): Odds(first.worse, first.better)}
            return {"total": {pair: Duel(Band(0, 0, 0), one) for pair, one in both.items()}}

        return choice_in_words(Comparison(three().projections[:2], {id: duels(id) for id in HEADLINES}, {}), language)

    for_a, for_b, is_open, same = Odds(0.7, 0.3), Odds(0.1, 0.6), Odds(0.55, 0.45), Odds(0.0, 0.0)
    words = {id: text(f"compare.want_{id}", language) for id in HEADLINES}
    split = said(visits=for_b, case_capacity=for_a, on_time_share=is_open, duty_met=same)
    assert text("compare.choose_for", language, goals=words["visits"], letter="B") in split
    assert text("compare.choose_for", language, goals=words["case_capacity"], letter="A") in split
    undecided = text("plan.list_comma", language).join((words["on_time_share"], words["duty_met"]))
    assert text("compare.choose_open", language, goals=undecided) in split
    none = said(**dict.fromkeys(HEADLINES, is_open))
    goals = text("plan.list_comma", language).join(words.values())
    nobody = text("compare.choose_none", language, goals=goals)
    short = shortfalls_of_plans(Comparison(three().projections[:2], {}, {}), language)
    assert none == semicolons([nobody, short], language) + text("plan.sentence_end", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_choice_says_of_every_plan_alike_what_it_may_not_do(language):
    """Of 100 people moved to the counties it said nothing, though six teams then may not decide their cases."""
    relief = Scenario(levers={"other_duties_cut": 0.3})
    comparison = compare([COUNTIES, relief, COUNTIES], draws=1024)
    assert {bool(projection.not_done) for projection in comparison.projections} == {True, False}
    said = choice_in_words(comparison, language)
    for letter, projection in zip("ABC", comparison.projections, strict=True):
        tasks = [
            text("compare.short_at", language, task=task_name(what, language), count=count)
            for what, count in sorted(Counter(row.what for row in projection.not_done).items())
        ]
        short = text("plan.list_comma", language).join(tasks) or text("compare.short_none", language)
        assert text("compare.short_plan", language, letter=letter, tasks=short) in said


# The page.


def opened(language: str, chosen: list[str] | None = None, **address: str) -> AppTest:
    scenarios = {"compare": "/".join(chosen)} if chosen else {}
    return opened_page("compare", language, **{"lang": language, **address, **scenarios})


def row(app: AppTest, measure: str) -> list[str]:
    found = re.search(rf'<tr data-measure="{measure}">(.*?)</tr>', drawn(app))
    return re.findall(r"<td>(.*?)</td>", found[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_opens_on_a_comparison_with_the_models_figures(language):
    app = opened(language, [BASE, "sink-to-counties", "finish-merging"])
    for measure in ORDER:
        cells = row(app, measure)
        for place, projection in enumerate(three().projections):
            result = projection.measures[measure]
            assert f"<b>{amount(result.total.scenario.p50, result.unit)}</b>" in cells[place]
    assert set(HEADLINES) < set(ORDER) and len(ORDER) == len(MEASURES)
    assert len(app.get("vega_lite_chart")) == len(HEADLINES)
    if language == "en":
        words = re.sub(r"<style.*?</style>", "", drawn(app), flags=re.DOTALL)
        assert not re.search("[\u4e00-\u9fff]", words)


def test_without_a_choice_the_plan_stands_beside_the_base_year_once_it_decides_something():
    assert opened("zh").multiselect[0].value == [BASE, "sink-to-counties"]
    assert opened("zh", other_duties_cut="0.1").multiselect[0].value == [BASE, PLAN]


def test_the_current_plan_and_its_saved_copy_are_one():
    copy = to_link(replace(COUNTIES, name={}, note={}, reason={}))
    app = opened("zh", [BASE, PLAN, "sink-to-counties"], **copy)
    assert app.multiselect[0].value == [BASE, PLAN] and len(row(app, "visits")) == 2
    name = in_language(COUNTIES.name, "zh")
    assert escape(text("compare.same_as_plan", "zh", name=name)) in drawn(app)
    other = opened("zh", [BASE, PLAN, "sink-to-counties"], other_duties_cut="0.1")
    assert other.multiselect[0].value == [BASE, PLAN, "sink-to-counties"]


def test_a_saved_plan_is_offered_once_and_its_file_again_once_it_is_changed():
    """It stood in the list as the current plan and by its own name."""
    link = {**to_link(COUNTIES), "file": "sink-to-counties"}
    name = in_language(COUNTIES.name, "zh")
    saved = opened("zh", **link).multiselect[0].options
    assert sum(name in option for option in saved) == 1, saved
    changed = opened("zh", **{**link, "other_duties_cut": "0.05"}).multiselect[0].options
    assert sum(name in option for option in changed) == 2, changed


def test_a_choice_and_a_reference_are_kept_and_change_the_table():
    app = opened("en")
    app.multiselect[0].set_value([BASE, "sink-to-counties", "finish-merging"]).run()
    assert app.session_state["compare"] == [BASE, "sink-to-counties", "finish-merging"]
    assert "verdict" not in row(app, "visits")[0] and "verdict" in row(app, "visits")[2]
    against = next(box for box in app.selectbox if box.label == text("compare.reference", "en"))
    against.set_value("finish-merging").run()
    assert not app.exception
    assert "verdict" in row(app, "visits")[0] and "verdict" not in row(app, "visits")[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_stands_on_another_base_year_is_named_and_the_rest_still_compared(language):
    app = opened(language, [BASE, PLAN, "sink-to-counties", "finish-merging", "gone"], **{"reading.staff": "posts"})
    what = text("compare.base_year_reading", language)
    name = name_of(PLAN, Scenario(reading={"staff": "posts"}), language)
    assert escape(text("compare.left_out", language, name=name, what=what)) in drawn(app)
    assert escape(text("compare.missing", language, name="gone")) in drawn(app)
    assert len(row(app, "visits")) == 3


def test_another_language_renames_what_is_chosen_and_keeps_it():
    app = opened("en")
    app.multiselect[0].set_value([BASE, "finish-merging"]).run()
    app.session_state["language"] = "zh"
    app.run()
    assert not app.exception
    assert app.multiselect[0].value == [BASE, "finish-merging"]
    assert text("plan.base_year", "zh", year=2021) in app.multiselect[0].options
    app.multiselect[0].set_value([BASE, "sink-to-counties"]).run()
    assert app.session_state["compare"] == [BASE, "sink-to-counties"]


def test_emptying_the_choice_keeps_the_comparison_on_screen():
    app = opened("en", [BASE, "sink-to-counties"])
    before = row(app, "visits")
    app.multiselect[0].set_value([BASE]).run()
    assert not app.exception
    assert row(app, "visits") == before
    assert text("compare.still_shown", "en") in [caption.value for caption in app.caption]


def test_a_name_is_shown_as_text_whatever_it_holds():
    app = opened("zh", name="<b onclick=x>:red[a] $x$", other_duties_cut="0.1")
    assert "<b onclick" not in drawn(app)
    assert "&lt;b onclick=x&gt;:red[a] $x$" in drawn(app)


def test_a_name_that_turns_the_writing_stands_letter_for_letter_in_a_place_of_its_own():
    app = opened("zh", name="שלום \u202eabc", other_duties_cut="0.1")
    assert re.search("<bdi[^>]*>[^<]*שלום \u202eabc</bdi>", drawn(app))


def test_the_choice_travels_in_the_address():
    def travelling() -> None:
        import streamlit as st

        from views.shell.address import comparison_address

        comparison_address.from_link({"compare": "_base/_plan/下沉, 到县", "against": "_plan", "lang": "zh"})
        st.session_state.chosen, st.session_state.link = list(st.session_state["compare"]), comparison_address.to_link()
        comparison_address.from_link({})
        st.session_state.empty = comparison_address.to_link()

    app = AppTest.from_function(travelling).run()
    assert app.session_state["chosen"] == ["_base", "_plan", "下沉, 到县"]
    assert app.session_state["link"] == {"compare": "_base/_plan/下沉, 到县", "against": "_plan"}
    assert app.session_state["empty"] == {}


@pytest.mark.by_night
def test_plans_of_one_name_and_one_named_like_the_base_year_are_told_apart(tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTLINE_SCENARIOS", str(tmp_path))
    plans = {"甲方案": ("甲方案", 50), "甲方案 - 副本": ("甲方案", 200), "我的现状": ("现状（2021 年）", 300)}
    for stem, (name, people) in plans.items():
        levers = f"[staff.change]\ncity = -{people}\ncounty = {people}\n"
        (tmp_path / f"{stem}.toml").write_text(f'schema = 1\nname = "{name}"\n{levers}', "utf-8")
    app = opened("zh", [BASE, *plans])
    options = app.multiselect[0].options
    assert len(set(options)) == len(options) == 2 + len(plans)
    assert all(any(stem in option for option in options) for stem in plans)
    assert "现状（2021 年）" in options, "no key of the program's own is shown"
    for chosen in plans:
        app.multiselect[0].set_value([BASE, chosen]).run()
        assert app.session_state["compare"] == [BASE, chosen]
        assert str(plans[chosen][1]) in drawn(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_plans_on_different_base_years_stand_side_by_side_without_odds(language):
    """Levels with what differs beneath; where the draws are not the same, nobody is better in n of 100."""
    page = opened_page("compare", language, baseline="guangdong-2016", compare="_plan/sink-to-counties")
    said = drawn(page)
    assert text("compare.levels_title", language) in said
    assert text("compare.levels_does_not_close", language) in said, "Guangdong as it is"
    names = ("湖南 2021", "广东 2016") if language == "zh" else ("Hunan 2021", "Guangdong 2016")
    assert all(name in said for name in names)


@pytest.mark.parametrize("key", ["x" * 300 + ":7", "a\0b:7", "..:7", ":7", ":" + "0" * 20, ":" + "é" * 20, "::"])
def test_a_link_to_what_is_not_there_says_so(key):
    page = opened_page("compare", "zh", compare=f"_base/{key}")
    assert not page.exception and text("compare.missing", "zh", name=key)[:12] in drawn(page)


# The table of a sweep.


def swept_table() -> bytes:
    grid = [read_axis("staff.change.city=-40:0:20", HUNAN)]
    return _as_file(sweep([*plans_on(Scenario(name={"zh": "下沉"}), grid, HUNAN)], draws=512, executor=here), ".csv")


@pytest.mark.parametrize("language", LANGUAGES)
def test_plans_of_a_sweep_are_compared_and_stay_after_a_reload(language):
    page = opened_page("compare", language)
    page.file_uploader[0].upload("表.csv", swept_table(), "text/csv").run()
    assert not page.exception and "表.csv" in " ".join(one.value for one in page.caption)
    assert page.button(key="swept-compare").disabled and page.button(key="swept-open").disabled
    pick = next(box for box in page.multiselect if box.key.startswith("swept-picked"))
    pick.select(pick.options[0]).select(pick.options[2]).run()
    page.button(key="swept-compare").click().run()
    assert not page.exception
    roster = drawn(page).partition('class="roster"')[2].partition("</ol>")[0]
    assert roster.count("<li>") == 2 and roster.count(">下沉<") == 2
    address = {key: value for key, value in page.query_params.items() if key != "lang"}
    again = opened_page("compare", language, **address)
    assert drawn(again).partition('class="roster"')[2].partition("</ol>")[0] == roster


def test_a_plan_of_a_sweep_is_opened_as_the_plan_on_screen():
    page = opened_page("compare", "zh")
    page.file_uploader[0].upload("表.csv", swept_table(), "text/csv").run()
    pick = next(box for box in page.multiselect if box.key.startswith("swept-picked"))
    pick.select(pick.options[1]).run()
    page.button(key="swept-open").click().run()
    assert page.query_params["staff.change.city"] in ("-20", "-40") and not page.exception


def test_what_is_no_table_of_a_sweep_says_so_and_the_last_one_stays():
    page = opened_page("compare", "zh")
    page.file_uploader[0].upload("表.csv", swept_table(), "text/csv").run()
    page.file_uploader[0].upload("方案.toml", b"schema = 1", "text/plain").run()
    assert "方案.toml：不是批量推演的结果表" in drawn(page)
    assert "表.csv" in " ".join(one.value for one in page.caption)
