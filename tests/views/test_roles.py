"""Who may save on a server, tried by the messages that a browser sends, honest ones and forged ones."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from bare_session import act, session, visit, widgets
from conftest import ROOT, served

from model.files.problem import Problem
from model.outputs.phrasing.problems import what

PLAN = {"staff.change.city": "-10", "staff.change.county": "10", "lang": "zh"}
HEADER = "X-Remote-User"
LI, WANG = [(HEADER, "李明".encode().decode("latin-1"))], [(HEADER, "wang@office.cn")]
VIEWER = what(Problem("not_a_planner", "", given="wang@office.cn"), "zh")
NOBODY = what(Problem("not_signed_in", ""), "zh")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Path]]:
    """A server behind a proxy that names the user, and its list of planners."""
    roles = tmp_path / "roles.toml"
    roles.write_text('planners = ["李明", "*@bureau.cn"]\n', encoding="utf-8")
    monkeypatch.setenv("FRONTLINE_ROLES", str(roles))
    monkeypatch.setenv("FRONTLINE_USER_HEADER", HEADER)
    with served(ROOT / "app.py", tmp_path) as url:
        yield url, roles


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def told(sent: list) -> str:
    """All texts of a page, and what its buttons say of themselves."""
    elements = [message.delta.new_element for message in sent]
    return "".join(f"{one.text.body} {one.html.body} {one.button.help}" for one in elements)


def save_as(opened, name: str, strike=lambda: None) -> str:
    """Press save, disabled or not, and the button of what asks for a name then; what the page told last.

    A button that is drawn disabled does nothing, whatever a browser says of it: then nothing asks.
    """
    drawn = visit(opened, **PLAN)
    asked = widgets(act(opened, {widgets(drawn)["save"]: True}, **PLAN))
    strike()
    done = [id for key, id in asked.items() if key.startswith("FormSubmitter:plan-texts")]
    return told(act(opened, {asked["plan-name"]: name, done[0]: True}, **PLAN) if done else drawn)


@pytest.mark.by_night
def test_a_planner_saves_in_the_name_that_the_proxy_gives_and_nobody_else_does(office, tmp_path):
    url, _ = office
    library = tmp_path / "scenarios"
    with ExitStack() as sessions:
        li, wang, nobody, twice, other = (
            sessions.enter_context(session(url, headers=headers))
            for headers in (LI, WANG, [], [*LI, *WANG], [("X-Forwarded-User", "li@bureau.cn")])
        )
        before = everything(library)
        assert VIEWER in save_as(wang, "forged")
        for opened in (nobody, twice, other):
            assert NOBODY in save_as(opened, "forged")
        assert everything(library) == before
        save_as(li, "planned")
    assert (library / "planned.toml").exists()
    assert json.loads((library / ".history/planned/0001.json").read_text("utf-8"))["author"] == "李明"
    assert not (library / "forged.toml").exists()


@pytest.mark.by_night
def test_who_is_struck_from_the_list_saves_no_more_from_a_page_drawn_before(office, tmp_path):
    url, roles = office
    before = everything(tmp_path / "scenarios")
    with session(url, headers=LI) as li:
        say = save_as(li, "late", lambda: roles.write_text('planners = ["*@bureau.cn"]\n'))
    assert what(Problem("not_a_planner", "", given="李明"), "zh") in say
    assert everything(tmp_path / "scenarios") == before


@pytest.mark.by_night
@pytest.mark.parametrize("text", ['planners = ["李明"]\nadmins = ["王"]\n', None])
def test_a_list_that_cannot_be_used_lets_nobody_save_and_the_page_says_so(office, tmp_path, text):
    url, roles = office
    roles.unlink() if text is None else roles.write_text(text, encoding="utf-8")
    before = everything(tmp_path / "scenarios")
    with session(url, headers=LI) as li:
        assert "roles.toml：授权人员名单" in save_as(li, "unlisted")
    assert everything(tmp_path / "scenarios") == before


@pytest.mark.by_night
def test_a_header_that_nobody_trusts_names_nobody(tmp_path, monkeypatch):
    monkeypatch.delenv("FRONTLINE_USER_HEADER", raising=False)
    with served(ROOT / "app.py", tmp_path) as url, session(url, headers=WANG) as opened:
        save_as(opened, "alone")
    assert json.loads((tmp_path / "scenarios/.history/alone/0001.json").read_text("utf-8"))["author"] == ""
