"""What the pages draw adds up as it is printed, and one measure has one name on all of them.

Decide and Evidence are walked beside the answers and changes that their own tests have worked out already.
"""

import re
from functools import cache
from html import unescape

import pytest
from one_page import drawn_html, opened_page, table_cells
from printed_figures import BASELINE, PLANS, assert_adds_up, number, scenario
from streamlit.testing.v1 import AppTest
from thorough import some

from model.evidence.baseline import TIERS
from model.force.people import people_by_tier
from model.outputs.words import LANGUAGES, text
from model.year.measures import HEADLINES, MEASURE
from views.shell.address.scenario_address import to_link

SAMPLE = some(PLANS, 4)
"""Plans of the bar, the base year first and a plan that only moves people after it."""
BEHIND = re.compile(r"\s*[（(].*")
"""What stands behind a name: a limit of days, a unit."""


@cache
def page(name: str, k: int, language: str, **more: str) -> AppTest:
    return opened_page(name, language, **to_link(scenario(k)), lang=language, **more)


def parts(html: str, tag: str, attributes: str = "") -> list[str]:
    """What stands in the elements of a kind, which have no other of their kind inside."""
    return re.findall(rf"<{tag}\b[^>]*{attributes}[^>]*>(.*?)</{tag}>", html, flags=re.DOTALL)


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html)).strip()


def name_of(label: str) -> str:
    return BEHIND.sub("", label)


def measure(id: str, language: str) -> str:
    return name_of(text(f"terms.measure_{id}", language))


def cards(app: AppTest) -> dict[str, str]:
    return dict(re.findall(r'<section class="card" data-measure="(\w+)"(.*?)</section>', drawn_html(app), re.DOTALL))


def base_of(card: str) -> str:
    """The base year on a card, without the limit by which its share in time counts."""
    return name_of(words(parts(card, "p", 'class="small"')[0]).split("·")[0].strip())


def values(app: AppTest) -> dict[str, tuple[str, str]]:
    """Base year and plan on the cards, by measure."""
    found = {}
    for id, card in cards(app).items():
        plan = words(parts(card, "b")[0])
        has_change = "<em" in card
        base = number(base_of(card)) if has_change else number(plan)
        found[id] = base, number(plan)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("k", SAMPLE)
def test_cards_and_the_tables_of_their_charts_add_up(k, language):
    app = page("plan", k, language)
    for id, card in cards(app).items():
        assert name_of(words(parts(card, "h3")[0])) == measure(id, language)
        if scenario(k).levers:
            base, plan = base_of(card), words(parts(card, "b")[0])
            assert_adds_up(base, plan, words(parts(card, "em")[0]), where=id)
    assert cards(app).keys() == set(HEADLINES)

    for frame in ("people", "visits"):
        app.session_state[f"table-{frame}"] = True
    app.run()
    tables = [part.value for part in app.table[:2]]
    people = [sum(heads) for heads in zip(*people_by_tier(scenario(k), BASELINE).values(), strict=True)]
    for table, (base, plan) in zip(tables, (people, values(app)["visits"]), strict=True):
        kind, figures = table.iloc[:, 1], table.iloc[:, 2].map(number)
        by_plan = figures.groupby(kind, sort=False).sum()
        assert list(by_plan) == [base, plan][: len(by_plan)], table
    assert name_of(tables[1].columns[2]) == measure("visits", language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("k", SAMPLE[1:])
def test_a_comparison_adds_up_and_says_what_the_cards_say(k, language):
    app = page("compare", k, language, compare="_base/_plan")
    rows = re.findall(r'<tr data-measure="(\w+)">(.*?)</tr>', drawn_html(app), re.DOTALL)
    assert len(rows) > len(HEADLINES)
    on_cards = values(page("plan", k, language))
    for id, row in rows:
        assert name_of(words(parts(row, "th")[0])) == measure(id, language)
        base, plan = (words(one) for one in parts(row, "b"))
        if change := parts(row, "p", 'class="change"'):
            assert_adds_up(base, plan, words(parts(change[0], "span")[0]), where=id)
        else:
            assert base == plan, id
        if id in on_cards:
            assert on_cards[id] == (number(base), number(plan)), id


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("k", SAMPLE)
def test_a_prefectures_card_and_the_table_of_all_add_up(k, language):
    app = page("prefectures", k, language, place="xiangxi")
    (card,) = parts(drawn_html(app), "article", 'class="place"')
    names = {measure(id, language) for id in MEASURE}
    below = {text(f"prefectures.part_{tier}", language) for tier in TIERS[1:]}
    people: dict[str, list[float]] = {"base": [], "plan": [], "change": []}
    for row in parts(card, "tr")[1:]:
        label = words(re.sub(r"<i>.*?</i>", "", parts(row, "th")[0]))
        assert name_of(label) in names | below, label
        cells = dict(re.findall(r'<td class="(\w+)">(.*?)</td>', row))
        if "change" in cells:
            assert_adds_up(*(words(cells[column]) for column in ("base", "plan", "change")), where=label)
        if label in below | {measure("staff", language)}:
            for column in people:
                people[column] += [number(words(cells[column]))] if column in cells else []
    for column, (whole, *below_it) in ((column, found) for column, found in people.items() if found):
        assert sum(below_it) == whole, column
    table = table_cells(app)
    for cells in zip(*(table.get(column, ()) for column in ("base", "plan", "change")), strict="change" in table):
        assert_adds_up(*cells, where="table")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("k", SAMPLE)
def test_no_page_says_a_number_of_the_plan_under_another_name(k, language):
    """The large figures of a plan, each with the label that stands before it, on all pages."""
    whole = {id: plan for id, (_, plan) in values(page("plan", k, language)).items() if plan > 999}
    for name in ("plan", "compare", "prefectures"):
        more = {"compare": "_base/_plan"} if name == "compare" else {}
        html = drawn_html(page(name, k, language, **more))
        for row in parts(html, "tr"):
            label, cells = (parts(row, "th") or [""])[0], parts(row, "td")
            found = [words(bold) for cell in cells for bold in parts(cell, "b")]
            for id, value in whole.items():
                if any(re.search(r"\d", one) and number(one) == value for one in found):
                    assert name_of(words(label)) == measure(id, language), (name, value)
