"""One story for page and slides: its figures are the projection's, its notes name the assumptions behind them."""

import io
import json
import re
from dataclasses import replace

import pytest
from own_base_year import known_about
from pptx import Presentation
from synthetic import Size, write_baseline
from told_stories import (
    DRAWS,
    MADE_ON,
    SHIPPED,
    baseline,
    document,
    names,
    nasty,
    of_plan,
    of_six,
    passport_of,
    shipped,
    six,
)

from model import Scenario, project, read_baseline
from model.evidence.baseline import TIERS, shipped_baseline
from model.evidence.figures import FOLDER, read_rows
from model.force.people import people_by_tier
from model.outputs.compare.comparison import LETTERS
from model.outputs.evidence.listing import document as evidence_document
from model.outputs.handout.origin import NOWHERE
from model.outputs.handout.passport import Passport, comparison_passport
from model.outputs.phrasing.coherence import coherent, coherent_comparison
from model.outputs.phrasing.numbers import amount, change, count, percent, setting
from model.outputs.phrasing.odds import counts, odds_in_words
from model.outputs.phrasing.sentences import PREMISES, changes_in_words, gains_in_words, of_hundred, plan_name
from model.outputs.phrasing.typesetting import ELLIPSIS, clipped, plain
from model.outputs.story.common_slides import RESULTS
from model.outputs.story.comparison_story import comparison_story
from model.outputs.story.marks import SHAPES, unmarked
from model.outputs.story.office.slides import COLOURS, slides
from model.outputs.story.plan_story import GUESSES, plan_story
from model.outputs.story.slide_parts import Group, Text, parts_of
from model.outputs.story.story import (
    ANSWER,
    ASK,
    LIMITS,
    QUESTION,
    WHY,
    Occasion,
    Slide,
    Story,
    chapter,
    selection,
    slide_name,
    with_passport,
)
from model.outputs.words import LANGUAGES, text
from model.projection.comparison import compare
from model.projection.results import Band, Odds
from model.scenario.levers import levers
from model.year.measures import HEADLINES, MEASURE

SINK = "sink-to-counties"
CHINESE = re.compile("[\u4e00-\u9fff]")


def slide(story: Story, id: str) -> Slide:
    return next(one for one in story.slides if one.id == id)


# Every figure is the projection's.


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_without_a_name_is_called_by_what_it_decides(language):
    scenario = Scenario(levers={"other_duties_cut": 0.1})
    hunan = shipped_baseline("hunan-2021")
    story = plan_story(coherent(project(scenario)), hunan, language)
    assert text("plan.untitled", language) not in (story.title, story.slides[0].headline)
    assert story.title == story.slides[0].headline == clipped(changes_in_words(scenario, hunan, language), 44)


CALLED = {"zh": "市级一线占比 58% → 70%，另 3 项", "en": "Frontline share at the cities 58% → 70% and 3 more"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_of_more_decisions_than_its_cover_holds_is_called_by_the_first_and_how_many(language):
    decisions = {"frontline_share.city": 0.7, "frontline_share.county": 0.75, "merged_bodies": 120}
    scenario = Scenario(levers={**decisions, "other_duties_cut": 0.1})
    story = plan_story(coherent(project(scenario)), shipped_baseline("hunan-2021"), language)
    assert story.title == story.slides[0].headline == CALLED[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cover_counts_the_decisions_that_the_last_slide_asks_for(language):
    """People moved from tier to tier are one, and the rules in force none."""
    longer = {"other_duties_cut": 0.1, "rules": "2025", "decision_limit": "120"}
    scenario = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0, **longer})
    story = plan_story(coherent(project(scenario)), shipped_baseline("hunan-2021"), language)
    assert re.findall(r"\d+", story.title) == ["100", "100", "2"]
    (asked,) = (one for one in story.slides if one.id == "ask")
    assert sum(point[0].isdigit() for point in asked.points) == 1 + 2 + 1, "and the number to check"


@pytest.mark.parametrize("language", LANGUAGES)
def test_plans_under_other_rules_are_compared_as_such(language):
    """The cover gave the first plan's rules, the table a share within two limits without a word."""
    longer = {"rules": "2025", "decision_limit": "120", "other_duties_cut": 0.1, "training_days": 5.0}
    moved = {"staff.change.province": -10.0, "staff.change.city": -20.0, "staff.change.county": 30.0}
    more = {"merged_bodies": 120.0, "offsite_checks": 6000.0, "targeted_share": 0.5}
    compared = coherent_comparison(compare([Scenario(levers=longer), Scenario(levers={**moved, **more})], draws=DRAWS))
    hunan = shipped_baseline("hunan-2021")
    story = comparison_story(compared, ["A", "B"], 0, hunan, language)
    assert all(rules in story.slides[0].points[-1] for rules in ("2021", "2025"))
    assert any("120" in point for point in slide(story, "side").points)
    pages = [one for one in story.slides if chapter(one.id) == "differs"]
    rows = [row for one in pages for row in one.table.rows]
    assert len(rows) == 10 == len(compared.differing) and {len(one.table.rows) for one in pages} == {5}
    assert re.findall(r"\d+", pages[0].headline) == ["7"], "people moved are one, the rules in force are none"
    premise = text("story.column_premise", language, label=levers(hunan)["rules"].label[language])
    assert sum(row[0] == premise for row in rows) == 1


WITHIN_TIERS = {"staff.moves": {"city.changsha": -20.0, "city.xiangxi": 20.0}}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("chosen", "still"), [({"from_approvals": 200.0}, False), (WITHIN_TIERS, False), ({"training_days": 5.0}, True)]
)
def test_nobody_is_said_to_stay_where_people_move_within_their_tier_or_join(chosen, still, language):
    """'Nobody moves; 6 levers change' stood over a table of 34 people moved."""
    nobody = "人数不动" if language == "zh" else "Nobody moves"
    for more in ({}, {"other_duties_cut": 0.1}):
        story = of_plan(coherent(project(Scenario(levers={**chosen, **more}), draws=DRAWS)), language)
        assert slide(story, "move").headline.startswith(nobody) == still


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_change_for_the_worse_has_the_look_of_one(language):
    """Fewer cases stood in the blue of more visits."""
    projection = shipped(SINK)
    story = of_plan(projection, language)
    answers = dict(zip(RESULTS, slide(story, ANSWER).questions, strict=False))
    figures = ({one.id: one for one in slide(story, id).figures} for id in ("gives", ASK))
    for shown in (answers, *figures):
        assert shown["visits"].look == "change" and shown["case_capacity"].look == "worse"
    drawn = [part for group in parts_of(slide(story, "gives")) if isinstance(group, Group) for part in group.parts]
    assert {"change", "worse"} <= {part.role for part in drawn if isinstance(part, Text)}


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_change_printed_as_0_has_the_look_of_neither_better_nor_worse(language):
    """'0 points' stood in the blue of better beside odds of 6 better and 50 worse."""
    moved = Scenario(levers={"staff.change.city": -200.0, "staff.change.county": 200.0})
    story = of_plan(coherent(project(moved)), language)
    figures = {one.id: one for one in slide(story, "gives").figures}
    assert figures["duty_met"].change.startswith("0") and figures["duty_met"].look == "same"
    drawn = {part.role: part for group in parts_of(slide(story, "gives")) for part in getattr(group, "parts", ())}
    assert drawn["same"].lines == (figures["duty_met"].change,)
    assert COLOURS["same"] == COLOURS["line"] not in (COLOURS["change"], COLOURS["worse"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stem", ["", *SHIPPED])
def test_the_headline_figures_are_those_of_the_json(stem, language):
    projection = shipped(stem)
    figures = {figure.id: figure for figure in slide(of_plan(projection, language), "gives").figures}
    assert tuple(figures) == HEADLINES
    for id, figure in figures.items():
        measure = document(projection)["measures"][id]
        total, unit = measure["total"], measure["unit"]
        said = " ".join((figure.change, *figure.lines))
        assert figure.value == amount(total["scenario"]["p50"], unit)
        assert figure.unit or figure.value.endswith("%")
        assert all(amount(total["scenario"][p], unit) in said for p in ("p10", "p90"))
        if stem:
            assert change(total["difference"]["p50"], unit) in figure.change
            assert figure.before == amount(total["base"]["p50"], unit)
            assert all(change(total["difference"][p], unit) in said for p in ("p10", "p90"))
            odds = odds_in_words(Odds(total["better"], total["worse"]), language, "short")
            assert unmarked(figure.lines[-1])[0] == odds


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stem", ["", SINK])
def test_the_rows_of_every_chart_are_those_of_the_json(stem, language):
    projection = shipped(stem)
    story, found = of_plan(projection, language), document(projection)
    charts = {chart.name: chart.rows for one in story.slides for chart in one.charts if one.id != WHY}
    assert set(charts) == {"visits", "cases", "days", "backlog"} | ({"people"} if stem else set())
    tier_of = {text(f"terms.tier_{tier}", language): tier for tier in TIERS}
    for name, fields in (
        ("visits", {"value": ("visits", "p50"), "low": ("visits", "p10"), "minimum": ("legal_minimum", "p50")}),
        ("cases", {"filed": ("cases_filed", "p50"), "capacity": ("case_capacity", "p50")}),
    ):
        assert len(charts[name]) == 6 if stem else 3
        for row in charts[name]:
            for field, (measure, p) in fields.items():
                assert row[field] == found["measures"][measure][tier_of[row["tier"]]][row["plan"]][p]
    for name, measure in (("days", "days_to_decision"), ("backlog", "backlog")):
        for row in charts[name]:
            assert row["p50"] == found["months"][measure][row["plan"]]["p50"][row["month"] - 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_done_and_the_months_are_those_of_the_json(language):
    projection = nasty()
    story, found = of_plan(projection, language), document(projection)
    likeliest = sorted(found["not_done"], key=lambda row: -row["probability"])
    for row, shortfall in zip(slide(story, "missing").table.rows, likeliest, strict=False):
        assert str(of_hundred(shortfall["probability"])) in row[1]
        assert count(shortfall["amount"]["p90"]) in row[2]
    assert count(len(likeliest)) in slide(story, "missing").headline
    months = found["months"]
    for series in (months["days_to_decision"]["scenario"], months["backlog"]["scenario"]):
        assert count(series["p50"][-1]) in slide(story, "months").headline


@pytest.mark.parametrize("language", LANGUAGES)
def test_totals_known_about_are_said_to_be(language):
    about = known_about(shipped_baseline("hunan-2021"), ["staff_total", "cases_total"], 0.02)
    shown = slide(plan_story(coherent(project(Scenario(), baseline=about, draws=512)), about, language), "situation")
    staff, frontline = shown.figures[:2]
    assert staff.value == text("base_year_page.about", language) + "2,359"
    assert "2,359" in staff.lines[0] and "2,406" in staff.lines[0]
    assert frontline.value == "1,504"
    assert (
        staff.value in shown.headline and unmarked(shown.headline)[1].strip() == SHAPES["assumed"] + SHAPES["reported"]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_situation_is_the_reports_own_each_figure_beside_its_sentence(language):
    base = shipped_baseline("hunan-2021")
    reported = {figure["id"]: figure for figure in evidence_document(base, [])["figures"]}
    quotes = {row["id"]: row["quote"] for row in read_rows(FOLDER / "hunan-2021" / "report.csv")}
    shown = slide(of_plan(shipped(""), language), "situation")
    assert len(shown.figures) == 6
    for figure in shown.figures:
        assert figure.value == f"{reported[figure.id]['value']:,.0f}" and figure.unit
        quote = unmarked(figure.lines[0])[0][1:-1].translate(str.maketrans("‘’", "“”"))
        assert quote == quotes[figure.id].translate(str.maketrans("‘’", "“”"))
        assert any(quote in note.translate(str.maketrans("‘’", "“”")) for note in shown.notes)


def test_people_from_approvals_count_at_the_counties_and_a_staff_list_is_the_base():
    base = shipped_baseline("hunan-2021")
    moved = Scenario(levers={"staff.change.city": -10.0, "staff.change.county": 10.0, "from_approvals": 100.0})
    assert people_by_tier(moved, base) == {"province": (77, 77), "city": (560, 550), "county": (1722, 1832)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_plans_side_by_side_show_each_its_own_figures_and_the_draws_verdict(language):
    story = of_six(language)
    for id, row in zip(HEADLINES, slide(story, "side").table.rows, strict=True):
        for place, projection in enumerate(six().projections):
            measure = document(projection)["measures"][id]
            value, verdict = row[place + 1].split("\n")
            assert value.startswith(amount(measure["total"]["scenario"]["p50"], measure["unit"]))
            duel = six().duels[id]["total"].get((place, 0))
            if duel and duel.odds.same < 1:
                assert all(re.search(rf"\b{n}\b", verdict) for n in counts(duel.odds))
    duels = six().duels["visits"]["total"]
    for i, row in enumerate(slide(story, "beats").table.rows):
        assert [cell for j, cell in enumerate(row[1:]) if j != i] == [
            " / ".join(map(str, counts(duels[i, j].odds))) for j in range(6) if j != i
        ]
    for chart, id in zip(slide(story, "bands").charts, ("visits", "case_capacity"), strict=True):
        for row, projection in zip(chart.rows, six().projections, strict=True):
            band = document(projection)["measures"][id]["total"]["scenario"]
            assert (row["low"], row["value"], row["high"]) == (band["p10"], band["p50"], band["p90"])


# The pause.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", [lambda language: of_plan(shipped(SINK), language), of_six])
def test_the_answer_comes_right_after_its_question_which_does_not_give_it_away(story, language):
    told = story(language)
    ids = [one.id for one in told.slides]
    assert ids[ids.index(QUESTION) + 1] == ANSWER
    question, answer = slide(told, QUESTION), slide(told, ANSWER)
    assert question.questions == answer.questions and question.headline != answer.headline
    said = json.dumps([question.headline, question.lead, question.points, question.notes], ensure_ascii=False)
    assert not any(one.answer in said for one in question.questions)


@pytest.mark.parametrize("stem", SHIPPED)
def test_the_right_answer_is_the_one_the_change_lies_in(stem):
    total = document(shipped(stem))["measures"]
    asked_of = slide(of_plan(shipped(stem), "en"), QUESTION).questions
    for asked, id in zip(asked_of, ("visits", "case_capacity", "on_time_share"), strict=True):
        moved = total[id]["total"]["difference"]["p50"]
        is_share = id == "on_time_share"
        size = moved if is_share else moved / total[id]["total"]["base"]["p50"]
        guesses = GUESSES["points" if is_share else "option"]
        (right,) = asked.right
        least = guesses[right - 1][0] if right else -1.0
        assert least < size <= guesses[right][0]
        assert asked.options[right].startswith(LETTERS[right])
        assert (change(moved, "share") if is_share else percent(size)).lstrip("+−") in asked.answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_wherever_results_are_told_there_are_all_three(language):
    """Decided in time, 1.6 points less, was missing where 100 people go from the cities to the counties."""
    moved = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0})
    projection = coherent(project(moved))
    story = of_plan(projection, language)
    for id in RESULTS:
        said = change(projection.measures[id].total.difference.p50, MEASURE[id].unit).lstrip("+−")
        assert said != "0"
        assert all(said in slide(story, told).headline for told in (ANSWER, "gives")), id


def test_of_the_base_year_the_audience_guesses_what_binds():
    question = slide(of_plan(shipped(""), "en"), QUESTION).questions[0]
    held = [pool["scenario"] for pool in document(shipped(""))["bottlenecks"]]
    assert (
        text(f"terms.constraint_{max(held, key=held.count).replace(' ', '_')}", "en")
        in question.options[question.right[0]]
    )


# What each figure rests on.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("plan", [lambda: shipped(SINK), nasty], ids=["shipped", "changed"])
def test_the_notes_give_the_assumptions_behind_every_figure_with_range_and_reason(plan, language):
    projection = plan()
    story = of_plan(projection, language)
    notes = "\n".join(slide(story, "gives").notes)
    changed = projection.scenario.assumptions
    for id in HEADLINES:
        for assumption, _ in projection.measures[id].rests_on[:3]:
            known = baseline(projection).assumptions[assumption]
            assert known.label[language] in notes
            if assumption not in changed:
                assert known.basis[language].rstrip("。.") in notes
    assert all(one.notes for one in story.slides if one.id not in ("cover", LIMITS))


def test_what_to_ask_first_is_the_assumption_the_headline_figures_rest_on_most():
    projection, story = shipped(SINK), of_plan(shipped(SINK), "en")
    pairs = [pair for measure in HEADLINES for pair in projection.measures[measure].rests_on]
    first = baseline(projection).assumptions[max(pairs, key=lambda pair: abs(pair[1]))[0]]
    assert slide(story, "rests").table.rows[0][0] == first.label["en"]
    assert first.label["en"] in slide(story, "ask").headline


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lever_moved_is_told_before_it_is_asked_for(language):
    projection = nasty()
    story = of_plan(projection, language)
    told, asked = ([one for one in story.slides if chapter(one.id) == id] for id in ("move", ASK))
    assert len(told) > 1 and len(asked) > 1, "more than one page holds"
    in_table = [row[0] for one in told for row in one.table.rows]
    points = [point for one in asked for point in one.points]
    for id in projection.scenario.levers:
        if not id.startswith("staff.change."):
            label = levers(baseline(projection))[id].label[language]
            assert any(label in first for first in in_table), id
            value = setting(levers(baseline(projection))[id], projection.scenario.levers[id], language)
            said = text(f"plan.premise_{id}", language, after=value) if id in PREMISES else label
            assert any(said in point for point in points), id
    premises = len({*PREMISES} & projection.scenario.levers.keys())
    *numbered, premise = points
    assert premises and count(14 - premises) in slide(story, ASK).headline, "what is law is no change to approve"
    assert len(numbered) == 15 - premises and not re.match(r"\d+\.", premise)
    assert all(point.startswith(f"{n}.") for n, point in enumerate(numbered, 1))
    assert "notes" not in " ".join(points) and "备注" not in " ".join(points)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_asked_for_stands_over_what_it_gives_and_the_cover_says_who_where_and_when(language):
    projection = shipped(SINK)
    gives, asked = (slide(of_plan(projection, language), id).figures for id in ("gives", ASK))
    assert [one.value for one in asked] == [one.value for one in gives[:3]]
    assert all(one.change.startswith(unmarked(other.change)[0]) for one, other in zip(gives, asked, strict=False))
    occasion = Occasion("省厅 <b>", "x" * 500, "2026-12-01")
    covers = (
        plan_story(projection, baseline(projection), language, occasion=occasion).slides[0],
        comparison_story(six(), names(language), 0, baseline(projection), language, occasion).slides[0],
    )
    for cover in covers:
        unit, meeting, day, *_ = cover.points
        assert (unit, day) == ("省厅 <b>", "2026-12-01") and meeting.startswith("xxx") and meeting.endswith("…")


# Choice and order.


def test_the_pages_that_continue_a_slide_go_with_it():
    story = of_plan(nasty(), "zh")
    chosen = [one.id for one in selection(story, (ASK, "move")).slides]
    assert chosen == [ASK, "ask_2", "ask_3", "move", "move_2", "move_3", LIMITS]
    assert "move_2" not in story.ids


def test_slides_are_chosen_and_put_in_order_and_the_limits_always_close():
    story = of_plan(shipped(SINK), "zh")
    assert [one.id for one in selection(story, ("gives", QUESTION, "nonsense", "gives")).slides] == [
        "gives",
        QUESTION,
        ANSWER,
        LIMITS,
    ]
    assert selection(story, ()) == story == selection(story, ("nonsense",))
    assert story.slides[-1].id == LIMITS and not {ANSWER, LIMITS} & set(story.ids)
    assert all(slide_name(id, language) for id in (*story.ids, *of_six("zh").ids) for language in LANGUAGES)


def test_the_last_slide_carries_the_passport_its_notes_the_whole_of_it():
    made = Passport("n", "n", "0" * 64, (("Scenario", "x" * 500), ("SHA-256", "0" * 64), ("Seed", "1")))
    last = with_passport(of_plan(shipped(""), "en"), made).slides[-1]
    cells = [cell for row in last.table.rows for cell in row]
    assert "0" * 64 in cells and "1" in cells and "x" * 500 not in cells
    assert f"Scenario: {'x' * 500}" in last.notes


# Words.


@pytest.mark.parametrize("stem", [SINK, ""], ids=["plan", "base"])
def test_an_english_story_is_english_but_for_the_reports_own_sentences(stem):
    told = [
        part
        for one in of_plan(shipped(stem), "en").slides
        for part in (one.headline, one.lead, *one.points, *_cells(one), *_figures(one))
    ]
    terms = ("局队合一", "下沉")
    for said in told:
        assert not CHINESE.search(re.sub("|".join(terms), "", said)), said


def _cells(one: Slide) -> list[str]:
    return [cell for row in (one.table.rows if one.table else ()) for cell in row]


def _figures(one: Slide) -> list[str]:
    quoted = one.id == "situation"
    return [part for f in one.figures for part in (f.label, f.value, f.unit, f.change, *(() if quoted else f.lines))]


def test_another_force_has_its_own_story(tmp_path):
    other = read_baseline(write_baseline(tmp_path / "other", Size(provinces=3, prefectures=20, county_level_units=140)))
    plan = Scenario(levers={"staff.change.city": -40.0, "staff.change.county": 40.0})
    for scenario in (Scenario(), plan):
        projection = project(scenario, baseline=other, draws=1024)
        story = plan_story(projection, other, "zh")
        assert slide(story, "situation").figures[0].value == count(other.reported("staff_total"))
        assert {one.id for one in story.slides} >= {"situation", "gives", "binds", "rests", LIMITS}


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "一年少查 5 家次（降幅不到 0.1%）"), ("en", "5 fewer visits a year (down by under 0.1%)")],
)
def test_a_change_too_small_for_a_tenth_of_a_percent_is_told_no_larger_than_it_is(language, said):
    """5 visits of 72,000 fewer were told as 0.1 % fewer, fourteen times as many."""
    projection = shipped(SINK)
    visits = projection.measures["visits"]
    total = replace(visits.total, difference=Band(-9.0, -5.0, -1.0))
    fewer = replace(projection, measures={**projection.measures, "visits": replace(visits, total=total)})
    assert gains_in_words(fewer, language, ["visits"]).startswith(said)


def test_nothing_on_a_slide_of_a_shipped_plan_is_cut():
    """Reasons of assumptions ended in "…", as did names of plans side by side and what they change and give."""
    for language in LANGUAGES:
        told = [(of_plan(shipped(stem), language), passport_of(shipped(stem), language)) for stem in ("", *SHIPPED)]
        compared = six()
        scenarios, base = [one.scenario for one in compared.projections], baseline(compared.projections[0])
        names = [plan_name(scenario, language) for scenario in scenarios]
        made = comparison_passport(compared, scenarios, names, base, MADE_ON, language, len(scenarios) * [NOWHERE])
        told.append((comparison_story(compared, names, 0, base, language), made))
        for story, passport in told:
            for slide in with_passport(story, passport).slides:
                assert ELLIPSIS not in repr(slide), (slide.id, story.title)
            file = Presentation(io.BytesIO(slides(story, passport, MADE_ON, language)))
            for page in file.slides:
                assert ELLIPSIS not in "".join(page.element.itertext()), story.title


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stem", SHIPPED)
def test_every_assumption_that_a_plan_rests_on_has_its_whole_reason(stem, language):
    projection = shipped(stem)
    pages = [slide for slide in of_plan(projection, language).slides if chapter(slide.id) == "rests"]
    rows = [row for slide in pages for row in slide.table.rows]
    assert len(rows) == 5 and len({slide.headline for slide in pages}) == len(pages)
    assert len(pages) == 1 or min(len(slide.table.rows) for slide in pages) > 1, "a row alone on a page"
    of_label = {one.label[language]: one for one in baseline(projection).assumptions.values()}
    for label, *_, reason in rows:
        assert unmarked(reason)[0] == plain(of_label[label].basis[language].rstrip("。."))
