"""Scenario files: what is saved is what is read, and what a person wrote stays."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenario_strategies import moves_by_pool
from thorough import tries

from model import ChangedAssumption, Scenario, project, shipped_baseline
from model.evidence.baseline import TIERS
from model.files.scenario_file import load_scenario, read_scenario
from model.files.toml_layout import layout
from model.outputs.phrasing.scenario_text import to_toml
from model.scenario.levers import levers
from model.scenario.scenario import READINGS

FOLDER = Path(__file__).parents[2] / "scenarios"
SHIPPED = sorted(FOLDER.glob("*.toml"))
HUNAN = shipped_baseline("hunan-2021")
TABLE = levers(HUNAN)

words = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30)
paragraphs = st.text(
    st.characters(exclude_categories=["Cs"]).filter(lambda c: c in "\n\t" or c.isprintable()), min_size=1
)


def value_of(lever):
    if lever.kind == "choice":
        return st.sampled_from(lever.choices)
    if lever.kind == "spread":
        weights = st.dictionaries(
            st.sampled_from([p.id for p in HUNAN.prefectures]), st.integers(1, 9).map(float), min_size=1
        )
        return st.just("need") | weights
    if lever.kind == "moves":
        return moves_by_pool(HUNAN)
    if lever.kind == "whole":
        return st.integers(int(lever.low), int(lever.high)).map(float)
    return st.floats(lever.low, lever.high)


@st.composite
def changed_levers(draw):
    """Any legal choice of levers, without those at their base."""
    free = [id for id in TABLE if not id.startswith("staff.change")]
    chosen = {id: draw(value_of(TABLE[id])) for id in draw(st.sets(st.sampled_from(free)))}
    posts = chosen.get("staff.new_posts", 0.0)
    province, city = draw(st.integers(-75, 100)), draw(st.integers(-500, 100))
    if draw(st.booleans()) or posts:
        chosen |= dict(
            zip((f"staff.change.{t}" for t in TIERS), (province, city, posts - province - city), strict=True)
        )
    if chosen.get("rules") != "2025":
        chosen.pop("decision_limit", None)
    return {id: float(v) if isinstance(v, int) else v for id, v in chosen.items() if v != TABLE[id].base}


@st.composite
def changed_assumption(draw, id):
    low = max(HUNAN.assumptions[id].low / 2, 1e-3)
    low, mid, high = sorted(
        draw(st.lists(st.floats(low, max(low, HUNAN.assumptions[id].high)), min_size=3, max_size=3))
    )
    return ChangedAssumption(low, mid, high, draw(paragraphs.filter(str.strip)))


@st.composite
def scenarios(draw):
    ids = draw(st.sets(st.sampled_from([a for a in HUNAN.assumptions if a != "special_visits"]), max_size=2))
    texts = st.dictionaries(st.sampled_from(["zh", "en"]), paragraphs)
    return Scenario(
        name=draw(st.dictionaries(st.sampled_from(["zh", "en"]), words)),
        note=draw(texts),
        reason=draw(texts),
        author=draw(st.just("") | words),
        levers=draw(changed_levers()),
        assumptions={id: draw(changed_assumption(id)) for id in ids},
        reading=draw(st.fixed_dictionaries({}, optional={k: st.sampled_from(v) for k, v in READINGS.items()})),
    )


def read_back(text):
    scenario, problems = read_scenario(text.encode("utf-8"))
    assert problems == [], text
    return scenario


@settings(max_examples=tries(150), deadline=None)
@given(scenario=scenarios(), language=st.sampled_from(["zh", "en"]))
def test_what_is_saved_is_what_is_read(scenario, language):
    assert read_back(to_toml(scenario, HUNAN, language)) == scenario


# The same things as people write them: tables, dotted keys, inline tables, tables out of order, other line breaks.
LAYOUTS = [
    "schema = 1\n",
    '# 我的方案\nschema = 1 # 版本\n\nname = "甲" # 名\n\n# 人员\n[staff.change] # 三级\ncity = -100 # 市\ncounty = 100.0\n\n# 一线\n[frontline_share]\ncounty = 0.7\n# 完\n',  # noqa: E501
    'schema = 1\nname.zh = "甲" # 名\nname.en = "A"\nstaff.change.city = -1\nstaff.change.county = +1 # 县\nstaff.spread = "need"\n',  # noqa: E501
    "schema = 1\r\nstaff = { change = { city = -1, county = 1 }, spread = { yueyang = 2 } }\r\n# end",
    'schema = 1\n[staff]\nspread = "need"\nchange.city = -2\nchange.province = 2\n[reading]\nstaff = "posts"\n[case_policy]\ncounty = 0.5\n',  # noqa: E501
    'schema = 1\ncase_policy = "cases_first"\n[staff.spread]\nyueyang = 1\n# 岳阳\n[review_staff]\ncity = 3\n[staff]\nnew_posts = 5\n[staff.change]\ncounty = 5',  # noqa: E501
    'schema = 1\n[name]\nzh = """甲"""\n[assumptions."site_days"]\nlow = 0.3\nmid = 0.4\nhigh = 0.5 # 高\nreason = \'因为 # 不是注释\'\n',  # noqa: E501
    "schema = 1\n[staff_list]\n# nothing yet\n",
    "schema = 1\n[staff.moves] # 谁调\nprovince = -3\ncity.changsha = -5 # 长沙\n[staff.moves.county]\nyongzhou = 8\nhuaihua = 0 # 不动\n",  # noqa: E501
    "schema = 1\nstaff.moves = { city = { changsha = -5 } } # 长沙\n",
]


def comments(text):
    """What stands behind # outside texts, line by line."""
    found = layout(text)
    kept = list(text)
    for statement in found.statements:
        kept[statement.value.start : statement.value.end] = " " * (statement.value.end - statement.value.start)
    return [line.split("#", 1)[1].strip() for line in "".join(kept).splitlines() if "#" in line]


@settings(max_examples=tries(150), deadline=None)
@given(original=st.sampled_from(LAYOUTS), scenario=scenarios())
def test_any_scenario_can_be_saved_over_any_way_of_writing(original, scenario):
    saved = to_toml(scenario, HUNAN, "zh", original)
    assert read_back(saved) == scenario


@pytest.mark.parametrize("original", LAYOUTS)
def test_saving_an_unchanged_scenario_changes_nothing(original):
    scenario = read_back(original)
    assert to_toml(scenario, HUNAN, "zh", original) in (original, original.rstrip() + '\nbaseline = "hunan-2021"\n')


@pytest.mark.parametrize("original", LAYOUTS)
def test_comments_a_person_wrote_survive(original):
    scenario = read_back(original)
    saved = to_toml(scenario.with_decisions(levers={**scenario.levers, "targeted_share": 0.4}), HUNAN, "en", original)
    written = comments(saved)
    assert [comment for comment in written if comment != "fraction; base 0.25"] == comments(original)


def test_only_what_changed_changes():
    original = LAYOUTS[1]
    before = read_back(original)
    moved = {"staff.change.city": -90.0, "staff.change.province": -10.0}
    scenario = before.with_decisions(levers={**before.levers, **moved})
    assert to_toml(scenario, HUNAN, "zh", original) == (
        '# 我的方案\nschema = 1 # 版本\n\nname = "甲" # 名\n\n# 人员\n[staff.change] # 三级\ncity = -90 # 市\ncounty = 100.0\n'  # noqa: E501
        "province = -10  # 单位：人；现状：0\n\n# 一线\n[frontline_share]\ncounty = 0.7\n# 完\n"
    )


def test_a_lever_back_at_its_base_loses_its_line_and_only_that():
    original = LAYOUTS[1]
    scenario = read_back(original)
    back = replace(scenario, levers={id: v for id, v in scenario.levers.items() if id != "frontline_share.county"})
    assert to_toml(back, HUNAN, "zh", original) == original.replace("[frontline_share]\ncounty = 0.7\n", "")


def test_a_line_that_states_the_base_stays():
    original = "schema = 1\ntargeted_share = 0.25 # as in 2021\nmerged_bodies = 100\n"
    assert to_toml(Scenario(), HUNAN, "en", original) == "schema = 1\ntargeted_share = 0.25 # as in 2021\n"


def test_an_original_that_is_no_scenario_file_is_not_used():
    scenario = Scenario(levers={"targeted_share": 0.4})
    fresh = to_toml(scenario, HUNAN, "en")
    assert fresh == 'schema = 1\nbaseline = "hunan-2021"\ntargeted_share = 0.4  # fraction; base 0.25\n'
    for original in ("", "schema = 7\n", "name = “甲”\n", "\x00"):
        assert to_toml(scenario, HUNAN, "en", original) == fresh


def test_a_text_says_its_language():
    assert read_back('schema = 1\nname = "执法下沉"\nnote = "sink"\n').name == {"zh": "执法下沉"}
    assert read_back('schema = 1\nname = "执法下沉"\nnote = "sink"\n').note == {"en": "sink"}


def test_ways_of_writing_the_same_give_the_same_scenario():
    ways = [
        'schema = 1\nrules = "2025"\ndecision_limit = 120\n[staff.change]\ncity = -100\ncounty = 100\n',
        'schema = 1\ndecision_limit = "120"\nstaff.change = { county = 100.0, city = -1e2 }\nrules = 2025\n',
        'schema = 1\ntargeted_share = 0.25\n"rules" = "2025"\ndecision_limit = 120\n[staff]\nchange.city = -1_00\nchange.county = 100\n',  # noqa: E501
    ]
    first, *others = [read_back(way) for way in ways]
    assert first.levers == {
        "staff.change.city": -100,
        "staff.change.county": 100,
        "rules": "2025",
        "decision_limit": "120",
    }
    assert all(other == first for other in others)


@pytest.mark.parametrize("id", ["other_duties_extra_city", "other_duties_extra_province", "merge_release"])
def test_who_knows_that_a_tier_has_fewer_other_duties_can_enter_it(id):
    """A sign that nobody knows is no bound: the range may lie below zero whole, down to all of the time."""
    for low, mid, high in [(-0.2, -0.1, -0.05), (-1.0, 0.0, 1.0)]:
        text = f'schema = 1\n[assumptions.{id}]\nlow = {low}\nmid = {mid}\nhigh = {high}\nreason = "counted"\n'
        assert read_back(text).assumptions == {id: ChangedAssumption(low, mid, high, "counted")}


def test_a_notepad_file_in_gb18030_and_one_with_a_mark_read_like_utf_8():
    text = 'schema = 1\nname = "执法力量向一线倾斜"\n'
    assert (
        read_scenario(text.encode("gb18030")) == read_scenario(text.encode("utf-8-sig")) == read_scenario(text.encode())
    )


@settings(max_examples=tries(100), deadline=None)
@given(scenario=scenarios())
def test_the_layout_finds_every_key_that_the_parser_finds(scenario):
    text = to_toml(scenario, HUNAN, "zh")

    def keys(tree, at=()):
        for name, value in tree.items():
            yield (*at, name)
            if isinstance(value, dict):
                yield from keys(value, (*at, name))

    found = layout(text)
    assert set(found.places) == set(keys(tomllib.loads(text)))
    lines = text.split("\n")
    assert all(path[-1] in lines[place.line - 1] for path, place in found.places.items())


@pytest.mark.parametrize(
    "value", ['"""a""""', '"""a"""""', "'''a''''", '"""a\\"""""', '"a\\\\"', "'a\\'", '""', '""""""', "[ '#]', \"]\" ]"]
)
def test_the_layout_knows_where_a_text_ends(value):
    text = f"a = {value} # = [\nb = 1\n"
    places = layout(text).places
    assert text[places["a",].start : places["a",].end] == value
    assert places["b",].line == 2 and set(tomllib.loads(text)) == {"a", "b"}


def staff_list():
    """A whole list that adds up: 77/25 at the province, the rest spread, the remainder in the last county."""
    pools = HUNAN.pool_names
    seats = {
        pool: (77, 25) if pool[0] == "province" else (40, 23) if pool[0] == "city" else (123, 82) for pool in pools
    }
    people, frontline = (sum(seat[k] for seat in seats.values()) for k in (0, 1))
    return seats | {pools[-1]: (123 + 2359 - people, 82 + 1504 - frontline)}


def test_a_staff_list_is_saved_and_read():
    scenario = Scenario(staff_list=staff_list(), levers={"targeted_share": 0.4})
    text = to_toml(scenario, HUNAN, "zh")
    assert "changsha = [40, 23]  # 人数，其中一线" in text
    assert read_back(text) == scenario
    assert to_toml(Scenario(), HUNAN, "zh", text) == 'schema = 1\nbaseline = "hunan-2021"\n'


# The files that ship.


def test_six_scenarios_ship():
    assert [path.stem for path in SHIPPED] == [
        "added-posts",
        "base-year",
        "cut-other-duties",
        "double-offsite",
        "finish-merging",
        "sink-to-counties",
    ]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_scenario_passes_and_speaks_both_languages(path):
    scenario, problems = load_scenario(path)
    assert problems == []
    for texts in (scenario.name, scenario.note, scenario.reason):
        assert set(texts) == {"zh", "en"}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_scenario_quotes_the_report(path):
    scenario, _ = load_scenario(path)
    quoted = scenario.reason["zh"].replace("‘", "“").replace("’", "”")  # quotation marks inside quotation marks
    assert any(f"“{sentence}”" in quoted for sentence in REPORT)


# What the report asks for, word for word (evidence/README.md of the project's sources, evidence/hunan-2021/report.csv).
REPORT = {
    "全省执法队伍总数为2359人",
    "要将执法力量向一线倾斜,让市县两级真正成为生态环境执法的核心力量",
    "稳步推进“局队合一”工作模式",
    "提升非现场执法能力",
    "把县(市、区)生态环境部门的行政资源向现场执法集中",
    "执法人员编制增加475个",
}


def test_the_base_year_file_moves_nothing_and_names_every_lever():
    scenario, _ = load_scenario(FOLDER / "base-year.toml")
    assert scenario.levers == {} and scenario.assumptions == {} and scenario.reading == {}
    text = (FOLDER / "base-year.toml").read_text(encoding="utf-8")
    given = {".".join(path) for path in layout(text).places}
    for id, lever in TABLE.items():
        key = "case_policy" if id.startswith("case_policy.") else id
        assert key in given or f"# {id.split('.')[-1]} =" in text, id
        assert lever.label["zh"] in text, id


def test_the_base_year_file_is_commented_with_the_bounds_of_the_lever_table():
    text = (FOLDER / "base-year.toml").read_text(encoding="utf-8")
    found = layout(text)
    for id, lever in TABLE.items():
        if lever.low is not None and tuple(id.split(".")) in found.places:
            line = text.split("\n")[found.places[tuple(id.split("."))].line - 1]
            assert f"现状：{lever.base:g}；范围：{lever.low:g} 至 {lever.high:g}" in line, id


def test_the_scenarios_ask_the_questions_of_the_report():
    read = {path.stem: load_scenario(path)[0].levers for path in SHIPPED}
    assert read["sink-to-counties"] == {
        "staff.change.province": -10,
        "staff.change.city": -100,
        "staff.change.county": 110,
        "staff.spread": "need",
    }
    assert read["finish-merging"] == {"merged_bodies": 138}
    assert read["double-offsite"] == {"offsite_checks": 2 * TABLE["offsite_checks"].base}
    assert read["cut-other-duties"] == {"other_duties_cut": 0.1}
    assert read["added-posts"]["staff.new_posts"] == -475


def test_the_added_posts_bought_something():
    scenario, _ = load_scenario(FOLDER / "added-posts.toml")
    staff = project(scenario, draws=1024).measures
    assert staff["staff"].total.scenario.p50 == 2359 - 475
    assert staff["visit_capacity"].total.difference.p90 < 0
