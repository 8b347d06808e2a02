"""The list of planners is read as it is meant, and no change passes the gate for who is none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from model.evidence.base_year_folders import ABOUT, SETTING
from model.files.base_years.store import BaseYears
from model.files.library import Declaration, Library, Refused, kept_texts
from model.files.library.gate import ask_before_changes
from model.files.library.shared_folder import Deleted
from model.files.problem import Problem
from model.files.roles import read_roles
from model.outputs.phrasing.problems import sentence

PLAN = 'schema = 1\nname = "一百人"\n[staff.change]\ncity = -100\ncounty = 100\n'
NAME = {"zh": "另一现状", "en": "Another"}
WHY = Problem("not_signed_in", "")


@pytest.mark.parametrize(
    ("entry", "address", "may"),
    [
        ("li@hunan.cn", "li@hunan.cn", True),
        ("Li@Hunan.cn", "li@hunan.CN ", True),
        ("*@hunan.cn", "li@hunan.cn", True),
        ("zhangsan", "zhangsan", True),
        ("张三", "张三", True),
        ("*@hunan.cn", "li@sub.hunan.cn", False),
        ("*@hunan.cn", "li@hunan.cn.evil.example", False),
        ("*@hunan.cn", "hunan.cn", False),
        ("*@hunan.cn", "", False),
        ("li@hunan.cn", "", False),
        # The sign for kelvin, whose small letter is k.
        ("ke@hunan.cn", "\N{KELVIN SIGN}e@hunan.cn", False),
    ],
)
def test_a_planner_is_who_is_listed(entry, address, may):
    roles, problems = read_roles(f'planners = ["{entry}"]'.encode(), "roles.toml")
    assert not problems
    assert roles.is_planner(address) is may


def test_an_empty_list_lets_nobody_save():
    roles, problems = read_roles(b"planners = []", "roles.toml")
    assert not problems
    assert not roles.is_planner("li@hunan.cn")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('planners = ["a@b.cn"]\nviewers = ["c@d.cn"]', "roles_key_unknown"),
        ('planer = ["a@b.cn"]', "roles_key_unknown"),
        ("", "roles_planners_wrong"),
        ('planners = "a@b.cn"', "roles_planners_wrong"),
        ('planners = ["*"]', "roles_planners_wrong"),
        ('planners = ["*@"]', "roles_planners_wrong"),
        ('planners = ["a*@b.cn"]', "roles_planners_wrong"),
        ('planners = ["*@b@c.cn"]', "roles_planners_wrong"),
        ('planners = [" "]', "roles_planners_wrong"),
        ("planners = [1]", "roles_planners_wrong"),
        ('# who may save\nplanners = ["secret@b.cn]', "roles_no_toml"),
        ("planners = [“secret@b.cn”]", "roles_no_toml"),
    ],
)
def test_a_list_that_is_not_understood_is_no_list(text, code):
    roles, problems = read_roles(text.encode(), "roles.toml")
    assert roles is None
    assert [problem.code for problem in problems] == [code]
    for language in ("zh", "en"):
        assert "secret" not in sentence(problems[0], language)


@pytest.fixture
def refusing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with plans, base years, histories and trash of both, behind a gate that lets nobody in."""
    plans = tmp_path / "plans"
    plans.mkdir()
    monkeypatch.setenv(SETTING, str(tmp_path / "base-years"))
    monkeypatch.setenv("FRONTLINE_SCENARIOS", str(plans))
    monkeypatch.setattr(kept_texts, "_in_memory", {})
    library, base_years = Library(), BaseYears()
    for stem in ("one", "two"):
        library.save(stem, PLAN, None)
    assert isinstance(library.delete("two"), Deleted)
    for id in ("other", "gone"):
        base_years.clone("hunan-2021", NAME, "2026-11-28", id)
    assert isinstance(base_years.delete("gone"), Deleted)
    ask_before_changes(lambda: (WHY,))
    yield tmp_path
    ask_before_changes(lambda: ())


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


CHANGES = {
    Library: {
        "save": lambda of: of.save("one", PLAN + "# mine\n", of.stamp("one")),
        "restore": lambda of: of.restore("one", 1, of.stamp("one")),
        "explain": lambda of: of.explain("one", 1, "why"),
        "declare_final": lambda of: of.declare_final("one", 1, Declaration("", "2.0.5", "hunan-2021", "", 1, 1, 1, {})),
        "save_as": lambda of: of.save_as("new", PLAN),
        "rename": lambda of: of.rename("one", "new"),
        "duplicate": lambda of: of.duplicate("one", "new"),
        "delete": lambda of: of.delete("one"),
        "undelete": lambda of: of.undelete(of.trash()[0]),
    },
    BaseYears: {
        "clone": lambda of: of.clone("other", NAME, "2026-11-28", "new"),
        "add": lambda of: of.add(
            {**of.files("other"), ABOUT: of.files("other")[ABOUT].replace(b"other", b"fresh")}, "2026-11-28"
        ),
        "edit": lambda of: of.edit(of.files("other"), of.stamp("other"), "2026-11-28", "why"),
        "restore": lambda of: of.restore("other", 1, of.stamp("other"), "2026-11-28"),
        "rename": lambda of: of.rename("other", NAME, "2026-11-28"),
        "delete": lambda of: of.delete("other"),
        "undelete": lambda of: of.undelete(of.trash()[0]),
        "import_zip": lambda of: of.import_zip(of.export_zip("other"), "other.zip", "new"),
    },
}
READS = {
    Library: {"names", "entries", "ships", "stem_for", "free_name", "open", "stamp", "version", "final", "suffix"},
    BaseYears: {"check", "entries", "files", "stamp", "history", "read", "free_id", "export_zip"},
}


def test_a_list_that_who_may_not_looks_at_leaves_no_index(refusing):
    for k in range(30):
        (refusing / "plans" / f"plan-{k}.toml").write_text(PLAN, encoding="utf-8")
    before = everything(refusing)
    assert len(Library().entries()) == 31
    assert everything(refusing) == before


@pytest.mark.parametrize("kind", CHANGES)
def test_every_way_to_change_a_folder_is_known_here(kind):
    assert {name for name in vars(kind) if name[0] != "_"} == CHANGES[kind].keys() | READS[kind]


@pytest.mark.parametrize(("kind", "change"), [(kind, change) for kind, named in CHANGES.items() for change in named])
def test_no_change_passes_the_gate_for_who_may_not(refusing, kind, change):
    before = everything(refusing)
    assert CHANGES[kind][change](kind()) == Refused((WHY,))
    assert everything(refusing) == before


@pytest.mark.parametrize(("kind", "change"), [(kind, change) for kind, named in CHANGES.items() for change in named])
def test_the_same_change_is_made_for_who_may(refusing, kind, change):
    ask_before_changes(lambda: ())
    assert not isinstance(CHANGES[kind][change](kind()), Refused)


def test_a_long_address_is_not_written_for_who_may_not(refusing):
    before = everything(refusing)
    key = kept_texts.keep("a text")
    assert kept_texts.kept(key) == "a text"
    assert everything(refusing) == before
