"""Plans as files on the page: what a save does to the file, who is asked first, what is never lost."""

import json
import re
from pathlib import Path

import force_bar
import pytest
from box_of_plans import open_box
from streamlit.testing.v1 import AppTest

from model import Scenario, project
from model.files.library import FOLDER, SETTING, Deleted, Library, Refused
from model.files.problem import Problem
from model.outputs.phrasing.coherence import coherent
from model.outputs.phrasing.numbers import amount
from model.outputs.words import LANGUAGES, text
from model.scenario.scenario import ChangedAssumption
from model.version import MODEL_VERSION
from views.shell import replay
from views.shell.address.scenario_address import to_link
from views.shell.files import history, library, saving
from views.shell.files.markdown import literal
from views.shell.files.notices import DELETED

ROOT = Path(__file__).parents[2]
MINE = 'schema = 1\nname = "我的方案" # 名称\n# 会议定的\n[staff.change]\ncity = -100 # 市级\ncounty = 100\n'
HOSTILE = "<img src=x onerror=alert(1)> **b** :red[r] $x$ ![](http://example.org/a.png) `c` :material/home: \u202eabc"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(SETTING, str(tmp_path))
    (tmp_path / "mine.toml").write_text(MINE, encoding="utf-8")
    return tmp_path


def opened(**address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "views" / "site" / "pages.py"), default_timeout=60)
    for key, value in {"lang": "zh", **address}.items():
        app.query_params[key] = value
    return run(app)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception, app.exception
    return app


def with_mine() -> AppTest:
    """The page with the file of the library opened from the box."""
    return press(boxed(), "open-mine")


def boxed(**address: str) -> AppTest:
    app = opened(**address)
    open_box(app)
    return run(app)


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return run(app)


def again(app: AppTest) -> AppTest:
    """The same address in another browser."""
    return opened(
        **{key: values[0] if isinstance(values, list) else values for key, values in app.query_params.items()}
    )


def name(app: AppTest):
    return next(box for box in app.text_input if box.key.startswith("name-"))


def moved(app: AppTest, people: int) -> AppTest:
    return force_bar.wish(app, tier="county", people=1722 + people)


def texts(app: AppTest) -> str:
    drawn = "\n".join(part.proto.body for part in app.get("html"))
    return "\n".join([*(part.value for part in app.text), re.sub(r"<style.*?</style>", "", drawn, flags=re.DOTALL)])


# A save.


def test_a_save_writes_the_change_and_keeps_what_a_person_wrote_in_the_file(folder):
    app = moved(with_mine(), 70)
    assert not app.button(key="save").disabled
    press(app, "save")
    written = (folder / "mine.toml").read_text("utf-8")
    saved_under = f'model_version = "{MODEL_VERSION}"  # {text("scenario_file.model_version", "zh")}\n'
    changed = MINE.replace("-100 #", "-70 #").replace("county = 100", "county = 70")
    assert written == changed.replace("# 名称\n", f"# 名称\n{saved_under}")
    assert app.button(key="save").disabled and app.button(key="save").label == text("plans.is_saved", "zh")
    assert [toast.value for toast in app.toast] == [text("plans.saved", "zh", file=literal("mine.toml"))]


def test_the_version_in_a_file_follows_a_save_and_nothing_else_does(folder):
    old = MINE.replace("schema = 1\n", "schema = 1\nmodel_version = '1.1.0' # 手写\n")
    (folder / "mine.toml").write_text(old, encoding="utf-8")
    press(moved(with_mine(), 70), "save")
    changed = old.replace("'1.1.0'", f'"{MODEL_VERSION}"').replace("-100 #", "-70 #").replace("= 100", "= 70")
    assert (folder / "mine.toml").read_text("utf-8") == changed


def test_nothing_can_be_saved_while_nothing_is_changed(folder):
    assert opened().button(key="save").disabled
    app = with_mine()
    assert app.button(key="save").disabled
    press(moved(app, 70), "undo")
    assert app.button(key="save").disabled


def test_a_reload_finds_the_file_again_and_saves_over_the_version_it_showed(folder):
    app = again(moved(with_mine(), 70))
    assert name(app).value == "我的方案" and not app.button(key="save").disabled
    press(app, "save")
    assert "county = 70" in (folder / "mine.toml").read_text("utf-8")
    assert len(list(folder.glob("*.toml"))) == 1
    assert again(app).button(key="save").disabled


def test_a_new_plan_and_one_that_ships_are_asked_for_a_name(folder, monkeypatch):
    app = press(moved(opened(), 70), "save")
    assert app.session_state[saving.DIALOG] == saving.SAVE_AS
    monkeypatch.delenv(SETTING)
    shipped = (FOLDER / "sink-to-counties.toml").read_bytes()
    app = press(boxed(), "open-sink-to-counties")
    press(moved(app, 70), "save")
    assert app.session_state[saving.DIALOG] == saving.SAVE_AS
    assert (FOLDER / "sink-to-counties.toml").read_bytes() == shipped


def test_of_two_sessions_the_second_is_told_and_nothing_is_overwritten(folder):
    first, second = moved(with_mine(), 70), moved(with_mine(), 30)
    press(first, "save")
    before = (folder / "mine.toml").read_bytes()
    press(second, "save")
    assert second.session_state[saving.DIALOG] == saving.OTHER_VERSION
    assert "mine" in texts(second) and "+70" in texts(second) and "+30" in texts(second)
    assert (folder / "mine.toml").read_bytes() == before
    assert force_bar.people(second)["county"] == 1752


def test_a_link_from_before_somebody_elses_save_does_not_overwrite_it(folder):
    app = with_mine()
    late = again(moved(app, 30))
    press(moved(app, 70), "save")
    later = again(late)
    press(later, "save")
    assert later.session_state[saving.DIALOG] == saving.OTHER_VERSION
    assert "county = 70" in (folder / "mine.toml").read_text("utf-8")


def test_a_plan_whose_file_is_gone_says_so_and_is_not_lost(folder):
    app = moved(with_mine(), 70)
    (folder / "mine.toml").unlink()
    press(app, "save")
    assert text("library.gone", "zh", stem="mine") in texts(app)
    alone = again(app)
    assert not alone.button(key="save").disabled
    assert force_bar.people(alone)["county"] == 1792


def test_undo_goes_back_to_the_plan_before_and_to_its_file(folder):
    (folder / "other.toml").write_text(MINE.replace("100", "50").replace("我的", "别的"), encoding="utf-8")
    app = with_mine()
    open_box(app)
    press(run(app), "open-other")
    press(app, "undo")
    press(moved(app, 70), "save")
    assert "county = 70" in (folder / "mine.toml").read_text("utf-8")
    assert "county = 50" in (folder / "other.toml").read_text("utf-8")


def test_what_could_not_be_written_is_said_and_kept(folder, monkeypatch):
    app = moved(with_mine(), 70)
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    press(app, "save")
    assert text("library.folder_missing", "zh") in texts(app)
    assert force_bar.people(app)["county"] == 1792 and not app.button(key="save").disabled


def submit(app: AppTest, key: str) -> AppTest:
    """Send a form by its button, whose key begins so."""
    next(one for one in app.button if one.key.startswith(f"FormSubmitter:{key}")).click()
    return run(app)


def typed(app: AppTest) -> tuple[str, str]:
    return app.text_input(key="plan-name").value, app.text_area(key="plan-note").value


def test_what_was_typed_into_the_dialog_stays_where_nothing_could_be_saved(folder):
    app = press(moved(opened(), 30), "save")
    app.text_input(key="plan-name").input("新方案")
    app.text_area(key="plan-note").input("会上的意见")
    folder.rename(folder.with_name("away"))
    submit(app, "plan-texts")
    assert text("library.folder_missing", "zh") in texts(app) and typed(app) == ("新方案", "会上的意见")
    folder.with_name("away").rename(folder)
    submit(app, "plan-texts")
    assert "会上的意见" in (folder / "新方案.toml").read_text("utf-8") and not app.text_area


def test_what_was_typed_stays_where_the_file_to_overwrite_changed_once_more(folder):
    app = press(moved(opened(), 30), "save")
    app.text_input(key="plan-name").input("我的方案")
    app.text_area(key="plan-note").input("会上的意见")
    (folder / "我的方案.toml").write_text(MINE, encoding="utf-8")
    submit(app, "plan-texts")
    (folder / "我的方案.toml").write_text(MINE + "# 又改\n", encoding="utf-8")
    next(one for one in app.button if one.label == text("plans.overwrite", "zh")).click()
    run(app)
    assert (folder / "我的方案.toml").read_text("utf-8").endswith("# 又改\n") and typed(app)[1] == "会上的意见"
    next(one for one in app.button if one.label == text("plans.overwrite", "zh")).click()
    run(app)
    assert "会上的意见" in (folder / "我的方案.toml").read_text("utf-8")


def test_a_reason_that_could_not_be_noted_stays_in_its_box(folder, monkeypatch):
    press(moved(with_mine(), 70), "save")
    app = opened(file="mine")
    app.session_state[saving.DIALOG], app.session_state[history.OF] = history.HISTORY, "mine"
    app.session_state[history.EXPLAINING] = 1
    run(app)
    app.text_input(key="reason-1").input("省厅意见")
    monkeypatch.setattr(Library, "explain", lambda *_: Refused((Problem("disk_full", ""),)))
    submit(app, "explain-1")
    assert text("library.disk_full", "zh") in texts(app) and app.text_input(key="reason-1").value == "省厅意见"


def test_a_name_that_could_not_be_given_stays_in_its_row(folder, monkeypatch):
    app = boxed()
    app.session_state[library.RENAMING] = "mine"
    run(app)
    app.text_input(key="new-name-mine").input("新名")
    monkeypatch.setattr(Library, "rename", lambda *_: Refused((Problem("disk_full", ""),)))
    submit(app, "rename-mine")
    assert text("library.disk_full", "zh") in texts(app)
    open_box(app)
    assert run(app).text_input(key="new-name-mine").value == "新名"


def test_a_plan_deleted_brought_back_by_somebody_else_and_deleted_again_has_one_notice(folder):
    app = opened()
    app.session_state[DELETED] = ((Deleted("mine", "mine.toml"), "我的方案"),) * 2
    assert [one.label for one in run(app).button].count(text("plans.undelete", "zh")) == 1


# A name.


def test_the_name_is_changed_in_its_place_and_undone(folder):
    app = with_mine()
    name(app).set_value("  更好的名称 ")
    run(app)
    assert name(app).value == "更好的名称"
    press(app, "save")
    assert 'name = "更好的名称" # 名称' in (folder / "mine.toml").read_text("utf-8")
    press(app, "undo")
    assert name(app).value == "我的方案"


@pytest.mark.parametrize("given", ["长" * 300, "甲\u0007乙"])
def test_a_name_that_no_file_may_hold_is_refused_in_one_message_and_the_old_one_stays(folder, given):
    app = with_mine()
    name(app).set_value(given)
    run(app)
    assert name(app).value == "我的方案"
    assert texts(app).count(text("plans.not_renamed", "zh")) == 1
    press(app, "dismiss")
    assert text("plans.not_renamed", "zh") not in texts(app)


# The list.


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_says_what_each_plan_does_and_what_is_wrong_with_a_broken_file(folder, language):
    (folder / "bad.toml").write_text("schema = 1\ntargeted_share = 40\nno_such_lever = 1\n", encoding="utf-8")
    said = texts(boxed(lang=language))
    assert "我的方案" in said and "−100" in said and "+100" in said
    assert "bad.toml" in said and "targeted_share" in said and "no_such_lever" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_library_and_a_missing_one_are_each_said_in_words(folder, language):
    (folder / "mine.toml").unlink()
    app = boxed(lang=language)
    assert text("plans.list_empty", language) in [caption.value for caption in app.caption]
    (folder / ".lock").unlink(missing_ok=True)
    folder.rmdir()
    assert text("library.folder_missing", language) in texts(boxed(lang=language))


def test_the_list_is_that_of_the_folder_that_the_setting_names(folder):
    app = boxed()
    assert [button.key for button in app.button if button.key and button.key.startswith("open-")] == ["open-mine"]


def test_a_hostile_name_is_only_ever_shown_as_text(folder):
    (folder / "hostile.toml").write_text(f"schema = 1\nname = {HOSTILE!r}\n".replace("'", '"'), encoding="utf-8")
    app = press(boxed(), "open-hostile")
    open_box(app)
    run(app)
    assert name(app).value == HOSTILE
    drawn = "\n".join(part.proto.body for part in app.get("html"))
    assert "<img" not in drawn and "&lt;img" in drawn
    labels = [element.label for kind in (app.button, app.selectbox, app.expander) for element in kind]
    assert not any("onerror" in label for label in [*labels, *(part.value for part in app.markdown)])


@pytest.mark.parametrize("said", [HOSTILE, "`", "``a`b```", " a\nb "])
def test_text_as_markdown_code_is_closed_by_nothing_inside_it(said):
    fence = re.match("`+", literal(said))[0]
    inside = literal(said)[len(fence) + 1 : -len(fence) - 1]
    assert inside == " ".join(said.split()) and fence not in re.findall("`+", inside)


# Resets and the replay.


def test_assumptions_and_decisions_are_put_back_apart_each_with_its_mark(folder):
    link = to_link(
        Scenario(assumptions={"site_days": ChangedAssumption(0.3, 0.4, 0.6, "试")}, reading={"staff": "posts"})
    )
    app = moved(opened(**link), 70)
    assert app.button(key="reset").label.endswith("**2**") and app.button(key="reset_assumed").label.endswith("**2**")
    press(app, "reset_assumed")
    assert force_bar.people(app)["county"] == 1792
    assert not any(key.startswith(("assumptions", "reading")) for key in app.query_params)
    assert not any(button.key == "reset_assumed" for button in app.button)
    press(press(app, "undo"), "reset")
    assert app.query_params["reading.staff"] in ("posts", ["posts"]) and force_bar.people(app)["county"] == 1722


def test_a_plan_begun_after_a_reset_has_neither_the_name_nor_the_file_of_the_one_before(folder):
    app = with_mine()
    before = app.session_state["scenario"]
    press(press(app, "reset"), "story-time")
    after = app.session_state["scenario"]
    assert after == Scenario(levers={"other_duties_cut": 0.1}) and "file" not in app.query_params
    assert app.session_state["download_inputs"].origin.source == b""
    press(press(app, "undo"), "undo")
    assert app.session_state["scenario"] == before and app.query_params["file"] in ("mine", ["mine"])


def shown(app: AppTest) -> str:
    body = next(part.proto.body for part in app.get("html") if 'class="cards"' in part.proto.body)
    return re.search(r'data-measure="visits".*?<b>(.*?)</b>', body)[1]


def visits(people: int) -> str:
    levers = {"staff.change.city": -float(people), "staff.change.county": float(people)} if people else {}
    return amount(coherent(project(Scenario(levers=levers))).measures["visits"].total.scenario.p50, "visits a year")


def sign(app: AppTest) -> str:
    """The state that the sign of the replay names, and the force bar with it; empty where none is drawn."""
    signs = [part.proto.json for part in app.get("bidi_component") if part.proto.component_name == "replay"]
    return json.loads(signs[0])["which"] if signs else ""


def test_the_replay_shows_now_and_the_plan_in_turn_not_the_last_change_and_changes_nothing(folder):
    app = opened()
    assert app.button(key="replay-button").disabled
    moved(moved(app, 40), 100)
    kept = {key: app.session_state[key] for key in ("scenario", "past", "future", "address")}
    press(app, "replay-button")
    frames = []
    for _ in range(2 * replay.TIMES):
        frames.append((shown(app), sign(app)))
        app.session_state[replay.REQUEST] = True  # the clock's run draws the pictures alone
        app.session_state[replay.LEFT] -= 1
        run(app)
    assert frames == [(visits(0), "now"), (visits(100), "plan")] * replay.TIMES
    assert shown(app) == visits(100) and not sign(app)
    assert {key: app.session_state[key] for key in kept} == kept


def test_any_other_step_ends_the_replay(folder):
    app = press(moved(opened(), 100), "replay-button")
    assert shown(app) == visits(0)
    assert shown(press(app, "undo")) == visits(0)
    assert shown(press(app, "redo")) == visits(100)
