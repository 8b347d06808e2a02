"""What did it, ask this first and what is not done, as people read them: the same figures in both languages, in
sentences, tables and plain values."""

import json
import re
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from documents import result

from model import Scenario, shipped_baseline
from model.command_line.main import main
from model.outputs.answers import ask_first, not_done
from model.outputs.answers import explain as explain_words
from model.outputs.phrasing.numbers import MINUS, change, count, percent
from model.outputs.phrasing.sentences import limits_apart, of_hundred
from model.projection.base_year import base_year_of
from model.projection.explain import explain
from model.projection.project import against
from model.projection.unknowns.ask_first import ask
from model.year.measures import HEADLINES

BASELINE = shipped_baseline("hunan-2021")
SCENARIOS = Path(__file__).parents[2] / "scenarios"
PLAN = Scenario(
    levers={
        "staff.change.city": -100.0,
        "staff.change.county": 100.0,
        "other_duties_cut": 0.1,
        "targeted_share": 0.4,
        "rules": "2025",
    }
)
RISE = Scenario(levers={"staff.change.county": -900.0, "staff.change.city": 900.0})


def base():
    return base_year_of(Scenario(), BASELINE, draws=512)


def figures(text: str) -> list[str]:
    """The numbers of a text, in whatever order a language puts them."""
    return sorted(re.findall(r"\d[\d,.]*\d|\d", text))


@pytest.fixture(scope="module")
def explanation():
    return explain(base(), PLAN)


@pytest.fixture(scope="module")
def inquiry():
    return ask(base(), PLAN, draws=2048, prior_draws=64)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sentence_gives_every_part_that_can_be_written(explanation, language):
    clauses = explain_words.clauses(explanation, PLAN, BASELINE, language)
    assert len(clauses) == len(HEADLINES)
    visits = clauses[0].body
    assert change(explanation.change["visits"], "visits a year") in visits
    for share in explanation.shares["visits"]:
        assert change(share, "visits a year") in visits
    people = {"zh": "人员调整", "en": "People moved or added"}[language]
    assert people in visits and BASELINE.assumptions["visits_base"].label[language] not in visits


def test_both_languages_give_the_same_parts(explanation):
    texts = [explain_words.in_terminal(explanation, PLAN, base(), language) for language in ("zh", "en")]
    tables = [text.split("\n\n")[3] for text in texts]
    signed = [re.findall(r"(?<=  )[+-]?[\d,.]+(?=  |$)", table, re.MULTILINE) for table in tables]
    assert signed[0] == signed[1] and len(signed[0]) > 10
    assert all(MINUS not in text for text in texts)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_decision_says_what_it_changes(language):
    people, cut, *_ = (
        explain_words.decision_in_words(decision, PLAN, BASELINE, language)
        for decision in explain(base(), PLAN, ["staff"]).decisions
    )
    assert "100" in people and "10 " in cut and "→" not in cut and "100" not in cut


def test_one_alone_none_and_parts_that_cancel_have_words_of_their_own(explanation):
    alone = explain(base(), Scenario(levers={"other_duties_cut": 0.1}))
    assert "all of" in explain_words.clauses(alone, PLAN, BASELINE, "en")[0].body
    nothing = explain(base(), Scenario())
    assert "nothing to share out" in explain_words.in_terminal(nothing, Scenario(), base(), "en")
    parts = (50.0, -50.0, 0.0, 0.0)
    cancelling = replace(explanation, change={"visits": 0.0}, shares={"visits": parts}, errors={"visits": (0.0,) * 4})
    (clause,) = explain_words.clauses(cancelling, PLAN, BASELINE, "en")
    assert "cancel" in clause.body and "+50" in clause.body and f"{MINUS}50" in clause.body


def test_many_small_parts_are_told_together(explanation):
    parts = (50.0, -40.0, 30.0, 20.0, -5.0, 4.0, 3.0)
    decisions = (*explanation.decisions, ("training_days",), ("offsite_checks",), ("merged_bodies",))
    many = replace(explanation, decisions=decisions, change={"visits": sum(parts)}, shares={"visits": parts})
    (clause,) = explain_words.clauses(many, PLAN, BASELINE, "en")
    told = re.findall(rf"[+{MINUS}]\d+", clause.body)
    assert told == ["+62", "+50", f"{MINUS}40", "+30", "+20", "+2"]
    assert "the other 3" in clause.body


def test_sampled_parts_show_their_error(explanation):
    sampled = replace(explanation, exact=False, errors=dict.fromkeys(HEADLINES, (3.0,) * 4))
    for language, word in (("zh", "标准误"), ("en", "standard error")):
        assert word in explain_words.in_terminal(sampled, PLAN, base(), language)
        assert word not in explain_words.in_terminal(explanation, PLAN, base(), language).split("\n\n")[3]


def test_the_document_of_parts_adds_up(explanation):
    document = explain_words.document(explanation)
    assert document["exact"] is True
    assert [tuple(levers) for levers in document["decisions"]] == list(explanation.decisions)
    for measure in document["measures"].values():
        assert sum(measure["shares"]) == pytest.approx(measure["change"], abs=1e-9)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_advice_names_what_to_ask_the_province_for_and_what_it_gains(inquiry, language):
    advice, *answers = ask_first.clauses(inquiry, BASELINE, language)
    first = inquiry.first()
    assert BASELINE.assumptions[first.id].label[language] in advice.body
    assert percent(first.narrowing, 0) in advice.body
    assert {"zh": "先核实", "en": "find out"}[language] in advice.body
    assert len(answers) == len(HEADLINES)
    for answer, clause in zip(inquiry.outcomes, answers, strict=True):
        asked = inquiry.first(answer.id)
        assert asked is None or BASELINE.assumptions[asked.id].label[language] in clause.body


def test_both_languages_ask_for_the_same(inquiry):
    zh, en = (ask_first.clauses(inquiry, BASELINE, language) for language in ("zh", "en"))
    assert [figures(clause.body) for clause in zh] == [
        figures(clause.body.replace("14 cities", "").replace("14 市", "")) for clause in en
    ]
    tables = [ask_first.in_terminal(inquiry, PLAN, base(), language).split("\n\n")[2] for language in ("zh", "en")]
    assert re.findall(r"\d+%|\d\.\d\d\b", tables[0]) == re.findall(r"\d+%|\d\.\d\d\b", tables[1])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_where_nothing_is_beyond_doubt_no_assumption_is_named(inquiry, language):
    rows = tuple(replace(row, narrowing=0.01, chance=0.01) for row in inquiry.overall)
    vague = replace(inquiry, overall=rows, unknowns=dict.fromkeys(inquiry.unknowns, rows))
    clauses = ask_first.clauses(vague, BASELINE, language)
    assert not any(a.label[language] in clause.body for a in BASELINE.assumptions.values() for clause in clauses[:1])
    assert "%" not in clauses[0].body


def test_the_document_of_the_inquiry_says_the_same(inquiry):
    document = ask_first.document(inquiry)
    assert document["ask_first"] == inquiry.first().id
    for id, measure in document["measures"].items():
        assert measure["of"] == "change" and measure["band"]["p10"] <= measure["band"]["p90"]
        found = {row["id"]: row for row in measure["assumptions"]}
        assert "first" in found["staff_city"] and "first" not in found["staff_county"]
        assert found.keys() == {row.id for row in inquiry.unknowns[id]}
    json.dumps(document, allow_nan=False)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_not_done_is_said_with_place_quarter_probability_and_amount(language):
    projection = against(base(), RISE)
    clauses = not_done.clauses(projection, BASELINE, language)
    assert len(clauses) == 3
    rows = [row for row in projection.not_done_by_quarter if row.what == "legal minimum"]
    worst = max(rows, key=lambda row: (row.probability, row.amount.p90))
    said = clauses[0].body
    assert (worst.prefecture, worst.quarter) == ("changsha", 3)
    assert {"zh": "长沙市区县", "en": "Changsha counties"}[language] in said
    assert {"zh": "三季度", "en": "Jul-Sep"}[language] in said
    likely = {"zh": "100 次推演中 {} 次", "en": "{} of 100 draws"}[language].format(of_hundred(worst.probability))
    assert likely in said and count(worst.amount.p90) in said
    table = not_done.in_terminal(projection, BASELINE, language).split("\n\n")[2].splitlines()
    pools = {(row.what, row.tier, row.prefecture) for row in (*projection.not_done, *projection.not_done_by_quarter)}
    assert len(table) == 3 + len(pools)


def test_both_languages_leave_the_same_undone():
    projection = against(base(), RISE)
    zh, en = (not_done.in_terminal(projection, BASELINE, language).split("\n\n")[2] for language in ("zh", "en"))
    numbers = [re.findall(r"(?:100 次中 )?(\d+)(?: 次| of 100)", table) for table in (zh, en)]
    assert numbers[0] == numbers[1] and len(numbers[0]) > 50


def test_where_all_is_done_it_is_said():
    nothing = replace(against(base(), PLAN), not_done=(), not_done_by_quarter=())
    assert not_done.clauses(nothing, BASELINE, "zh") == ()
    assert "没有发现完不成" in not_done.in_terminal(nothing, BASELINE, "zh")


@pytest.fixture
def few_draws(monkeypatch):
    """Of the inquiry, which takes many thousands."""
    monkeypatch.setattr("model.command_line.questions.ask", partial(ask, draws=2048, prior_draws=64))


@pytest.mark.usefixtures("few_draws")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("command", ["not-done", "explain", "ask-first"])
def test_each_command_answers_in_both_languages(command, language, capsys):
    file = str(SCENARIOS / "sink-to-counties.toml")
    assert main([command, file, "--draws", "512", "--language", language]) == 0
    said = capsys.readouterr().out
    assert {"zh": "执法力量下沉到县", "en": "Sink people"}[language] in said
    assert "512" in said and MINUS not in said
    assert any("\u4e00" <= character <= "\u9fff" for character in said) == (language == "zh")


@pytest.mark.usefixtures("few_draws")
@pytest.mark.parametrize(("command", "extra"), [("not-done", []), ("explain", ["--all"]), ("ask-first", [])])
def test_each_command_gives_the_same_json_in_both_languages(command, extra, capfd):
    file = str(SCENARIOS / "sink-to-counties.toml")
    documents = []
    for language in ("zh", "en"):
        assert main([command, file, *extra, "--draws", "512", "--json", "--language", language]) == 0
        documents.append(capfd.readouterr().out)
    assert documents[0] == documents[1]
    document = result(documents[0])
    assert len(document.get("measures", {})) == {"not-done": 0, "explain": 18, "ask-first": 4}[command]


def test_a_command_refuses_a_file_with_problems(tmp_path, capsys):
    path = tmp_path / "plan.toml"
    path.write_text("schema = 1\ntargeted_share = 1.4\n", encoding="utf-8")
    for command in ("not-done", "explain", "ask-first"):
        assert main([command, str(path)]) == 2
        assert "targeted_share" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["zh", "en"])
def test_parts_of_a_share_within_another_limit_than_the_base_years_say_both(language):
    """A rise from 79 to 93 % was shared out without a word that it counts within 120 days, and 79 % within 90."""
    longer = Scenario(levers={"rules": "2025", "decision_limit": "120"})
    explanation = explain(base(), longer)
    limits = limits_apart("on_time_share", longer, language)
    heads = [clause.head for clause in explain_words.clauses(explanation, longer, BASELINE, language)]
    columns = explain_words.table(explanation, longer, BASELINE, language).heads
    for written in (heads, columns, explain_words.in_terminal(explanation, longer, base(), language).splitlines()):
        assert any(limits in one for one in written)
    assert sum(limits in head for head in heads) == 1
