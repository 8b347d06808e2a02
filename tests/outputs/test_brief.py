"""The brief: every figure is the projection's, what somebody typed stays text, and it asks nothing of anybody."""

import re
from functools import cache
from html.parser import HTMLParser

import pytest
from handouts import DAY, HOSTILE, brief_of, document, handout, hostile, packed

from model import Scenario, project
from model.outputs.brief.brief import brief
from model.outputs.brief.papers.paper import Paragraph
from model.outputs.brief.papers.plan_papers import report
from model.outputs.evidence.not_reported import not_reported
from model.outputs.handout.handout import Handout
from model.outputs.phrasing.markup import printable
from model.outputs.phrasing.numbers import amount, change
from model.outputs.phrasing.sentences import HEADLINES
from model.outputs.why.sentence import sentences
from model.outputs.words import LANGUAGES, text
from model.projection.base_year import baseline_of
from model.year.measures import MEASURE


@cache
def plain_tags() -> list[str]:
    return Page(brief(hostile("plan"))).tags


class Page(HTMLParser):
    """A page taken apart: tags, tables as rows of cells, the text outside style, addresses that it would ask."""

    def __init__(self, data: bytes):
        super().__init__()
        self.tags: list[str] = []
        self.tables: dict[str, list[list[list[str]]]] = {}
        self.asked: list[str] = []
        self.said, self.section, self._open = "", "", []
        self.feed(data.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._open.append(tag)
        given = dict(attrs)
        self.section = given.get("id") or "" if tag == "section" else self.section
        self.asked += [value or "" for name, value in attrs if name in ("src", "href", "xlink:href", "action", "data")]
        if tag == "table":
            self.tables.setdefault(self.section, []).append([])
        if tag == "tr":
            self.tables[self.section][-1].append([])
        if tag in ("td", "th"):
            self.tables[self.section][-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        self.said += data
        if {"td", "th"} & set(self._open):
            self.tables[self.section][-1][-1][-1] += data


def between(low: str, high: str, language: str) -> str:
    return low if low == high else text("plan.span", language, low=low, high=high)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_brief_and_the_report_say_why_of_cases_and_of_visits_as_the_page_does(language):
    one = handout(language)
    both = sentences(one.why, one.projection, one.baseline, language)
    assert len(both) == 2
    page = Page(brief_of(language)).said
    told = {part.words for part in report(one).parts if isinstance(part, Paragraph)}
    for line in both:
        assert line in page and line in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_the_briefs_measures_is_the_projections(language):
    page, measures = Page(packed(language)["brief.html"]), document(handout(language))["measures"]
    first, *_, rest = page.tables["gives"]
    shown = [*HEADLINES, *(id for id in MEASURE if id not in HEADLINES)]
    rows = [*first[1:], *rest[1:]]
    assert len(rows) == len(shown) == len(measures)
    for id, row in zip(shown, rows, strict=True):
        measure, unit = measures[id]["total"], measures[id]["unit"]
        assert row[2] == amount(measure["base"]["p50"], unit)
        assert row[3] == amount(measure["scenario"]["p50"], unit)
        assert row[4] == between(*(amount(measure["scenario"][p], unit) for p in ("p10", "p90")), language)
        assert row[5].startswith(change(measure["difference"]["p50"], unit))
        assert row[6] == between(*(change(measure["difference"][p], unit) for p in ("p10", "p90")), language)
        odds = [int(cell) for cell in row[7:]]
        assert odds == pytest.approx([measure[part] * 100 for part in ("better", "worse", "same")], abs=1)
        assert sum(odds) == 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_binds_what_is_missing_and_the_prefectures_are_the_projections(language):
    page, found = Page(packed(language)["brief.html"]), document(handout(language))
    (binds,) = page.tables["binds"]
    assert sum(int(row[3]) for row in binds[1:]) == 2 * len(found["bottlenecks"]) == 58
    (missing,) = page.tables["missing"]
    assert len(missing) - 1 == len(found["not_done"])
    for row, short in zip(missing[1:], found["not_done"], strict=True):
        assert float(row[2].rstrip("%")) == pytest.approx(short["probability"] * 100, abs=0.06)
    (prefectures,) = page.tables["prefectures"]
    visits = [float(row[3].replace(",", "")) for row in prefectures[1:]]
    told = [paired["scenario"]["p50"] for paired in found["measures"]["visits"]["prefectures"].values()]
    assert visits == pytest.approx(told, abs=0.51)
    (tests,) = page.tables["tests"]
    assert len(tests) - 1 == len(found["holdouts"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_brief_tells_the_question_the_moves_the_assumptions_and_how_it_was_made(language):
    one = handout(language)
    page, scenario = Page(brief(one)), one.projection.scenario
    assert scenario.note[language] in page.said and scenario.reason[language] in page.said
    assert [re.sub(r"\D", "", cell) for cell in page.tables["moves"][0][1][1:]] == ["77", "67"]
    leading = [id for measure in HEADLINES for id, _ in one.projection.measures[measure].rests_on[:1]]
    for id in leading:
        assumption = one.baseline.assumptions[id]
        row = next(row for row in page.tables["rests"][0] if row[0] == assumption.label[language])
        assert row[2] == assumption.basis[language]
        assert len(re.findall(r"[\d.,]+", row[1])) >= 3
    for limit in ("causal", "left_out", "province", "unknown", "time", "projection"):
        lacking = not_reported(one.baseline, language)
        assert text(f"evidence_page.limit_{limit}", language, list=lacking) in page.said
    assert all(value in page.said for _, value in one.passport.rows)
    assert page.tags.count("svg") == 5
    is_chinese = language == "zh"
    assert is_chinese == bool(re.search("[\u4e00-\u9fff]{30}", page.said))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_base_year_has_a_brief_without_a_plan_beside_it(language):
    base = Scenario()
    page = Page(brief(Handout(project(base), baseline_of(base), DAY, language)))
    assert page.tables["gives"][0][0] == [
        text(f"brief.column_{head}", language) for head in ("measure", "unit", "base", "band")
    ]
    assert text("brief.moves_none", language) in page.said and "moves" not in page.tables


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_somebody_typed_is_text_in_the_brief(typed):
    page = Page(brief(hostile(typed)))
    assert page.tags == plain_tags(), "no tag more or less than for an ordinary name"
    assert page.asked == []
    assert printable(typed).replace("\r", "") in page.said
    assert not re.search("[\x00-\x08\u202e]", page.said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_brief_asks_nothing_of_anybody_and_holds_no_script(language):
    data = packed(language)["brief.html"].decode("utf-8")
    page = Page(data.encode())
    assert page.asked == [] and not {"script", "iframe", "link", "img", "object", "form"} & set(page.tags)
    assert not re.search(r"url\((?!#)|@import|javascript:|\son\w+=", data)
    assert set(re.findall(r"https?://[^\s\"'<]+", data)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert "default-src 'none'" in data
    ids = re.findall(r'\bid="([^"]+)"', data)
    assert len(ids) == len(set(ids)), "the ids of several pictures must not meet"
