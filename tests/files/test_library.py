"""Nothing in the library of scenario files gets lost, whoever else works in its folder."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path, PureWindowsPath
from subprocess import PIPE

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.command_line import export
from model.command_line.arguments import WRONG
from model.files import disk
from model.files.file_name import is_safe, stem_of
from model.files.library import FOLDER, SHIPPED, Conflict, Deleted, Library, Opened, Refused, Saved, index, kept_texts
from model.files.scenario_file import read_scenario
from model.files.scenario_head import name_in
from model.outputs.phrasing.library_sentences import conflict, sentence
from model.outputs.words import LANGUAGES

PLAN = 'schema = 1\nname = "下沉到县"\n\n[staff.change]\ncity = -100 # 我的说明\ncounty = 100\n'
ROOT = Path(__file__).parents[2]
OTHER = PLAN.replace("100", "50")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


def codes(result: object) -> list[str]:
    assert isinstance(result, Refused), result
    for problem in result.problems:
        for language in LANGUAGES:
            assert "{" not in sentence(problem, language)
    return [problem.code for problem in result.problems]


def problems_listed(library: Library) -> dict[str, list[str]]:
    """The problems of every file listed; none of one that is not broken."""
    opened = {entry.stem: library.open(entry.stem) for entry in library.entries()}
    return {stem: [] if isinstance(file, Opened) else codes(file) for stem, file in opened.items()}


def texts(library: Library) -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in library.folder.glob("*.toml")}


# A day's work.


def test_a_plan_saved_is_opened_again_with_its_comments(library):
    saved = library.save_as("下沉到县", PLAN)
    assert saved.stem == "下沉到县"
    opened = library.open(saved.stem)
    assert (opened.text, opened.stamp) == (PLAN, saved.stamp)
    assert opened.scenario == read_scenario(PLAN.encode())[0]
    assert library.save(saved.stem, OTHER, opened.stamp) == Saved(saved.stem, library.open(saved.stem).stamp)
    assert texts(library) == {"下沉到县": OTHER}


def test_every_new_plan_gets_a_file_of_its_own(library):
    stems = [library.save_as(name, PLAN).stem for name in ("Plan", "plan", "PLAN!", "ＰＬＡＮ")]
    assert stems == ["plan", "plan-2", "plan-3", "plan-4"]
    assert [library.open(stem).scenario.name for stem in stems[:2]] == [{"en": "Plan"}, {"en": "plan"}]


def test_a_file_that_others_named_in_capitals_keeps_its_name(library):
    (library.folder / "Plan.toml").write_text(PLAN, "utf-8")
    assert library.save_as("plan", OTHER).stem == "plan-2"
    assert library.open("Plan").text == PLAN


def test_a_plan_renamed_changes_name_and_file_and_nothing_else(library):
    library.save_as("下沉到县", PLAN)
    renamed = library.rename("下沉到县", "More to the counties")
    assert texts(library) == {"more-to-the-counties": PLAN.replace("下沉到县", "More to the counties")}
    assert library.open(renamed.stem).stamp == renamed.stamp
    assert library.rename(renamed.stem, "More to the COUNTIES").stem == renamed.stem


def test_a_name_in_two_languages_gives_way_to_the_new_one(library):
    two = library.save_as("Two", PLAN.replace('name = "下沉到县"', 'name.zh = "二"\nname.en = "Two"'))
    assert library.open(two.stem).scenario.name == {"zh": "二", "en": "Two"}
    assert library.open(library.rename(two.stem, "Three").stem).scenario.name == {"en": "Three"}


def test_renaming_to_a_taken_name_loses_neither(library):
    library.save_as("one", PLAN), library.save_as("two", OTHER)
    assert library.rename("two", "One").stem == "one-2"
    assert set(texts(library)) == {"one", "one-2"}


def test_a_duplicate_is_a_second_plan_with_the_same_levers(library):
    first = library.save_as("first", PLAN)
    copy = library.duplicate(first.stem, "second")
    assert library.open(copy.stem).scenario.levers == library.open(first.stem).scenario.levers
    assert "# 我的说明" in library.open(copy.stem).text
    assert {stem: library.open(stem).scenario.name["en"] for stem in library.names()} == {s: s for s in texts(library)}


def test_a_deleted_plan_comes_back_even_where_its_name_is_taken(library):
    for text in (PLAN, OTHER):
        library.save("plan", text, None)
        deleted = library.delete("plan")
        assert library.names() == ()
    library.save("plan", PLAN, None)
    assert library.undelete(deleted).stem == "plan-2"
    assert library.open("plan-2").text == OTHER
    assert library.undelete(Deleted("plan", "plan.toml")).stem == "plan-3"
    assert codes(library.undelete(deleted)) == ["file_missing"]


def test_the_questions_that_ship_are_marked(library, monkeypatch):
    entries = {entry.stem: entry for entry in Library(FOLDER).entries()}
    assert {stem for stem, entry in entries.items() if entry.ships} == SHIPPED
    assert entries["base-year"].name.keys() == {"zh", "en"}
    library.save("base-year", PLAN, None)
    assert [(entry.ships, entry.name) for entry in library.entries()] == [(False, {"zh": "下沉到县"})]
    monkeypatch.setenv("FRONTLINE_SCENARIOS", str(library.folder))
    assert Library().names() == ("base-year",)
    monkeypatch.delenv("FRONTLINE_SCENARIOS")
    assert Library().folder == FOLDER


# Others work in the folder too.


def test_a_newer_save_by_somebody_else_is_not_overwritten_unasked(library):
    stem, seen = (saved := library.save_as("plan", PLAN)).stem, saved.stamp
    library.save(stem, OTHER, seen)
    os.utime(library.folder / f"{stem}.toml", (1e9, 1e9))
    mine = PLAN.replace("100", "70")
    found = library.save(stem, mine, seen)
    assert found == Conflict(stem, library.open(stem).stamp, datetime.fromtimestamp(1e9, UTC))
    assert texts(library) == {stem: OTHER}
    assert "2001-09-" in conflict(found, "zh") and "plan" in conflict(found, "en")
    assert isinstance(library.save(stem, mine, found.stamp), Saved)


def test_saving_what_stands_there_already_needs_no_question(library):
    seen = library.save_as("plan", PLAN).stamp
    library.save("plan", OTHER, seen)
    assert isinstance(library.save("plan", OTHER, seen), Saved)


def test_a_plan_deleted_or_made_by_somebody_else_is_a_conflict(library):
    seen = library.save_as("plan", PLAN).stamp
    library.delete("plan")
    gone = library.save("plan", OTHER, seen)
    assert gone == Conflict("plan", None, None)
    assert conflict(gone, "zh") != conflict(gone, "en")
    assert isinstance(library.save("plan", OTHER, gone.stamp), Saved)
    assert isinstance(library.save("plan", PLAN, None), Conflict)


SAVE_WHEN_TOLD = """
import sys
from pathlib import Path
from model.files.library import Library

folder, text, seen = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
print(type(Library(Path(folder)).save("plan", text, seen)).__name__)
"""


def test_of_processes_that_save_at_once_one_wins_and_the_others_are_told(library):
    stamp = library.save_as("plan", PLAN).stamp
    mine = [PLAN.replace("100", str(share)) for share in (1, 2)]
    command = [sys.executable, "-X", "utf8", "-c", SAVE_WHEN_TOLD, str(library.folder)]
    savers = [
        subprocess.Popen([*command, text, stamp], cwd=ROOT, stdin=PIPE, stdout=PIPE, encoding="utf-8") for text in mine
    ]
    assert [saver.stdout.readline() for saver in savers] == ["ready\n", "ready\n"]
    for saver in savers:
        saver.stdin.write("\n")
        saver.stdin.flush()
    outcomes = [saver.communicate(timeout=60)[0].strip() for saver in savers]
    assert sorted(outcomes) == ["Conflict", "Saved"]
    assert library.open("plan").text == mine[outcomes.index("Saved")]


def test_of_threads_that_make_the_same_new_plan_none_overwrites_another(library):
    threads = [threading.Thread(target=library.save_as, args=("plan", PLAN.replace("100", f"{n}"))) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(texts(library).values()) == sorted(
        PLAN.replace("下沉到县", "plan").replace("100", f"{n}") for n in range(12)
    )


def test_whoever_reads_during_a_save_finds_the_old_plan_or_the_new_one(library):
    long = PLAN + "# 长\n" * 100_000
    stamp = library.save_as("下沉到县", PLAN).stamp
    found, done = set(), threading.Event()

    def read() -> None:
        while not done.is_set():
            found.add((library.folder / "下沉到县.toml").read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    for text in [long, PLAN] * 20:
        stamp = library.save("下沉到县", text, stamp).stamp
    done.set()
    reader.join()
    assert found <= {PLAN.encode(), long.encode()}


def test_a_save_that_fails_half_way_leaves_the_old_plan(library, monkeypatch):
    seen = library.save_as("plan", PLAN).stamp
    before = texts(library)

    def full(*_):
        raise OSError(28, "No space left on device")

    for name in ("fsync", "replace"):
        with monkeypatch.context() as patched:
            patched.setattr(os, name, full)
            assert codes(library.save("plan", OTHER, seen)) == ["disk_full"]
        assert texts(library) == before
        assert {path.name for path in library.folder.iterdir()} == {"plan.toml", ".lock", ".history"}
        assert not [*library.folder.rglob(f"{disk._SAVING}*")]


def test_what_a_dead_process_left_behind_is_in_nobodys_way(library):
    for left in (".saving", ".lock"):
        (library.folder / left).write_text("half a pl")
    assert isinstance(library.save_as("plan", PLAN), Saved)
    assert library.names() == ("plan",)


def test_a_shared_file_keeps_its_rights(library):
    seen = library.save_as("plan", PLAN).stamp
    path = library.folder / "plan.toml"
    path.chmod(0o664)
    library.save("plan", OTHER, seen)
    assert path.stat().st_mode & 0o777 == 0o664 or os.name == "nt"


# What is wrong in a folder.


def test_a_broken_file_is_listed_with_its_problems_and_can_be_put_away(library):
    (library.folder / "broken.toml").write_text("schema = 1\ntargeted_share = 7\nnonsense = 1\n")
    (library.folder / "bytes.toml").write_bytes(bytes(range(256)))
    (library.folder / "huge.toml").write_bytes(b"#" * 3_000_000)
    (library.folder / "old.toml").write_bytes(PLAN.encode("gb18030"))
    (library.folder / "notes.txt").write_text("not ours")
    found = problems_listed(library)
    assert found["broken"] == ["out_of_bounds", "unknown_key"]
    assert (found["bytes"], found["huge"], found["old"]) == (["binary"], ["too_large"], [])
    assert codes(library.open("broken")) == found["broken"]
    assert codes(library.duplicate("broken", "copy")) == codes(library.rename("broken", "new")) == found["broken"]
    assert library.open("old").text == PLAN
    assert library.undelete(library.delete("huge")).stem == "huge"
    assert (library.folder / "notes.txt").read_text() == "not ours"


@pytest.mark.parametrize(
    "text", ["schema = 1\ntargeted_share = 7", "not toml", "schema = 1\nname = '\ud800'", "x" * 2**21]
)
def test_what_could_not_be_opened_again_is_not_saved(library, text):
    for result in (library.save("plan", text, None), library.save_as("plan", text)):
        assert codes(result)
    assert library.names() == ()


@pytest.mark.parametrize("name", ["n" * 300, "a\x00b", "\ud800"])
def test_a_name_that_no_file_may_hold_is_refused(library, name):
    assert codes(library.save_as(name, PLAN))
    assert library.names() == ()


@pytest.mark.parametrize(
    "stem", ["", ".", "..", "../plan", "..\\plan", "/etc/passwd", "C:plan", "a/b", ".hidden", "con", "a\0", "长" * 99]
)
def test_no_stem_leads_out_of_the_folder(tmp_path, stem):
    (tmp_path / "plan.toml").write_text(PLAN, "utf-8")
    library = Library(tmp_path / "inside")
    library.folder.mkdir()
    results = [
        library.open(stem),
        library.save(stem, PLAN, None),
        library.rename(stem, "x"),
        library.duplicate(stem, "x"),
        library.delete(stem),
        library.undelete(Deleted(stem, "plan.toml")),
        library.undelete(Deleted("plan", f"{stem}.toml")),
    ]
    assert {code for result in results for code in codes(result)} <= {"file_name_unsafe", "file_missing"}
    assert sum(codes(result) == ["file_name_unsafe"] for result in results) >= 6
    assert library.names() == () and texts(Library(tmp_path)) == {"plan": PLAN}


def test_links_and_other_things_that_are_no_files_are_named_not_followed(library, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "secret.toml"
    outside.write_text(PLAN, "utf-8")
    (library.folder / "folder.toml").mkdir()
    made = ["folder"]
    if os.name != "nt":
        (library.folder / "link.toml").symlink_to(outside)
        (library.folder / "nowhere.toml").symlink_to("missing")
        os.mkfifo(library.folder / "pipe.toml")
        made += ["link", "nowhere", "pipe"]
    assert problems_listed(library) == {stem: ["not_a_plain_file"] for stem in made}
    for stem in made:
        for result in (library.open(stem), library.save(stem, OTHER, None), library.delete(stem)):
            assert codes(result) == ["not_a_plain_file"]
    assert outside.read_text("utf-8") == PLAN


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses such names itself")
def test_a_file_name_of_another_system_is_listed_as_what_it_is(library):
    for name in (b"a:b.toml", b"\xff\xfe.toml"):
        with open(os.path.join(os.fsencode(library.folder), name), "wb") as file:
            file.write(PLAN.encode())
    assert library.names() == ()
    assert list(problems_listed(library).values()) == [["file_name_unsafe"]] * 2
    assert all(entry.stem.isprintable() for entry in library.entries())


def everything(library: Library) -> list[object]:
    return [
        library.save("plan", PLAN, None),
        library.save_as("plan", PLAN),
        library.rename("plan", "new"),
        library.duplicate("plan", "new"),
        library.delete("plan"),
        library.undelete(Deleted("plan", "plan.toml")),
    ]


def test_a_folder_that_vanished_is_said_and_not_made_anew(library):
    shutil.rmtree(library.folder)
    assert library.problem().code == "folder_missing"
    assert (library.names(), library.entries()) == ((), ())
    assert codes(library.open("plan")) == ["file_missing"]
    assert {code for result in everything(library) for code in codes(result)} == {"folder_missing"}
    assert not library.folder.exists()
    library.folder.write_text("a file")
    assert {code for result in everything(library) for code in codes(result)} == {"folder_missing"}


@contextmanager
def somebody_without_rights() -> Iterator[None]:
    """The administrator may write everywhere."""
    if os.name == "nt" or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="a folder's read-only flag means nothing on Windows")
def test_a_folder_that_may_only_be_read_can_be_read_and_refuses_every_change():
    with tempfile.TemporaryDirectory() as name:
        library = Library(Path(name))
        library.save_as("plan", PLAN)
        library.folder.chmod(0o555)
        with somebody_without_rights():
            assert library.problem() is None
            assert isinstance(library.open("plan"), Opened)
            assert {code for result in everything(library) for code in codes(result)} == {"folder_closed"}
        library.folder.chmod(0o700)
        assert library.open("plan").scenario.name == {"en": "plan"}


# Names.

NAMES = st.text(max_size=300) | st.text(
    st.sampled_from("ab.- _/\\:~'ßİﷺ一长①Ⅳé\u0301\u202e\u200d🙂\x00CONnul19²³"), max_size=60
)


@given(NAMES)
def test_any_name_gives_a_stem_that_every_system_takes(name):
    stem = stem_of(name)
    assert is_safe(stem) and 0 < len(stem.encode()) <= 98
    assert stem == stem_of(stem)
    assert not stem.endswith((" ", ".")) and not set(stem) & set('/\\:*?"<>|. ')
    assert PureWindowsPath(f"{stem}.toml").name == f"{stem}.toml"


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("", "scenario"),
        ("...", "scenario"),
        ("🙂🙂", "scenario"),
        ("Com1", "com1-1"),
        ("COM¹", "com1-1"),
        ("خطة ٢٠٢٥", "خطة-٢٠٢٥"),
        ("\u202egnp.exe", "gnp-exe"),
        ("长" * 300, "长" * 32),
        ("a" * 300, "a" * 96),
        ("执法力量下沉（100 人）", "执法力量下沉-100-人"),
    ],
)
def test_a_stem_keeps_what_a_reader_knows_the_plan_by(name, stem):
    assert stem_of(name) == stem


def test_two_hundred_characters_of_any_script_make_a_plan(library):
    for name in ("长" * 200, "🙂" * 200, "ש" * 200, "𠮷" * 200):
        saved = library.save_as(name, PLAN)
        assert name in library.open(saved.stem).scenario.name.values()


# A folder that several accounts share, and writers that die or do not let go.


@contextmanager
def somebody_else(user: int, group: int) -> Iterator[None]:
    """Another account of a group, as which files are opened and made."""
    os.setegid(group), os.seteuid(user)
    try:
        yield
    finally:
        os.seteuid(0), os.setegid(0)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only the administrator can be somebody else")
def test_accounts_of_one_group_share_a_library():
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        folder = Path(name) / "plans"
        folder.mkdir()
        os.chown(folder, 10_001, 20_000)
        folder.chmod(0o2775)
        library, old_mask = Library(folder), os.umask(0o022)
        try:
            with somebody_else(10_001, 20_000):
                stem = library.save_as("plan", PLAN).stem
                library.delete(library.save_as("other", OTHER).stem)
            with somebody_else(10_002, 20_000):
                seen = library.open(stem).stamp
                assert isinstance(library.save(stem, OTHER, seen), Saved)
                assert isinstance(library.undelete(library.delete(stem)), Saved)
                assert isinstance(library.undelete(library.trash()[0]), Saved)
            with somebody_else(10_003, 20_001):
                refused = library.save(stem, PLAN, library.open(stem).stamp)
                assert codes(refused) == ["folder_closed"]
        finally:
            os.umask(old_mask)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only the administrator can be somebody else")
@pytest.mark.parametrize("rights", [0o2775, 0o775], ids=["the group stays", "each has his own group first"])
def test_accounts_of_one_group_share_trash_and_links(rights, monkeypatch):
    """A folder made by the first account was closed to the second, and its links were lacking there."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        folder = Path(name) / "plans"
        folder.mkdir()
        os.chown(folder, 0, 20_000)
        folder.chmod(rights)
        monkeypatch.setenv("FRONTLINE_SCENARIOS", str(folder))
        monkeypatch.setattr(kept_texts, "_in_memory", {})
        library, old_mask, groups = Library(folder), os.umask(0o022), os.getgroups()
        os.setgroups([20_000])
        try:
            with somebody_else(10_001, 10_001):
                library.delete(library.save_as("plan", PLAN).stem)
                key = kept_texts.keep("long" * 500)
            kept_texts._in_memory.clear()
            with somebody_else(10_002, 10_002):
                assert kept_texts.kept(key) == "long" * 500
                assert isinstance(library.undelete(library.trash()[0]), Saved)
                other = kept_texts.keep("other" * 500)
            assert {path.name for path in (folder / ".links").iterdir()} == {key, other}
        finally:
            os.umask(old_mask), os.setgroups(groups)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only the administrator can be somebody else")
def test_where_each_may_change_only_his_own_another_plan_is_saved_and_the_file_is_named():
    with tempfile.TemporaryDirectory() as name:
        library = Library(Path(name))
        library.folder.chmod(0o1777)
        library.save_as("plan", PLAN)
        (library.folder / ".saving-of-a-dead-writer").touch()
        with somebody_else(10_003, 10_003):
            assert isinstance(library.save_as("other", OTHER), Saved)
            refused = library.save("plan", OTHER, library.open("plan").stamp)
        assert codes(refused) == ["folder_closed"] and refused.problems[0].file.endswith("plan.toml")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only the administrator can be somebody else")
def test_a_refusal_names_the_file_that_the_system_refused():
    with tempfile.TemporaryDirectory() as name:
        library = Library(Path(name))
        library.save_as("plan", PLAN)
        library.folder.chmod(0o777)
        (library.folder / ".trash").mkdir(mode=0o700)
        with somebody_else(10_003, 20_001):
            refused = library.delete("plan")
        assert codes(refused) == ["folder_closed"] and ".trash" in refused.problems[0].file


HOLD_LOCK = """
import sys
from pathlib import Path
from model.files.disk import locked

with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_lock_that_is_never_let_go_ends_in_a_sentence_with_its_holder(library, monkeypatch):
    monkeypatch.setattr(disk, "LOCK_TRIES", 3)
    stem, seen = (saved := library.save_as("plan", PLAN)).stem, saved.stamp
    deleted = library.delete(library.save_as("gone", PLAN).stem)
    before = texts(library)
    command = [sys.executable, "-X", "utf8", "-c", HOLD_LOCK, str(library.folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, encoding="utf-8") as holder:
        assert holder.stdout.readline() == "held\n"
        changes = [
            library.save(stem, OTHER, seen),
            library.save_as("plan", PLAN),
            library.rename(stem, "new"),
            library.duplicate(stem, "new"),
            library.delete(stem),
            library.undelete(deleted),
        ]
        for change in changes:
            assert codes(change) == ["folder_busy"]
            assert f"({holder.pid})" in sentence(change.problems[0], "zh")
        assert texts(library) == before
        with pytest.raises(disk.Refusal):
            disk.write_whole(library.folder / "beside.toml", b"")
        holder.communicate("\n")
    assert isinstance(library.save(stem, OTHER, seen), Saved)


def test_an_export_into_a_library_that_somebody_holds_writes_nothing(library, monkeypatch, capsys):
    library.save_as("scenario", PLAN)
    before = {path: path.read_bytes() for path in library.folder.rglob("[!.]*.*")}
    monkeypatch.setattr(disk, "LOCK_TRIES", 2)
    with disk.locked(library.folder):
        assert export.write([("scenario.toml", b"another")], library.folder, "zh") == WRONG
    assert str(os.getpid()) in capsys.readouterr().err
    assert {path: path.read_bytes() for path in library.folder.rglob("[!.]*.*")} == before


def test_writers_without_the_librarys_lock_never_exchange_their_plans(tmp_path):
    texts = {name: f"# {name}\n".encode() * 5_000 for name in "abcd"}

    def write(name: str) -> None:
        for _ in range(50):
            disk.write_whole(tmp_path / name, texts[name])
            assert (tmp_path / name).read_bytes() == texts[name]

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write, texts))
    assert {path.name for path in tmp_path.iterdir()} == set(texts)


def test_a_plan_left_in_the_trash_is_found_from_any_session(library):
    for name in ("first", "second"):
        library.delete(library.save_as(name, PLAN).stem)
    assert [deleted.stem for deleted in Library(library.folder).trash()] == ["second", "first"]
    assert library.undelete(library.trash()[1]).stem == "first"
    assert library.names() == ("first",)


# Thousands of plans.


def test_a_list_opens_no_file_that_it_knows(library, monkeypatch):
    for n in range(30):
        (library.folder / f"plan-{n}.toml").write_text(PLAN.replace("下沉到县", f"第 {n} 个"), "utf-8")
    (library.folder / "broken.toml").write_text("no toml")
    listed = library.entries()
    assert {entry.name.get("zh") for entry in listed} == {None, *(f"第 {n} 个" for n in range(30))}
    index._folders.clear()
    opened = []
    real = Library._name
    monkeypatch.setattr(Library, "_name", lambda self, stem: opened.append(stem) or real(self, stem))
    assert library.entries() == listed and not opened
    library.save("plan-3", PLAN, library.open("plan-3").stamp)
    assert {entry.name["zh"] for entry in library.entries() if entry.stem == "plan-3"} == {"下沉到县"}
    assert opened == ["plan-3"]


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[1]", b'{"plan": [1, 2]}', b'{"plan": [1, 2, {"zh": 3}]}', b"\xff", b"[" * 100_000]
)
def test_a_damaged_index_is_no_matter(library, damage):
    library.save_as("plan", PLAN)
    (library.folder / index.FILE).write_bytes(damage)
    index._folders.clear()
    assert [entry.name for entry in library.entries()] == [{"en": "plan"}]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('schema = 1\nname = "a"', {"en": "a"}),
        ('name.zh = "甲"\nname.en = "a"\n[staff.change]\ncity = 1', {"zh": "甲", "en": "a"}),
        ('[name]\nzh = "甲"\n[note]\nzh = "x"', {"zh": "甲"}),
        ('note = """\n[not a table]\n"""\nname = "a"', {"en": "a"}),
        ('name = "a"\n[staff.change]\ncity = ', {"en": "a"}),
        ("name = 3", {}),
        ("no toml", {}),
        ("name = " + "[" * 5_000, {}),
    ],
)
def test_a_list_knows_a_name_without_reading_the_whole_file(text, name):
    assert name_in(text.encode()) == name
