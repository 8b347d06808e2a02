"""Odds have three parts that add up to a hundred wherever one of them is printed, in pages, files and documents."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from html import unescape
from itertools import groupby
from typing import get_args

import pytest
from handouts import DAY
from hypothesis import given
from hypothesis import strategies as st
from one_page import drawn_html, opened_page
from spreadsheet_cells import cells

from model import Scenario, project
from model.outputs.answers import best_plan as best_plan_words
from model.outputs.answers import frontier as frontier_words
from model.outputs.answers import projection as projection_words
from model.outputs.answers import robust as robust_words
from model.outputs.brief.brief import brief
from model.outputs.compare.comparison import duels_in_words, standing, verdict
from model.outputs.compare.comparison_table import to_csv
from model.outputs.handout import csv_tables
from model.outputs.handout.handout import Handout
from model.outputs.phrasing.odds import ODDS, Form, counts, is_mostly_same, odds_in_words, parts_in_words, sureness
from model.outputs.story.comparison_story import comparison_story
from model.outputs.story.plan_story import plan_story
from model.outputs.words import LANGUAGES, text
from model.outputs.workbook.sheets import result_sheet
from model.outputs.workbook.workbook import workbook
from model.projection.base_year import baseline_of
from model.projection.comparison import Comparison, Duel, compare
from model.projection.results import Band, Odds, Paired, Projection
from model.scenario.comparability import BASE, PLAN
from model.search.aims.limits import Limits
from model.search.aims.objective import OBJECTIVES
from model.search.best_plan import best_plan
from model.search.frontier import frontier
from model.search.robust import robust

REVIEW = {"review_staff.city": 20.0}
"""Visits are the same in every draw, the legal minimum and the backlog in most, cases and the clock in some."""
SINK = {"staff.change.city": -100.0, "staff.change.county": 100.0}
"""Better in few draws, worse in some and the same in most by backlog and legal minimum."""
PLANS = {"review": REVIEW, "sink": SINK}
PARTS = {
    "zh": r"更[好多] (\d+)(?: 次)?、更[差少] (\d+)(?: 次)?、持平 (\d+)",
    "en": r"(?:better|more) in (\d+) of 100 draws, (?:worse|less) in (\d+), the same in (\d+)|"
    r"(\d+) (?:better|more), (\d+) (?:worse|less), (\d+) same|"
    r"mostly same \((\d+)\), (\d+) (?:better|more), (\d+) (?:worse|less)",
}
"""All three parts in words."""
ALONE = {
    "zh": r"更好 ?\d+|\d+ 次?(?:更好|胜过)|优于.{0,8}\d+ 次",
    "en": r"\b\d+ better\b|better in \d+|beats .{0,12}in \d+|better than .{0,20}\d+ of 100",
}
"""One part in words."""
CELL = re.compile(r"(\d+) / (\d+) / (\d+)")


@cache
def shown(plan: str) -> Projection:
    return project(Scenario(levers=PLANS[plan]), draws=1024)


@cache
def side_by_side() -> Comparison:
    return compare([Scenario(), *(Scenario(levers=levers) for levers in PLANS.values())], draws=1024)


def words_in(value: object) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        yield from words_in([getattr(value, field.name) for field in fields(value)])
    elif isinstance(value, Iterable) and not isinstance(value, dict):
        for one in value:
            yield from words_in(one)


def odds_in(said: str, language: str) -> int:
    """How often the three parts are said in words; fails where one stands alone or they do not add up."""
    found = list(re.finditer(PARTS[language], said))
    assert all(sum(map(int, filter(None, match.groups()))) == 100 for match in found)
    alone = re.search(ALONE[language], re.sub(PARTS[language], "", said))
    assert not alone, alone[0]
    return len(found)


def triples(said: str) -> list[int]:
    """Sums of the three figures of every cell of odds."""
    return [sum(map(int, match)) for match in CELL.findall(said)]


def columns(rows: list[list[str]], heads: Iterable[str], whole: float) -> int:
    """How many rows have odds in three columns under these heads; fails where they do not add up to the whole."""
    first, *others = (rows[0].index(head) for head in heads)
    assert others == [first + 1, first + 2]
    found = [row[first : first + 3] for row in rows[1:] if row[first] not in ("", result_sheet.NO_MEANING)]
    assert all(sum(map(float, row)) == pytest.approx(whole, abs=1e-9) for row in found)
    return len(found)


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


# The value and its words.


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.sampled_from([100, 10**6]))
def test_whole_parts_add_up_and_are_none_only_where_no_draw_is_so(better, worse, same, total):
    draws = max(better + worse + same, 1)
    odds = Odds(better / draws, worse / draws)
    parts = counts(odds, total)
    assert sum(parts) == total
    shares = (odds.better, odds.worse, odds.same)
    assert all((part > 0) == (share > 0) for part, share in zip(parts, shares, strict=True))
    assert all(abs(part - share * total) < 3 for part, share in zip(parts, shares, strict=True))
    assert odds.better + odds.worse + odds.same == pytest.approx(1, abs=1e-9) and odds.same >= 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", get_args(Form))
@pytest.mark.parametrize("better", [1, 0, -1])
def test_every_form_has_the_three_parts(form, better, language):
    said = parts_in_words(Odds(0.05, 0.25), language, form, better)
    assert sorted(int(n) for n in re.findall(r"\d+", said) if n != "100") == [5, 25, 70]
    if form in ("full", "short"):
        assert odds_in_words(Odds(0.05, 0.25), language, form, better).startswith(
            {"zh": "多数持平", "en": "mostly"}[language]
        )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("wins", "losses"), [(0.14, 0.0), (0.05, 0.25), (0.0, 0.27)])
def test_where_most_draws_are_the_same_no_sentence_names_a_leader(wins, losses, language):
    odds = Odds(wins, losses)
    duels = {(0, 1): Duel(Band(0, 0, 0), odds), (1, 0): Duel(Band(0, 0, 0), Odds(losses, wins))}
    two = Comparison(side_by_side().projections[:2], {"visits": {"total": duels}}, {})
    said = duels_in_words(two, "visits", "*", language)
    assert is_mostly_same(odds) and standing(two, "visits")[0] == "even"
    assert text("odds.sure_same", language) in said and triples(said) == [100]
    assert verdict(odds, 1, language).kind == "even" and sureness(odds, language) == text("odds.sure_same", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_leader_is_named_with_its_odds(language):
    comparison = side_by_side()
    kind, first = standing(comparison, "visits")
    said = duels_in_words(comparison, "visits", "*", language)
    assert (kind, first) == ("leads", 2) and triples(said) == [100, 100]


# Wherever it is printed.


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("plan", PLANS)
def test_terminal_slides_and_brief_have_all_three(plan, language):
    projection = shown(plan)
    baseline = baseline_of(projection.scenario)
    table = projection_words.in_terminal(projection, baseline, language)
    assert text("odds.head", language) in table.lower() and len(triples(table)) >= 20
    assert odds_in(table, language) == 0 and set(triples(table)) == {100}

    story = "\n".join(words_in(plan_story(projection, baseline, language)))
    assert odds_in(story, language) >= 4

    page = brief(Handout(projection, baseline, DAY, language)).decode()
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)]
    heads = [text(f"odds.column_{part}", language) for part in ODDS]
    wide = [list(part) for same, part in groupby(rows, lambda row: len(row) == 10) if same]
    assert sum(columns(part, heads, 100) for part in wide if heads[0] in part[0]) == len(projection.measures)
    odds_in(unescape(re.sub(r"<[^>]+>", " ", page)), language)


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("plan", PLANS)
def test_files_for_a_spreadsheet_have_three_columns(plan, language):
    projection = shown(plan)
    handout = Handout(projection, baseline_of(projection.scenario), DAY, language)
    heads = [text(f"csv.{part}", language) for part in ODDS]
    assert columns(read(csv_tables.measures(handout)), heads, 100) > 100

    book = cells(workbook(projection, handout.baseline, DAY, language), text("workbook.sheet_results", language))
    by_row = groupby(sorted(book, key=lambda at: int(re.sub(r"\D", "", at))), lambda at: int(re.sub(r"\D", "", at)))
    rows = [[book[at].value for at in sorted(row, key=lambda at: (len(at), at))] for _, row in by_row]
    first = next(k for k, row in enumerate(rows) if text("workbook.column_better", language) in row)
    heads = [text(f"workbook.column_{part}", language) for part in ODDS]
    assert columns(rows[first:], heads, 100) > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_has_all_three_in_its_slides_and_file(language):
    comparison = side_by_side()
    story = comparison_story(comparison, ["x", "y", "z"], 0, baseline_of(Scenario()), language)
    said = "\n".join(words_in(story))
    assert odds_in(said, language) >= 8
    slide = next(one for one in story.slides if one.id == "beats")
    assert set(triples("\n".join(words_in(slide.table)))) == set(triples("\n".join(slide.points))) == {100}
    side = next(one for one in story.slides if one.id == "side")
    assert set(triples("\n".join(words_in(side.table)))) == {100}

    heads = [text(f"compare.column_{part}", language) for part in ODDS]
    assert columns(read(to_csv(comparison, ["x", "y", "z"], 0, DAY, language)), heads, 100) > 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_have_all_three(language):
    levers = {id: str(value) for id, value in {**REVIEW, **SINK}.items()}
    plan = drawn_html(opened_page("plan", language, lang=language, **levers))
    said = [unescape(one) for one in re.findall(r'class="(?:small )?chance">(.*?)</p>', plan)]
    assert len(said) == 4 and sum(odds_in(one, language) for one in said) >= 3
    odds_in(unescape(re.sub("<[^>]+>", "\n", plan)), language)

    address = {"compare": f"{BASE}/sink-to-counties/{PLAN}", "lang": language, **levers}
    page = drawn_html(opened_page("compare", language, **address))
    words = unescape(re.sub(r"<style.*?</style>|<[^>]+>", "\n", page, flags=re.DOTALL))
    assert odds_in(words, language) >= 8
    matrix = re.search(r'<table class="duels".*?</table>', page, re.DOTALL)[0]
    assert triples(matrix) == [100] * 6 and odds_in(unescape(matrix), language) >= 4


# Searches and documents.


def odds_of(value: object) -> Iterator[dict]:
    """Every mapping of a document that says in what share of draws something is better."""
    if isinstance(value, dict):
        if isinstance(value.get("better"), float):
            yield value
        for one in value.values():
            yield from odds_of(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from odds_of(one)


@pytest.fixture(scope="module")
def answers():
    own, few = Scenario(levers=REVIEW), Limits(most_moved=12.0)
    return own, {
        "best_plan": best_plan(own, OBJECTIVES["duty"], few, draws=512),
        "robust": robust(own, OBJECTIVES["duty"], few, draws=512),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_of_searches_have_all_three(answers, language):
    own, found = answers
    baseline = baseline_of(own)
    tables = {
        "best_plan": best_plan_words.figures(found["best_plan"], own, language),
        "robust": robust_words.table(found["robust"], language),
    }
    for name, module in (("best_plan", best_plan_words), ("robust", robust_words)):
        said = module.in_terminal(found[name], own, baseline, language)
        assert set(triples(said)) == {100} and odds_in(said, language) == 0, name
        rows = read(tables[name].to_csv(own, shown("review").draws, 1, DAY.isoformat(), language))
        head = next(head for head in tables[name].heads if text("odds.head", language) in head)
        assert columns(rows, [text(f"decide.part_{part}", language, head=head) for part in ODDS], 1) >= 1


def test_every_document_gives_all_three(answers, monkeypatch):
    for number in ("LEVELS", "ALONG"):
        monkeypatch.setattr(f"model.search.frontier.{number}", 2)
    own, found = answers
    documents = {
        "project": projection_words.figures(shown("sink")),
        "best_plan": best_plan_words.document(found["best_plan"]),
        "robust": robust_words.document(found["robust"]),
        "frontier": frontier_words.document(frontier(own, Limits(most_moved=12.0), draws=512)),
    }
    for name, document in documents.items():
        every = list(odds_of(document))
        assert every, name
        for odds in every:
            assert min(odds[part] for part in ODDS) >= 0
            assert sum(odds[part] for part in ODDS) == pytest.approx(1, abs=1e-9), name


def test_scenarios_here_have_ties_as_the_issue_had():
    totals = {id: measure.total.odds for id, measure in shown("sink").measures.items()}
    assert totals["duty_met"].same > 0.5 and totals["duty_met"].worse > totals["duty_met"].better > 0
    assert totals["backlog_end"].same > 0.5 and shown("review").measures["visits"].total.odds.same == 1
    assert {type(one.total) for one in shown("sink").measures.values()} == {Paired}
