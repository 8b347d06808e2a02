"""The force bar counts the people whom chart, slide, brief and file count, those from prior approvals among them."""

from datetime import date

import force_bar
import pytest
from one_page import opened_page
from streamlit.testing.v1 import AppTest

from model import Scenario, project, shipped_baseline
from model.evidence.baseline import TIERS
from model.outputs.brief.brief_tables import moves
from model.outputs.charts import chart_tables, plan_charts
from model.outputs.handout.csv_tables import people as people_csv
from model.outputs.handout.handout import Handout
from model.outputs.phrasing.numbers import count
from model.outputs.story.plan_story import plan_story
from model.outputs.words import LANGUAGES
from views.shell.address.scenario_address import from_link, to_link

HUNAN = shipped_baseline("hunan-2021")
LEVERS = {"staff.change.city": -60.0, "staff.change.county": 85.0, "staff.new_posts": 25.0, "from_approvals": 100.0}
PEOPLE = {"province": 77, "city": 500, "county": 1722 + 85 + 100}


def opened(scenario: Scenario, language: str) -> AppTest:
    return opened_page("plan", language, **to_link(scenario))


@pytest.mark.parametrize("language", LANGUAGES)
def test_bar_chart_slide_brief_and_file_count_the_same_people(language: str) -> None:
    scenario = Scenario(levers=LEVERS)
    projection = project(scenario)
    handout = Handout(projection, HUNAN, date(2026, 11, 24), language)
    bar = force_bar.shown(opened(scenario, language))
    assert dict(zip(TIERS, bar["people"], strict=True)) == PEOPLE
    assert bar["total"] == sum(PEOPLE.values()) == 2359 + 25 + 100
    for part in (count(bar["total"]), "+25", "+100"):
        assert part in bar["words"]["total"]

    rows = plan_charts.data("people", projection, handout.people, language)
    assert rows["value"][rows["plan"] == "scenario"].tolist() == list(PEOPLE.values())
    assert rows["value"][rows["plan"] == "base"].tolist() == bar["base"]
    table = chart_tables.table("people", projection, handout.people, language)
    assert table.iloc[1::2, 2].tolist() == [count(people) for people in PEOPLE.values()]

    move = next(slide for slide in plan_story(projection, HUNAN, language).slides if slide.id == "move")
    assert move.charts[0].rows == tuple(rows.to_dict("records"))
    told = [count(people) for people in (*PEOPLE.values(), sum(PEOPLE.values()))]
    for written in (move.table.rows, moves(handout).rows):
        assert [row[2].split()[0].removesuffix("人") for row in written[:4]] == told
    lines = people_csv(handout).decode("utf-8-sig").splitlines()[1:]
    assert [float(line.split(",")[3]) for line in lines] == list(PEOPLE.values())


def test_people_from_approvals_stay_at_the_counties_when_a_handle_moves() -> None:
    app = opened(Scenario(levers={"from_approvals": 100.0}), "en")
    least = force_bar.shown(app)["least"]
    force_bar.wish(app, tier="county", people=0)
    assert force_bar.people(app)["county"] == least[2] > 100
    force_bar.wish(app, tier="county", people=1722 + 100 + 30)
    assert from_link(app.query_params, HUNAN)[0].levers == {
        "staff.change.city": -30.0,
        "staff.change.county": 30.0,
        "from_approvals": 100.0,
    }
