"""The Plan page without a browser: what a planner reads in both languages, and what each step does."""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import force_bar
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenario_strategies import legal_levers, narrower, readings
from streamlit.testing.v1 import AppTest
from thorough import tries

from model import ChangedAssumption, Scenario, project, shipped_baseline
from model.evidence.baseline import TIERS
from model.files.scenario_file import load_scenario
from model.force.people import people_by_tier
from model.outputs.charts import plan_charts
from model.outputs.phrasing.coherence import coherent
from model.outputs.phrasing.markup import figures_unbroken
from model.outputs.phrasing.numbers import amount
from model.outputs.phrasing.sentences import HEADLINES, plan_in_words
from model.outputs.stability.sentence import sentence
from model.outputs.story.plan_story import plan_story
from model.outputs.words import LANGUAGES, text
from model.projection.base_year import base_year_of, follows_from
from model.projection.stability import Stability, stability
from model.scenario.levers import levers
from views.plan.force import people_between_handles, people_with_posts, people_with_tier
from views.shell.address.scenario_address import from_link, to_link
from views.shell.files import saving

ROOT = Path(__file__).parents[2]
HUNAN = shipped_baseline("hunan-2021")
LOCALES = {"zh": "zh-CN", "en": "en-US"}
CITY_TO_COUNTY = {"staff.change.city": -100.0, "staff.change.county": 100.0}
CHARTS = ("people", "visits", "cases", "backlog", "days")
OWN_NAMES = {"中文", "English", "TOML", "WISN", "下沉", "局队合一"}


def opened(language: str, **address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "views" / "site" / "pages.py"), default_timeout=60)
    app.context["locale"] = LOCALES[language]
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


def moved(language: str) -> AppTest:
    """The whole page after 100 people were typed away from the cities."""
    app = opened(language)
    force_bar.wish(app, tier="city", people=460)
    app.run()
    assert not app.exception, app.exception
    return app


def drawn(app: AppTest) -> list[str]:
    return [element.proto.body for element in app.get("html")]


def cards(app: AppTest) -> dict[str, str]:
    """The words of each headline card, by measure."""
    body = next(html for html in drawn(app) if 'class="cards"' in html)
    parts = re.findall(r'<section class="card" data-measure="(\w+)"[^>]*>(.*?)</section>', body)
    return {measure: unescape(re.sub(r"<[^>]+>", " ", inside)) for measure, inside in parts}


def figures(app: AppTest) -> list[str]:
    """The numbers of the headline cards in order, without the 100 of "100 draws"."""
    return [n for card in cards(app).values() for n in sorted(re.findall(r"[−+]?\d[\d,.]*", card)) if n != "100"]


def specs(app: AppTest) -> list[str]:
    return [chart.proto.spec for chart in app.get("vega_lite_chart")]


def words_on_page(app: AppTest) -> Iterator[str]:
    for body in drawn(app):
        yield unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", body, flags=re.DOTALL))
    for kind in (app.slider, app.number_input, app.button, app.toggle, app.expander):
        yield from (element.label for element in kind)
    for choice in (*app.segmented_control, *app.selectbox):
        yield choice.label
        yield from choice.options
    told = force_bar.shown(app)
    yield from (tier["name"] for tier in told["tiers"])
    yield from (" ".join(words) if isinstance(words, list) else words for words in told["words"].values())
    for kind in (app.caption, app.text):
        yield from (element.value for element in kind)
    for chart in app.get("vega_lite_chart"):
        yield " ".join(titles(json.loads(chart.proto.spec)))


def titles(spec: object) -> Iterator[str]:
    """The words of a specification: titles of axes, charts and tooltips."""
    if isinstance(spec, Mapping):
        for key, value in spec.items():
            if key in ("title", "text") and isinstance(value, str):
                yield value
            else:
                yield from titles(value)
    elif isinstance(spec, list):
        for part in spec:
            yield from titles(part)


# What stands on the page.


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_follows_the_browsers_language_and_leads_with_the_four_figures(language: str) -> None:
    shown = cards(opened(language))
    assert list(shown) == list(HEADLINES)
    for measure, card in shown.items():
        assert text(f"plan.headline_{measure}", language, days="90") in card


def test_the_base_year_is_shown_with_its_band_and_compared_with_nothing() -> None:
    visits = coherent(project(Scenario())).measures["visits"].total.base
    card = cards(opened("zh"))["visits"]
    assert all(amount(value, "visits a year") in card for value in (visits.p10, visits.p50, visits.p90))
    assert "次更好" not in card and "▲" not in card


@pytest.mark.parametrize(("language", "says"), [("zh", "基本由假设决定"), ("en", "largely an input")])
def test_the_card_of_decisions_in_time_alone_says_that_it_is_largely_an_input(language: str, says: str) -> None:
    assert [measure for measure, card in cards(opened(language)).items() if says in card] == ["on_time_share"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_has_two_lines_and_a_bar_and_says_better_and_worse_by_sign_and_colour(language: str) -> None:
    def card(app: AppTest, measure: str) -> str:
        body = next(html for html in drawn(app) if 'class="cards"' in html)
        return re.search(rf'data-measure="{measure}".*?</section>', body)[0]

    for app in (opened(language), moved(language)):
        for measure in HEADLINES:
            assert len(re.findall(r'<p class="small', card(app, measure))) == 2
            assert card(app, measure).count('class="strip"') == 1
    assert '<em class="better"' in card(app, "visits") and "▲ +" in card(app, "visits")
    assert '<em class="worse"' in card(app, "case_capacity") and "▼ −" in card(app, "case_capacity")


def test_axes_keep_their_scale_while_a_handle_moves() -> None:
    def ends(people: int) -> list[float]:
        scenario = Scenario(levers={"staff.change.city": -float(people), "staff.change.county": float(people)})
        projection, by_tier = coherent(project(scenario, draws=512)), people_by_tier(scenario, HUNAN)
        rows = (plan_charts.data(name, projection, by_tier, "zh") for name in ("people", "visits", "cases"))
        return [one["reach"].unique().item() for one in rows]

    assert ends(20) == ends(30) == ends(60)
    assert all(far > near for far, near in zip(ends(400)[:2], ends(20)[:2], strict=True))


def test_moving_people_shows_what_the_model_projects() -> None:
    card = cards(moved("zh"))["visits"]
    visits = coherent(project(Scenario(levers=CITY_TO_COUNTY))).measures["visits"].total
    assert amount(visits.scenario.p50, "visits a year") in card
    assert amount(visits.base.p50, "visits a year") in card
    assert f"+{amount(visits.difference.p50, 'visits a year')}" in card
    assert visits.scenario.p50 != visits.base.p50


def test_both_languages_show_the_same_numbers() -> None:
    assert figures(moved("zh")) == figures(moved("en"))


def test_switching_the_language_keeps_plan_and_numbers() -> None:
    app = moved("zh")
    before = figures(app)
    next(choice for choice in app.segmented_control if choice.key.startswith("speak")).set_value("en").run()
    assert text("plan.headline_visits", "en") in cards(app)["visits"]
    assert figures(app) == before
    assert app.query_params["staff.change.city"] == "-100"


def test_the_english_page_has_no_chinese_and_the_chinese_page_no_english_sentence() -> None:
    english, chinese = (" | ".join(words_on_page(moved(language))) for language in ("en", "zh"))
    for name in OWN_NAMES:
        english, chinese = english.replace(name, ""), chinese.replace(name, "")
    assert not re.findall(r"[\u4e00-\u9fff]+", english)
    assert not re.findall(r"[A-Za-z]{3,} [A-Za-z]{2,}", chinese)


def test_the_sentence_says_what_changed_what_it_gives_what_binds_and_what_is_not_done() -> None:
    projection = coherent(project(Scenario(levers={"staff.change.city": -500.0, "staff.change.county": 500.0})))
    for language in LANGUAGES:
        clauses = plan_in_words(projection, HUNAN, language)
        heads = ("changed", "gives", "binds", "missing")
        assert [clause.head for clause in clauses] == [text(f"plan.say_{head}", language) for head in heads]
        assert "−500" in clauses[0].body and "+500" in clauses[0].body
        assert amount(projection.measures["visits"].total.difference.p50, "visits a year") in clauses[1].body
        assert not any("{" in clause.body for clause in clauses)


def test_better_aim_is_not_told_as_a_loss_only() -> None:
    """The sentence says both visits and problems only if problems do not just follow visits."""
    aimed, moved_ = (coherent(project(Scenario(levers=levers))) for levers in ({"targeted_share": 0.4}, CITY_TO_COUNTY))
    assert aimed.measures["visits"].total.difference.p50 < 0 < aimed.measures["problems"].total.difference.p50
    for language, word in (("zh", "多发现问题"), ("en", "more problems found")):
        assert word in plan_in_words(aimed, HUNAN, language)[1].body
        assert word not in plan_in_words(moved_, HUNAN, language)[1].body


# A step.


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_people_of_the_page_are_those_of_the_slides(language: str) -> None:
    plan = Scenario(levers={"staff.change.city": -10.0, "staff.change.county": 10.0, "from_approvals": 100.0})
    app = opened(language, **to_link(plan))
    with pa.ipc.open_stream(app.get("vega_lite_chart")[0].proto.data.data) as stream:
        on_page = stream.read_pandas().to_dict("records")
    story = plan_story(coherent(project(plan)), HUNAN, language)
    told = next(chart for one in story.slides for chart in one.charts if chart.name == "people")
    assert on_page == list(told.rows)
    assert {row["value"] for row in on_page} >= {550, 1832}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_step_leaves_every_specification_as_it_was_byte_for_byte(language: str) -> None:
    app = opened(language)
    before = specs(app)
    rows = [chart.proto.data.data for chart in app.get("vega_lite_chart")]
    force_bar.wish(app, tier="city", people=460)
    assert len(before) == len(CHARTS)
    assert specs(app) == before
    assert all(after.proto.data.data != row for after, row in zip(app.get("vega_lite_chart"), rows, strict=True))


def test_handles_and_typed_numbers_are_two_ways_to_the_same_plan() -> None:
    by_handle = opened("en")
    force_bar.wish(by_handle, side=1, edges=[77, 537])
    by_number = opened("en")
    force_bar.wish(by_number, tier="city", people=460)
    assert figures(by_handle) == figures(by_number)
    assert force_bar.people(by_handle) == force_bar.people(by_number) == {"province": 77, "city": 460, "county": 1822}


def test_a_drag_is_one_step_to_undo_and_the_address_follows_at_its_end() -> None:
    app = opened("en")
    force_bar.wish(app, tier="city", people=460)
    for right in (537, 500, 470):
        force_bar.wish(app, gesture=7, whole=False, side=1, edges=[77, right])
    assert force_bar.people(app)["county"] == 2359 - 470
    assert app.query_params["staff.change.city"] == "-100"
    force_bar.wish(app, gesture=7, side=1, edges=[77, 470])
    assert app.query_params["staff.change.city"] == str(470 - 77 - 560)
    app.button(key="undo").click().run()
    assert force_bar.people(app)["city"] == 460
    app.button(key="undo").click().run()
    assert force_bar.people(app)["city"] == 560


def test_undo_redo_and_reset_walk_the_same_figures_back_and_forth() -> None:
    app = opened("zh")
    base = figures(app)
    force_bar.wish(app, tier="city", people=460)
    plan = figures(app)
    app.button(key="undo").click().run()
    assert figures(app) == base and not dict(app.query_params).keys() & CITY_TO_COUNTY.keys()
    app.button(key="redo").click().run()
    assert figures(app) == plan
    app.button(key="reset").click().run()
    assert figures(app) == base


def test_a_changed_lever_is_marked_and_goes_back_alone() -> None:
    app = moved("en")
    merged = next(slider for slider in app.slider if slider.key.startswith("lever-merged_bodies"))
    merged.set_value(138).run()
    marked = next(slider for slider in app.slider if slider.key.startswith("lever-merged_bodies"))
    assert "•" in marked.label and "95" in marked.label
    app.button(key="back-merged_bodies").click().run()
    assert "merged_bodies" not in app.query_params
    assert app.query_params["staff.change.city"] == "-100"


def test_new_posts_go_to_the_counties_and_count_in_the_total() -> None:
    app = opened("en")
    next(slider for slider in app.slider if slider.key.startswith("lever-staff.new_posts")).set_value(475).run()
    assert not app.exception
    assert force_bar.people(app) == {"province": 77, "city": 560, "county": 2197}
    assert force_bar.shown(app)["total"] == 2834


def test_every_lever_of_the_table_can_be_reached() -> None:
    app = opened("en")
    reached = set()
    for group in ("people", "time", "work", "rules"):
        next(choice for choice in app.segmented_control if choice.key.startswith("group-")).set_value(group).run()
        assert not app.exception
        widgets = [*app.slider, *app.number_input, *app.segmented_control, *app.selectbox]
        reached |= {match[1] for widget in widgets if (match := re.match(r"lever-(.+?)(?:-\d+)?--\d+$", widget.key))}
    elsewhere = {id for id, lever in levers(HUNAN).items() if id.startswith("staff.change.") or lever.kind == "moves"}
    assert reached == levers(HUNAN).keys() - elsewhere


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_number_on_a_slider_has_its_unit_or_its_thousands_apart(language: str) -> None:
    """A bare 10 stood there for ten points, as for ten people."""
    app, formats = opened(language), {}
    for group in ("people", "time", "work", "rules"):
        next(choice for choice in app.segmented_control if choice.key.startswith("group-")).set_value(group).run()
        formats |= {one.key.removeprefix("lever-").partition("--")[0]: one.proto.format for one in app.slider}
        assert {one.proto.format == "localized" for one in app.slider if one.max >= 1000} <= {True}
    assert formats["other_duties_cut"].endswith(text("plan.points", language))
    assert formats["visit_time_saved"] == "%g%%" and formats["staff.new_posts"] == "localized"
    assert all(pattern == "localized" or re.search(r"%g(%%| ?\S+)", pattern) for pattern in formats.values()), formats


def test_moves_by_prefecture_are_shown_and_can_be_put_back() -> None:
    named = {"city.changsha": -10.0, "county.yongzhou": 6.0, "county.xiangxi": 4.0}
    app = opened("zh", **to_link(Scenario(levers={"staff.moves": named})))
    said = text("moves.made", "zh", pools=3, out=10, into=10)
    assert [caption for caption in app.caption if said in caption.value]
    assert any(said in words for words in words_on_page(app))
    app.button(key="back-staff.moves").click().run()
    assert not app.exception
    assert not [key for key in app.query_params if key.startswith("staff.moves")]
    assert not [caption for caption in app.caption if said in caption.value]


# The address.


WORDS = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=60)
TEXTS = st.dictionaries(st.sampled_from(LANGUAGES), WORDS)


@st.composite
def whole_scenarios(draw: st.DrawFn) -> Scenario:
    table = levers(HUNAN)
    moved = {id: value for id, value in draw(legal_levers(HUNAN)).items() if value != table[id].base}
    return Scenario(
        name=draw(TEXTS),
        note=draw(TEXTS),
        reason=draw(TEXTS),
        author=draw(st.just("") | WORDS),
        levers=moved,
        reading=draw(readings()),
        assumptions=draw(narrower(HUNAN)),
    )


@given(scenario=whole_scenarios())
@settings(max_examples=tries(60), deadline=None)
def test_the_address_carries_the_whole_scenario(scenario: Scenario) -> None:
    found, problems = from_link(to_link(scenario), HUNAN)
    assert problems == []
    assert found == scenario


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").glob("*.toml")), ids=lambda path: path.stem)
def test_the_address_carries_every_shipped_plan(path: Path) -> None:
    scenario, _ = load_scenario(path)
    assert from_link(to_link(scenario), HUNAN)[0] == scenario


@given(key=st.text(max_size=30), value=st.text(max_size=60))
@settings(max_examples=tries(200), deadline=None)
def test_no_address_whatever_breaks_the_page(key: str, value: str) -> None:
    for parameters in ({key: value}, {"name": value}, {"targeted_share": value}, {f"assumptions.{key}.low": value}):
        found, problems = from_link(parameters, HUNAN)
        assert (found is None) == bool(problems)


def test_a_link_restores_plan_and_language_exactly() -> None:
    app = moved("zh")
    again = opened("en", **dict(app.query_params.items()))
    assert figures(again) == figures(app)
    assert text("plan.headline_visits", "zh") in cards(again)["visits"]


def test_a_link_that_makes_no_sense_opens_the_base_year_and_says_what_is_wrong() -> None:
    app = opened("en", targeted_share="4", rules="1999")
    assert figures(app) == figures(opened("en"))
    said = "\n".join(element.value for element in app.text)
    assert "targeted_share" in said and "rules" in said and "Problems: 2" in said
    app.button(key="dismiss").click().run()
    assert "targeted_share" not in "\n".join(element.value for element in app.text)


def test_a_name_is_shown_as_text_whatever_it_holds() -> None:
    name = "<img src=x onerror=alert(1)> :red[x] $a^2$ ![](http://example.org/x.png) \u202eabc"
    app = opened("en", name=name)
    assert next(box for box in app.text_input if box.key.startswith("name-")).value == name
    assert not any("<img" in body for body in drawn(app))
    assert not any("onerror" in element.value for element in app.markdown)


def test_assumptions_that_do_not_fit_the_report_get_reasons_instead_of_figures() -> None:
    range_ = ChangedAssumption(200.0, 250.0, 300.0, "trial")
    link = to_link(Scenario(assumptions={"ordinary_case_days": range_}))
    app = opened("zh", **link)
    refusal = next(html for html in drawn(app) if "refusal" in html)
    assert HUNAN.assumptions["other_duties_share"].label["zh"] in refusal
    assert not any('class="cards"' in html for html in drawn(app))


# Moving people.

PEOPLE = st.fixed_dictionaries({tier: st.integers(0, 3000) for tier in TIERS})
LEAST = {"province": 2, "city": 28, "county": 246}


@given(extra=PEOPLE, left=st.integers(-50, 9000), right=st.integers(-50, 9000))
def test_no_handle_changes_the_total_or_empties_a_body(extra: dict[str, int], left: int, right: int) -> None:
    people = {tier: LEAST[tier] + extra[tier] for tier in TIERS}
    after = people_between_handles(people, LEAST, left, right)
    assert sum(after.values()) == sum(people.values())
    assert all(after[tier] >= LEAST[tier] for tier in TIERS)


@given(extra=PEOPLE, tier=st.sampled_from(TIERS), wanted=st.integers(-100, 9000))
def test_a_typed_number_is_kept_as_far_as_the_others_can_give(extra: dict[str, int], tier: str, wanted: int) -> None:
    people = {t: LEAST[t] + extra[t] for t in TIERS}
    after = people_with_tier(people, LEAST, tier, wanted)
    most = sum(people.values()) - sum(LEAST[t] for t in TIERS if t != tier)
    assert sum(after.values()) == sum(people.values())
    assert after[tier] == min(max(wanted, LEAST[tier]), most)
    assert all(after[t] >= LEAST[t] for t in TIERS)


@given(extra=PEOPLE, posts=st.integers(-500, 1000))
def test_posts_are_added_or_cut_to_the_last_one(extra: dict[str, int], posts: int) -> None:
    people = {tier: 200 + LEAST[tier] + extra[tier] for tier in TIERS}
    after = people_with_posts(people, LEAST, posts)
    assert sum(after.values()) == sum(people.values()) + posts
    assert all(after[tier] >= LEAST[tier] for tier in TIERS)


class Done:
    """Work that is over."""

    over, failure, stopped = True, None, False

    def __init__(self, answer: Stability):
        self.answer = answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_whether_the_answer_holds_once_that_is_worked_out(language: str) -> None:
    plan = Scenario(levers=CITY_TO_COUNTY)
    app = opened(language, **to_link(plan))
    assert any(text("stability.at_work", language) in one for one in drawn(app))
    found = stability(base_year_of(plan, HUNAN), coherent(project(plan)))
    app.session_state["stability-work"] = (follows_from(plan), Done(found))
    app.run()
    assert not app.exception, app.exception
    assert any(figures_unbroken(sentence(found, plan, HUNAN, language)) in one for one in drawn(app))
    assert text("stability.more", language, count=len(found.rows)) in [one.label for one in app.expander]


def test_the_base_year_has_no_answer_to_hold() -> None:
    assert not any("words stability" in one for one in drawn(opened("zh")))


def test_a_dialog_left_late_does_not_close_the_one_that_took_its_place(monkeypatch):
    """The browser may tell that the old dialog is gone after the new one is open."""
    state = {saving.DIALOG: saving.SAVE_AS}
    monkeypatch.setattr(saving, "st", SimpleNamespace(session_state=state))
    saving.dismissed(saving.OTHER_VERSION)
    assert state == {saving.DIALOG: saving.SAVE_AS}
    saving.dismissed(saving.SAVE_AS)
    assert state == {}
