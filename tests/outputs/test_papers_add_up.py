"""The tables of a brief, the inspection plan among them, add up as they are printed and agree with each other."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from html import unescape

import pytest
from printed_figures import BASELINE, PLANS, assert_adds_up, number, scenario
from thorough import some

from model import project
from model.evidence.baseline import TIERS
from model.outputs.brief.brief import brief
from model.outputs.handout.handout import Handout
from model.outputs.phrasing.coherence import coherent
from model.outputs.prefectures.prefecture_table import heading
from model.outputs.words import LANGUAGES, text

Table = tuple[Sequence[str], Sequence[Sequence[str]]]
"""Heads, then rows, as they are printed."""
PARTS = ("key", "general", "targeted")
"""Classes of planned visits; beside them is the reserve."""
PAPERS = some(((k, language) for k in PLANS for language in LANGUAGES), 6)


@cache
def paper(k: int, language: str) -> tuple[str, tuple[Table, ...]]:
    """The words of a brief, and its tables."""
    handout = Handout(coherent(project(scenario(k), draws=512)), BASELINE, date(2026, 11, 29), language)
    html = brief(handout).decode()
    return words(html), tuple(map(read, re.findall(r"<table.*?</table>", html, re.DOTALL)))


def read(table: str) -> Table:
    heads, *rows = (
        [words(cell) for cell in re.findall(r"<t[hd]\b.*?</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr\b.*?</tr>", table, re.DOTALL)
    )
    return heads, rows


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html)).strip()


def with_heads(tables: Sequence[Table], *wanted: str) -> list[Table]:
    return [table for table in tables if {*wanted} <= {*table[0]}]


def column(table: Table, head: str) -> list[float]:
    """The numbers under a head, by row."""
    at = table[0].index(head)
    return [number(row[at]) for row in table[1]]


def by_head(heads: Sequence[str], row: Sequence[str]) -> dict[str, float]:
    return dict(zip(heads[1:], map(number, row[1:]), strict=True))


def inspection_heads(language: str) -> list[str]:
    """Heads of visits planned, in reserve, of both, and by tier."""
    of_tiers = (f"column_of_{tier}" for tier in TIERS[1:])
    return [
        text(f"inspection.{id}", language) for id in ("column_planned", "class_non_routine", "column_all", *of_tiers)
    ]


@pytest.mark.parametrize(("k", "language"), PAPERS)
def test_base_and_change_make_the_plan_in_every_table_that_has_them(k, language):
    heads = [text(f"brief.column_{name}", language) for name in ("base", "plan", "change")]
    tables = with_heads(paper(k, language)[1], *heads)
    assert len(tables) == (2 if scenario(k).levers else 0)
    for table in tables:
        places = [table[0].index(head) for head in heads]
        for row in table[1]:
            assert_adds_up(*(row[place] for place in places), where=row[0])


@pytest.mark.parametrize(("k", "language"), PAPERS)
def test_what_did_it_adds_up_from_the_base_year_to_the_plan(k, language):
    if len(scenario(k).levers) < 2:
        return
    decision = text("explain.column_decision", language).capitalize()
    (table,) = with_heads(paper(k, language)[1], decision, heading("visits", language))
    for head in table[0][1:]:
        base, *shares, plan = column(table, head)
        assert round(base + sum(shares), 6) == round(plan, 6), head


@pytest.mark.parametrize(("k", "language"), PAPERS)
def test_the_inspection_plan_adds_up_across_and_down(k, language):
    planned, reserve, all, *below = inspection_heads(language)
    ((heads, (*rows, total)),) = with_heads(paper(k, language)[1], planned)
    classes = [text(f"inspection.class_{part}", language) for part in PARTS]
    for row in (*rows, total):
        cells = by_head(heads, row)
        assert sum(cells[one] for one in classes) == cells[planned], row
        assert cells[planned] + cells[reserve] == cells[all], row
        if row not in (rows[0], total):  # those of the province are of no prefecture
            assert sum(cells[one] for one in below) == cells[all], row
    for head, sum_of_all in by_head(heads, total).items():
        assert sum(column((heads, rows), head)) == sum_of_all, head


@pytest.mark.parametrize(("k", "language"), PAPERS)
def test_a_prefecture_is_planned_as_many_visits_as_it_makes_elsewhere(k, language):
    said, tables = paper(k, language)
    if text("inspection.furthest", language).split("{")[0].strip() in said:
        return
    planned, *_ = inspection_heads(language)
    (plan,) = with_heads(tables, planned)
    (places,) = with_heads(tables, heading("visits", language), heading("staff", language))
    by_place = dict(zip((row[0] for row in plan[1]), column(plan, planned), strict=True))
    shown = dict(zip((row[0] for row in places[1]), column(places, heading("visits", language)), strict=True))
    assert {place: by_place[place] for place in shown} == shown
