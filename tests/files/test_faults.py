"""Every fault of a file is said in both languages: where it is, what was given, what would be right."""

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thorough import tries

from model import shipped_baseline
from model.command_line.main import main
from model.files.scenario_file import MOST_BYTES, load_scenario, read_scenario
from model.outputs.phrasing.problems import sentence
from model.outputs.words import LANGUAGES, keys
from model.scenario.levers import levers
from model.version import MODEL_VERSION

STRAIGHT = str.maketrans("“”", "''")
FOLDER = Path(__file__).parent / "faults"
LINE = {"zh": "第 {} 行", "en": "line {}"}
ALL = ("changsha", "yueyang", "xiangxi")

# For each file what must be said of each of its faults: key, line, what was given, what would be right.
FAULTS = {
    "unknown-lever": [("targeted_shar", 3, "0.4", ["targeted_share"])],
    "unknown-key": [("weather", 3, '"rain"', ["targeted_share", "name"])],
    "key-in-wrong-table": [("staff.change.targeted_share", 6, "0.4", ["[staff.change]", "[ ]"])],
    "sum-not-zero": [("staff.change.county", 5, "90", ["-10", "staff.new_posts", "100"])],
    "sum-not-new-posts": [("staff.new_posts", 4, "50", ["staff.change.county", "50"])],
    "above-bounds": [("targeted_share", 3, "1.4", ["0", "1"])],
    "more-people-than-the-cities-have": [("staff.change.city", 4, "-600", ["-532", "2359"])],
    "half-a-body": [("merged_bodies", 3, "130.5", ["130", "131", "138"])],
    "boolean-for-a-number": [("training_days", 3, "true", ["0", "40"])],
    "text-for-a-number": [("frontline_share.county", 4, '"0.7"', ["0", "1"])],
    "date-for-a-number": [("offsite_checks", 3, "2021-10-25", ["0", "100000"])],
    "infinite": [("other_duties_cut", 3, "inf", ["0", "0.3"])],
    "not-a-number": [("visit_time_saved", 3, "nan", ["0", "0.3"])],
    "huge-integer": [("from_approvals", 3, "1000000", ["0", "1000"])],
    "endless-integer": [("from_approvals", 3, "9999999", [])],
    "list-for-a-table": [("staff", 3, "[100, -100]", ["change.city", "new_posts", "spread"])],
    "table-for-a-number": [("targeted_share", 3, "[targeted_share]", ["0", "1"])],
    "case-policy-unknown-word": [("case_policy", 3, '"visits_first"', ['"cases_first"', "[case_policy]"])],
    "number-for-a-name": [("name", 2, "475", ["200"])],
    "name-in-a-third-language": [("name.fr", 2, '"plan"', ["zh", "en"])],
    "name-of-300-characters": [("name", 2, "长长长", ["300", "200"])],
    "note-of-6000-characters": [("note", 3, "xxx", ["6000", "5000"])],
    "control-character": [("name", 2, "甲\\u0007乙", ["U+0007"])],
    "line-break-in-a-name": [("name", 2, "甲\\n乙", ["U+000A"])],
    "empty": [("schema", None, "", ["schema = 1"])],
    "schema-missing": [("schema", None, "", ["schema = 1"])],
    "schema-newer": [("schema", 1, "2", ["schema = 1"])],
    "schema-wrong": [("schema", 1, '"one"', ["schema = 1"])],
    "version-not-a-text": [("model_version", 2, "1.2", [f'model_version = "{MODEL_VERSION}"'])],
    "unknown-baseline": [("baseline", 3, '"hunan-2012"', ["hunan-2021"])],
    "unknown-rules": [("rules", 3, '"2024"', ["2021", "2025"])],
    "limit-without-its-rules": [("decision_limit", 3, "120", ['rules = "2025"', "decision_limit = 90"])],
    "unknown-reading": [("reading.staff", 4, '"heads"', ["people", "posts"])],
    "unknown-prefecture": [("staff.spread.chansha", 4, "3", ALL)],
    "prefecture-in-chinese": [("staff.spread.岳阳市", 4, "1", ["yueyang"])],
    "negative-weight": [("staff.spread.changsha", 4, "-3", ["0"])],
    "weights-all-zero": [("staff.spread", 3, "[staff.spread]", [*ALL, 'spread = "need"'])],
    "moves-of-an-unknown-prefecture": [("staff.moves.county.岳阳市", 4, "6", ["yueyang"])],
    "moves-of-an-unknown-tier": [("staff.moves.town", 5, "3", ["province", "city", "county"])],
    "moves-more-than-a-pool-has": [("staff.moves.city.changsha", 4, "-400", ["-76", "2359"])],
    "moves-half-a-person": [("staff.moves.province", 4, "-2.5", ["-3", "-2"])],
    "moves-not-a-table": [
        ("staff.moves.city", 4, "-10", ["changsha", "xiangxi"]),
        ("staff.moves.county", 5, '"need"', ["changsha", "xiangxi"]),
    ],
    "unknown-assumption": [("assumptions.site_day", 3, '[assumptions."site_day"]', ["site_days"])],
    "assumption-without-reason": [("assumptions.site_days.reason", 3, "", ["reason", "0.05", "0.4", "1"])],
    "assumption-with-empty-reason": [("assumptions.site_days.reason", 7, '" "', [])],
    "assumption-out-of-order": [("assumptions.site_days", 3, "0.5", ["low ≤ mid ≤ high"])],
    "assumption-above-one": [
        ("assumptions.vacancy.mid", 5, "5", ["0", "1"]),
        ("assumptions.vacancy.high", 6, "12", ["0", "1"]),
    ],
    "staff-list-incomplete": [("staff_list", 3, "[staff_list]", ["city.changsha", "county.xiangxi"])],
    "staff-list-not-a-pair": [
        ("staff_list", 3, "[staff_list]", ["city.changsha", "county.xiangxi"]),
        ("staff_list.province", 4, "[25, 77]", ["[40, 23]"]),
    ],
    "staff-list-does-not-add-up": [("staff_list", 3, "2037", ["2359", "1504"])],
    "full-width-quotes": [("note", 3, "“下沉到县”", ['"'])],
    "full-width-equals": [("targeted_share", 3, "＝", ["“=”"])],
    "full-width-colon": [("targeted_share", 3, "：0.4", ["“=”"])],
    "full-width-comma": [("change", 4, "-10， county", ["“,”"])],
    "full-width-digits": [("targeted_share", 3, "０.４", ["“0”"])],
    "full-width-space": [("targeted_share", 3, "targeted_share = 0.4", [])],
    "tab-for-equals": [("targeted_share", 3, "targeted_share 0.4", ["="])],
    "odd-quotes": [("note", 3, '"下沉到县', ['""'])],
    "mixed-quotes": [("note", 3, "\"下沉到县'", ['""'])],
    "percent-sign": [("targeted_share", 3, "40%", ["0.4"])],
    "comma-in-a-number": [("offsite_checks", 3, "5,124", ["5124"])],
    "leading-zero": [("training_days", 3, "012", ["12"])],
    "text-without-quotes": [("note", 3, "note = 下沉到县", ['"下沉到县"'])],
    "chinese-key": [("定向检查占比", 3, "定向检查占比 = 0.4", ["name"])],
    "colon-for-equals": [("targeted_share", 3, "targeted_share: 0.4", ["="])],
    "no-equals-sign": [("targeted_share", 3, "targeted_share 0.4", ["="])],
    "two-values": [("targeted_share", 3, "0.4 0.5", ["22"])],
    "unclosed-text": [("note", 3, 'note = """', ['"""'])],
    "unclosed-list": [("staff_list", 3, "staff_list = [", ["]"])],
    "key-given-twice": [("targeted_share", 4, "targeted_share = 0.5", [])],
    "table-given-twice": [("staff.change", 6, "[staff.change]", [])],
    "deeply-nested-lists": [("", 3, "staff = [[[", ["[staff.change]"])],
    "deeply-nested-keys": [("", 3, "staff.staff.staff", ["[staff.change]"])],
    "binary": [("", 4, "\\x00", [".toml"])],
    "utf-16": [("", None, "UTF-16", ["UTF-8"])],
    "damaged-utf-8": [("", 3, "\\xe5", ["UTF-8"])],
    "other-encoding": [("", 3, "\\xff", ["UTF-8"])],
    "many-faults": [
        ("schema", 1, "9", ["schema = 1"]),
        ("name", 2, "“下沉”", ['"']),
        ("targeted_share", 3, "40%", ["0.4"]),
        ("offsite_checks", 4, "-5", ["0", "100000"]),
        ("rules", 5, '"2030"', ["2021", "2025"]),
        ("baseline", 6, '"hubei"', ["hunan-2021"]),
        ("wether", 7, "1", ["targeted_share"]),
        ("staff.change.city", 9, "-100.5", ["-101", "-100"]),
        ("staff.change.county", 10, '"一百"', ["-1476", "2359"]),
        ("assumptions.site_days.mid", 11, "", ["0.05", "0.4", "1"]),
        ("assumptions.site_days.high", 11, "", ["0.05", "0.4", "1"]),
        ("assumptions.site_days.reason", 13, '""', []),
    ],
}
GOOD = {"good-gb18030", "good-with-byte-order-mark"}


def test_every_file_of_the_folder_is_looked_at():
    assert {path.stem for path in FOLDER.iterdir()} == FAULTS.keys() | GOOD
    assert len(FAULTS) >= 25


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_said_with_key_line_given_value_and_what_would_be_right(name, language, capsys):
    path = FOLDER / f"{name}.toml"
    assert main(["check", str(path), "--language", language]) == 2
    said = capsys.readouterr().out.removesuffix("\n").split("\n")[:-1]
    assert len(said) == len(FAULTS[name]), "\n".join(said)
    for line, (key, number, value, right) in zip(said, FAULTS[name], strict=True):
        where, what = (
            line.removeprefix(str(path)),
            line.removeprefix(str(path)).split({"zh": "：", "en": ": "}[language], 1)[1],
        )
        assert key in where and (number is None or LINE[language].format(number) in where)
        assert value in what
        quoted = right if language == "zh" else [part.translate(STRAIGHT) for part in right]
        assert all(part in what.replace(value, "", 1) for part in quoted), (line, quoted)
        assert all(character.isprintable() for character in line)


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_good_file_in_an_odd_encoding_passes(name, capsys):
    assert main(["check", str(FOLDER / f"{name}.toml"), "--language", "zh"]) == 0
    assert "执法力量下沉到县" in capsys.readouterr().out


def test_all_files_at_once_without_a_traceback():
    files = sorted(map(str, FOLDER.iterdir()))
    run = subprocess.run(
        [sys.executable, "-m", "model", "check", "--language", "en", *files],
        capture_output=True,
        cwd=FOLDER.parents[2],
        check=False,
    )
    said = run.stdout.decode("utf-8")
    assert run.returncode == 2 and run.stderr == b""
    assert all(path in said for path in files)
    assert f"{sum(map(len, FAULTS.values()))} problems in all" in said


def test_every_kind_of_problem_has_a_file():
    """No phrase without a fault that shows it, and no fault without a phrase."""
    shown = {problem.code for path in FOLDER.iterdir() for problem in load_scenario(path)[1]}
    elsewhere = {"file_missing", "file_unreadable", "too_large", "more_problems", "too_many_people"}
    phrases = {key.removeprefix("problems.") for key in keys() if key.startswith("problems.")}
    # Of no scenario file: test_targets, test_sweep_grid, test_planners and test_roles.
    phrases -= {code for code in phrases if code.startswith(("target_", "sweep_", "roles_"))}
    phrases -= {"not_signed_in", "not_a_planner"}
    parts = {"where_line", "where_comma", "where_end", "list_comma", "range", "range_unit"}
    assert shown | elsewhere == phrases - parts


def said(problems):
    return [sentence(problem, language) for problem in problems for language in LANGUAGES]


def test_a_missing_file_and_a_folder_are_problems(tmp_path):
    assert [p.code for p in load_scenario(tmp_path / "none.toml")[1]] == ["file_missing"]
    assert [p.code for p in load_scenario(tmp_path / "a\0b.toml")[1]] == ["file_missing"]
    assert [p.code for p in load_scenario(tmp_path)[1]] == ["file_unreadable"]
    assert all(str(tmp_path) in line for line in said(load_scenario(tmp_path)[1]))


def test_a_file_above_the_limit_is_not_read(tmp_path):
    path = tmp_path / "large.toml"
    path.write_bytes(b"schema = 1\n" + b"#" * MOST_BYTES * 3)
    scenario, problems = load_scenario(path)
    assert scenario is None
    assert [p.code for p in problems] == ["too_large"]
    assert all("1000000" in line for line in said(problems))


def test_a_thousand_problems_end_in_a_sentence():
    text = "schema = 1\n" + "".join(f"key_{n} = {n}\n" for n in range(1000))
    problems = read_scenario(text.encode())[1]
    assert len(problems) == 101 and problems[-1].code == "more_problems"


def test_more_people_than_the_whole_system_has():
    """With Hunan's third nobody reaches the bound; a force that is most of its system does by 1,000 more."""
    hunan = shipped_baseline("hunan-2021")
    most = replace(hunan.report["enforcement_share_of_system_min"], value=0.9)
    baseline = replace(hunan, report={**hunan.report, "enforcement_share_of_system_min": most})
    text = b"schema = 1\nfrom_approvals = 500\n"
    assert read_scenario(text)[1] == []
    scenario, problems = read_scenario(text, "plan.toml", baseline)
    assert scenario is None
    assert all("from_approvals" in line and "2859" in line and "2621" in line for line in said(problems))


def test_a_file_for_another_baseline_is_refused():
    hunan = replace(shipped_baseline("hunan-2021"), id="nation-2020")
    assert read_scenario(b'schema = 1\nbaseline = "nation-2020"\n', baseline=hunan)[0].baseline == "nation-2020"
    assert [p.code for p in read_scenario(b'schema = 1\nbaseline = "hunan-2021"\n', baseline=hunan)[1]] == [
        "unknown_baseline"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a." * 500_000,
        " " * 999_990 + "=",
        "x y\n" * 200_000,
        "[t]\n" * 200_000,
        'a = """' + 'x"' * 400_000,
        "长 " * 200_000 + "=",
    ],
    ids=["keys", "blanks", "broken lines", "tables", "open text", "one line"],
)
def test_a_megabyte_of_nonsense_takes_seconds_not_hours(text):
    start = time.monotonic()
    assert read_scenario(text.encode())[0] is None
    assert time.monotonic() - start < 10


# Any bytes whatever.


def judged(data):
    """The answer to some bytes, held to its promise: a scenario, or problems that both languages can say."""
    scenario, problems = read_scenario(data, "file.toml")
    assert (scenario is None) == bool(problems)
    for line in said(problems):
        assert line.startswith("file.toml") and "\n" not in line
    return scenario, problems


@settings(max_examples=tries(300), deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_an_answer(data):
    judged(data)


@settings(max_examples=tries(100), deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_behind_a_good_beginning_give_an_answer(data):
    judged(b'schema = 1\nname = "plan"\n' + data)


ids = [*levers(shipped_baseline("hunan-2021")), "schema", "name", "note", "reason", "author", "baseline"]
ids += [
    "staff",
    "staff.change",
    "case_policy",
    "assumptions.site_days",
    "assumptions.site_days.low",
    "reading.staff",
    "x",
]
scalars = st.one_of(
    st.integers(-(10**30), 10**30).map(str),
    st.floats().map(repr),
    st.sampled_from(
        ['"need"', '"2025"', "true", "1979-05-27", "07:32:00", "[]", "{}", "[1, 2]", "'x'", '"""\n"', "0xff", "“”"]
    ),
    st.text(max_size=8),
)
tables = st.dictionaries(
    st.sampled_from(["zh", "en", "city", "county", "low", "high", "changsha"]), scalars, max_size=3
).map(lambda entries: "{" + ", ".join(f"{name} = {value}" for name, value in entries.items()) + "}")
pairs = st.tuples(st.sampled_from(ids), scalars | tables).map(" = ".join)
headers = st.sampled_from(ids).map("[{}]".format)


@settings(max_examples=tries(400), deadline=None)
@given(lines=st.lists(pairs | headers | st.text(max_size=10), max_size=8), ending=st.sampled_from(["\n", "\r\n"]))
def test_any_text_like_a_scenario_file_gives_an_answer(lines, ending):
    judged(ending.join(["schema = 1", *lines]).encode("utf-8", "surrogatepass"))


@settings(max_examples=tries(100), deadline=None)
@given(data=st.data())
def test_a_good_file_damaged_anywhere_gives_an_answer(data):
    good = (FOLDER.parents[2] / "scenarios" / "sink-to-counties.toml").read_bytes()
    at = data.draw(st.integers(0, len(good)))
    judged(good[:at] + data.draw(st.binary(max_size=4)) + good[at + data.draw(st.integers(0, 20)) :])
