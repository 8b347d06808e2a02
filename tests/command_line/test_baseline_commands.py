"""Base years from the command line: begun, filled in, checked, kept, sent, and stood on."""

import json
import shutil
from pathlib import Path

import pytest
from base_year_workbooks import ABOUT, GUANGDONG, TOTAL_KEY, filled, hunan_typed, places
from documents import result

from model.command_line.main import main
from model.evidence.base_year_folders import find_baseline
from model.files.base_years.store import BaseYears
from model.outputs.words import LANGUAGES

SINK = str(Path(__file__).parents[2] / "scenarios" / "sink-to-counties.toml")
OWN_ID = ("source", "id", "value")
SAME_PLACE = {key: value for key, value in GUANGDONG.items() if key[0] == "source"}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FRONTLINE_BASELINES", str(tmp_path / "own"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def said(capsys):
    def run(*arguments: str, language: str = "en") -> tuple[int, str, str]:
        code = main([*arguments, "--language", language])
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def own(typed: dict | None = None, **how: bool) -> bytes:
    return filled(GUANGDONG | {OWN_ID: "own-2016", **(typed or {})}, places(), **{"is_blank": True, **how})


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_a_workbook_to_a_projection(said, here, language):
    begin = ("baseline", "new", "--from", "hunan-2021", "--name", "Own 2025", "--workbook", "w.xlsx")
    assert said(*begin, language=language)[0] == 0
    assert said(*begin)[0] == 2, "a file that is there is not written over"
    assert said("baseline", "check", "w.xlsx", language=language)[0] == 2, "year and source are not filled in"
    (here / "w.xlsx").write_bytes(filled(SAME_PLACE | {OWN_ID: "own-2025", TOTAL_KEY: 2450}))
    code, out, _ = said("baseline", "check", "w.xlsx", language=language)
    assert code == 0 and "4,096" in out and "own-2025" in out
    assert said("baseline", "import", "w.xlsx", language=language)[0] == 0
    assert find_baseline("own-2025").reported("staff_total") == 2450
    code, out, _ = said("project", SINK, "--baseline", "own-2025", "--draws", "512", language=language)
    assert code == 0 and find_baseline("own-2025").name[language] in out
    assert "own-2025" in said("baseline", "list", language=language)[1]


@pytest.mark.by_night
def test_hunans_own_figures_typed_in_give_its_json_but_for_ids(said, here):
    """To the byte and at the usual draws; only the id of the base year, and the hash that holds it, differ."""
    (here / "w.xlsx").write_bytes(hunan_typed(ABOUT | {OWN_ID: "typed-2021"}))
    assert said("baseline", "import", "w.xlsx")[0] == 0
    hunans, ours = (said("project", SINK, "--json", "--baseline", id)[1] for id in ("hunan-2021", "typed-2021"))
    hashes = [json.loads(out)["scenarios"][0]["hash"] for out in (hunans, ours)]
    assert '"baseline": "typed-2021"' in ours and hashes[0] != hashes[1]
    assert ours.replace("typed-2021", "hunan-2021").replace(hashes[1], hashes[0]) == hunans


def test_every_wrong_cell_is_said_and_nothing_is_kept(said, here):
    (here / "w.xlsx").write_bytes(own({TOTAL_KEY: "many", ("counts", "cases_total", "to"): "soon"}))
    for action in ("check", "import"):
        code, out, err = said("baseline", action, "w.xlsx")
        assert code == 2 and out == ""
        assert err.splitlines()[0].startswith("w.xlsx, 队伍!C5: got 'many'") and "统计数!E5" in err
    assert BaseYears().entries()[-1].ships


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_base_year_that_does_not_close_says_why_in_a_planners_words(said, here, language):
    (here / "w.xlsx").write_bytes(own({("counts", "visits_base", "value"): "3,000,000"}))
    code, out, _ = said("baseline", "check", "w.xlsx", language=language)
    assert code == 3 and "4,096" in out
    for condition in ("pool_time", "other_duties", "visit_cap"):
        assert condition not in out
    assert find_baseline("hunan-2021").assumptions["site_days"].label[language] in out


def test_a_base_year_is_sent_as_one_file(said, here, monkeypatch):
    assert said("baseline", "new", "--from", "hunan-2021", "--name", "Copy")[0] == 0
    assert said("baseline", "export", "copy", "--out", "copy.zip")[0] == 0
    assert said("baseline", "export", "nowhere", "--out", "other.zip")[0] == 2
    monkeypatch.setenv("FRONTLINE_BASELINES", str(here / "elsewhere"))
    code, out, _ = said("baseline", "check", "copy.zip")
    assert code == 0 and "hunan-2021" in out, "it says which figures still are Hunan's"
    assert said("baseline", "import", "copy.zip")[0] == 0
    assert said("baseline", "import", "copy.zip", "--id", "again")[0] == 0
    assert [entry.id for entry in BaseYears().entries() if not entry.ships] == ["again", "copy"]


def test_a_change_needs_a_reason(said, here):
    (here / "w.xlsx").write_bytes(own())
    assert said("baseline", "import", "w.xlsx")[0] == 0
    (here / "w.xlsx").write_bytes(own({("force", "staff_city", "value"): 850}))
    code, _, err = said("baseline", "import", "w.xlsx")
    assert code == 2 and "reason" in err
    assert said("baseline", "import", "w.xlsx", "--reason", "recount")[0] == 0
    line = BaseYears().history("own-2016")[-1]
    assert (line["what"], line["reason"]) == ("edit assumptions/staff_city", "recount")


def test_a_workbook_to_edit_begins_with_the_base_years_own_figures(said, here):
    (here / "w.xlsx").write_bytes(own())
    assert said("baseline", "import", "w.xlsx")[0] == 0
    assert said("baseline", "new", "--from", "own-2016", "--edit", "--workbook", "e.xlsx")[0] == 0
    before = BaseYears().files("own-2016")
    files, problems = BaseYears().read((here / "e.xlsx").read_bytes(), "e.xlsx")
    assert problems == [] and {**files, "history.csv": before["history.csv"]} == before


@pytest.mark.parametrize("command", ["project", "levers", "evidence"])
def test_a_base_year_that_is_not_here_is_said(said, command):
    files = [SINK] if command == "project" else []
    code, out, err = said(command, *files, "--baseline", "sichuan-2020")
    assert code == 2 and out == "" and "sichuan-2020" in err and "hunan-2021" in err


def test_a_plan_from_somebody_with_another_base_year_says_to_ask_for_its_zip(said, here):
    (here / "plan.toml").write_text('schema = 1\nbaseline = "sichuan-2020"\ntargeted_share = 0.4\n', "utf-8")
    code, out, _ = said("check", "plan.toml")
    assert code == 2 and "sichuan-2020" in out and "ZIP" in out
    assert said("project", "plan.toml", "--baseline", "hunan-2021", "--draws", "512")[0] == 0


def test_every_command_stands_on_the_base_year_asked_for(said):
    said("baseline", "new", "--from", "hunan-2021", "--name", "Copy")
    code, out, _ = said("project", SINK, "--baseline", "copy", "--json", "--draws", "512")
    ours = json.loads(out)
    theirs = json.loads(said("project", SINK, "--json", "--draws", "512")[1])
    assert code == 0 and ours["scenarios"][0]["baseline"] == "copy"
    assert ours["draws"] == theirs["draws"]
    assert ours["result"]["measures"] == theirs["result"]["measures"]


@pytest.mark.parametrize("given", ["nothing.xlsx", "plan.toml"])
def test_a_file_that_is_no_workbook_is_said(said, here, given):
    (here / "plan.toml").write_text("schema = 1\n", "utf-8")
    for action in ("check", "import"):
        code, _, err = said("baseline", action, given)
        assert code == 2 and given in err


def test_the_list_is_a_document_too(said, here):
    assert said("baseline", "new", "--from", "hunan-2021", "--name", "Copy")[0] == 0
    shutil.copytree(here / "own" / "copy", here / "own" / "broken")
    (here / "own" / "broken" / "report.csv").write_text("id,value\n", "utf-8")
    rows = {row["id"]: row for row in result(said("baseline", "list", "--json")[1])["base_years"]}
    assert (rows["copy"]["template"], rows["copy"]["ships"], rows["hunan-2021"]["ships"]) == ("hunan-2021", False, True)
    assert rows["hunan-2021"]["year"] == 2021 and rows["hunan-2021"]["problem"] is None
    assert "broken" in rows["broken"]["problem"]["sentence"]["en"] and rows["broken"]["year"] is None


def test_what_a_check_finds_is_a_document_too(said, here):
    (here / "good.xlsx").write_bytes(filled(SAME_PLACE | {OWN_ID: "own-2025", TOTAL_KEY: 2450}))
    (here / "wrong.xlsx").write_bytes(own({TOTAL_KEY: "many"}))
    (here / "too-much.xlsx").write_bytes(own({("counts", "visits_base", "value"): "3,000,000"}))
    code, out, err = said("baseline", "check", "good.xlsx", "wrong.xlsx", "too-much.xlsx", "--json")
    good, wrong, much = result(out)["files"]
    assert (code, err) == (3, "")
    assert good["base_year"]["id"] == "own-2025" and good["closing"]["closes"] and not good["problems"]
    problem = wrong["problems"][0]
    assert (problem["sheet"], problem["cell"], problem["given"]) == ("队伍", "C5", "many") and not wrong["base_year"]
    assert much["good"] and not much["closing"]["closes"] and much["closing"]["work_over_time"] > 1
    assert {"figure": "site_days", "may_be_too": "high"} in much["closing"]["causes"]
