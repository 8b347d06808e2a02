"""No base year of one's own gets lost, and none is ever there in part."""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from base_year_workbooks import HUNAN

from model import Scenario, project
from model.evidence.base_year_folders import aside, find_baseline
from model.evidence.baseline import read_baseline
from model.files import disk
from model.files.base_years import store as store_module
from model.files.base_years.folder_files import OPTIONAL, REQUIRED, about_of
from model.files.base_years.store import BaseYears
from model.files.library import Conflict, Deleted, Refused, Saved
from model.outputs.evidence.base_year_sentences import change_in_words, sentence
from model.outputs.words import LANGUAGES

DAY = "2026-11-27"
NAME = {"zh": "湖南 2025", "en": "Hunan 2025"}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BaseYears:
    monkeypatch.setenv("FRONTLINE_BASELINES", str(tmp_path / "own"))
    return BaseYears()


@pytest.fixture
def clone(store: BaseYears) -> str:
    saved = store.clone("hunan-2021", NAME, DAY)
    assert isinstance(saved, Saved)
    return saved.stem


def codes(result: object) -> list[str]:
    assert isinstance(result, Refused), result
    for problem in result.problems:
        for language in LANGUAGES:
            assert "{" not in sentence(problem, language)
    return [problem.code for problem in result.problems]


def edited(store: BaseYears, id: str, old: bytes = b"2359", new: bytes = b"2400") -> dict[str, bytes]:
    files = store.files(id)
    assert isinstance(files, dict)
    return files | {"report.csv": files["report.csv"].replace(old, new)}


def people(id: str) -> float:
    return find_baseline(id).reported("staff_total")


# A base year as a thing.


def test_a_clone_projects_as_the_one_it_was_made_from(store, clone):
    ours, theirs = (
        project(Scenario(baseline=id), baseline=find_baseline(id), draws=512) for id in (clone, "hunan-2021")
    )
    assert ours.measures == theirs.measures and ours.draws == theirs.draws
    assert find_baseline(clone).name == NAME
    entry = next(entry for entry in store.entries() if entry.id == clone)
    assert (entry.template, entry.year, entry.ships, entry.problem) == ("hunan-2021", 2021, False, None)
    assert [line["what"] for line in store.history(clone)] == ["clone hunan-2021"]


def test_a_clone_says_of_every_assumption_that_it_is_inherited_and_a_clone_of_it_once(store, clone):
    again = store.clone(clone, {"zh": "再", "en": "Again"}, DAY)
    for id in (clone, again.stem):
        for assumption in find_baseline(id).assumptions.values():
            assert assumption.basis["zh"].startswith("沿用湖南 2021：")
            assert assumption.basis["en"].startswith("Inherited from Hunan 2021: ")
            assert assumption.basis["zh"].count("沿用") == assumption.basis["zh"].count("沿用湖南 2021：")


def test_names_that_meet_get_ids_of_their_own(store, clone):
    assert [store.clone("hunan-2021", NAME, DAY).stem for _ in range(2)] == ["hunan-2025-2", "hunan-2025-3"]
    assert store.clone("hunan-2021", {"zh": "湖南 2021", "en": "Hunan 2021"}, DAY).stem == "hunan-2021-2"


def test_a_rename_keeps_the_id_by_which_plans_know_it(store, clone):
    new = {"zh": "湘", "en": "Xiang"}
    assert store.rename(clone, new, DAY).stem == clone
    assert find_baseline(clone).name == new
    assert store.history(clone)[-1] == {"date": DAY, "what": "rename Hunan 2025", "reason": ""}


def test_an_edit_has_a_reason_and_stands_in_the_history(store, clone):
    files, seen = edited(store, clone), store.stamp(clone)
    assert codes(store.edit(files, seen, DAY, " ")) == ["reason_lacking"]
    assert people(clone) == 2359
    assert isinstance(store.edit(files, seen, DAY, "名册核对"), Saved)
    assert people(clone) == 2400
    assert store.history(clone)[-1] == {"date": DAY, "what": "edit report/staff_total", "reason": "名册核对"}


def test_an_edit_of_an_older_version_is_a_conflict(store, clone):
    seen = store.stamp(clone)
    store.rename(clone, {"zh": "湘", "en": "Xiang"}, DAY)
    conflict = store.edit(edited(store, clone), seen, DAY, "reason")
    assert isinstance(conflict, Conflict) and conflict.stamp == store.stamp(clone)
    assert people(clone) == 2359


def test_a_deleted_one_comes_back(store, clone):
    before, deleted = store.files(clone), store.delete(clone)
    assert isinstance(deleted, Deleted) and deleted in store.trash()
    with pytest.raises(KeyError):
        find_baseline(clone)
    assert codes(store.delete(clone)) == ["base_year_unknown"]
    assert store.undelete(deleted).stem == clone
    assert store.files(clone) == before and not store.trash()


def test_a_deleted_one_does_not_push_out_another_of_its_id(store, clone):
    deleted = store.delete(clone)
    store.clone("hunan-2021", NAME, DAY)
    assert codes(store.undelete(deleted)) == ["id_taken"]
    second = store.delete(clone)
    assert {one.kept_as for one in store.trash()} == {deleted.kept_as, second.kept_as} and deleted != second


@pytest.mark.parametrize("kept_as", ["../hunan-2025", "nothing", ".", ""])
def test_nothing_but_the_trash_is_undeleted(store, clone, kept_as):
    assert codes(store.undelete(Deleted("x", kept_as))) == ["base_year_unknown"]


def test_what_ships_is_never_written(store):
    id = "hunan-2021"
    changes = (store.rename(id, NAME, DAY), store.edit(edited(store, id), store.stamp(id), DAY, "reason"))
    assert [codes(change) for change in changes] == [["base_year_ships"], ["base_year_ships"]]
    assert codes(store.delete(id)) == ["base_year_unknown"]
    assert codes(store.add(store.files(id), DAY)) == ["id_taken"]


@pytest.mark.parametrize("id", ["../x", "a/b", "A b", "x\n", "..", "con"])
def test_no_id_leads_out_of_the_folder(store, id):
    assert codes(store.clone("hunan-2021", NAME, DAY, id)) in (["id_wrong"], ["id_wrong", "id_wrong"])
    assert not any(store.folder.parent.glob("x*")) and store.files(id) == Refused(store.files(id).problems)


@pytest.mark.parametrize(
    "name", [{"zh": "", "en": "x"}, {"zh": "x"}, {"zh": "甲" * 61, "en": "x"}, {"zh": "a\nb", "en": "x"}]
)
def test_a_name_that_no_list_can_show_is_refused(store, clone, name):
    assert codes(store.rename(clone, name, DAY)) == ["name_wrong"]
    assert codes(store.clone("hunan-2021", name, DAY)) == ["name_wrong"]


def test_what_the_model_cannot_read_is_not_kept(store, clone):
    files = edited(store, clone)
    lines = files["assumptions.csv"].splitlines(keepends=True)
    wrong = files | {
        "assumptions.csv": b"".join(lines[:5]) + lines[5].replace(b",records,", b",gossip,") + b"".join(lines[6:])
    }
    assert codes(store.edit(wrong, store.stamp(clone), DAY, "reason")) == ["base_year_unreadable"]
    assert people(clone) == 2359
    assert not [path for path in store.folder.iterdir() if path.name.startswith(".saving")]


def test_a_broken_one_is_listed_with_its_reason_and_can_be_put_away(store, clone):
    (store.folder / clone / "prefectures.csv").write_text("id\nx\n", "utf-8")
    entry = next(entry for entry in store.entries() if entry.id == clone)
    assert entry.problem.code == "base_year_unreadable" and entry.name == {}
    assert isinstance(store.delete(clone), Deleted)


def test_a_link_among_the_files_is_named_not_followed(store, clone, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("id\n", "utf-8")
    (store.folder / clone / "pools.csv").symlink_to(secret)
    assert codes(store.files(clone)) == codes(store.export_zip(clone)) == ["not_a_plain_file"]


# One file to send.


def test_a_zip_taken_in_elsewhere_is_the_same_base_year(store, clone, tmp_path, monkeypatch):
    data, before = store.export_zip(clone), store.files(clone)
    assert data == store.export_zip(clone)
    monkeypatch.setenv("FRONTLINE_BASELINES", str(tmp_path / "elsewhere"))
    elsewhere = BaseYears()
    assert elsewhere.import_zip(data, "a.zip").stem == clone
    assert elsewhere.files(clone) == before


def test_the_same_zip_twice_changes_nothing_and_another_of_its_id_is_refused(store, clone):
    data, stamp = store.export_zip(clone), store.stamp(clone)
    assert store.import_zip(data, "a.zip") == Saved(clone, stamp)
    store.edit(edited(store, clone), stamp, DAY, "reason")
    assert codes(store.import_zip(data, "a.zip")) == ["id_taken"]
    assert store.import_zip(data, "a.zip", "old").stem == "old"
    assert (people("old"), people(clone)) == (2359, 2400)


def test_one_that_ships_can_be_sent(store):
    assert codes(store.export_zip("nowhere")) == ["base_year_unknown"]
    assert store.import_zip(store.export_zip("hunan-2021"), "a.zip", "hunan-copy").stem == "hunan-copy"


# Whole or not at all.


def dying_after(calls: int, change: Callable[[], object]) -> int:
    """Run a change in a process that dies at its n-th renaming; its exit code, 9 where it died."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    left, replace = [calls], os.replace

    def replace_or_die(*arguments: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            os._exit(9)
        replace(*arguments)

    os.replace = replace_or_die
    try:
        change()
    finally:
        os._exit(0)


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_who_is_killed_while_writing_leaves_the_old_one_or_the_new_one(store, clone):
    files, seen, before = edited(store, clone), store.stamp(clone), store.files(clone)
    for calls in range(len(REQUIRED) + len(OPTIONAL) + 6):
        exit_code = dying_after(calls, lambda: store.edit(files, seen, DAY, "reason"))
        after = store.files(clone)
        assert people(clone) in (2359, 2400)
        assert (after == before) == (people(clone) == 2359)
        if people(clone) == 2400:
            break
    assert exit_code == 0, "the last change was made whole"
    assert not aside(store.folder / clone).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_who_comes_after_a_dead_writer_clears_up(store, clone):
    files, seen = edited(store, clone), store.stamp(clone)
    renames = 2 + len(store.files(clone)) + 1  # a version and its note, each file anew, then the old folder aside
    assert dying_after(renames, lambda: store.edit(files, seen, DAY, "reason")) == 9
    assert not (store.folder / clone).exists() and people(clone) == 2359
    assert isinstance(store.rename(clone, {"zh": "湘", "en": "Xiang"}, DAY), Saved)
    left = {path.name for path in store.folder.iterdir()}
    assert left == {clone, ".lock", ".history"}


def test_a_full_disk_leaves_the_old_one(store, clone, monkeypatch):
    files, seen, before = edited(store, clone), store.stamp(clone), store.files(clone)

    def full(path: Path, data: bytes) -> None:
        if path.name == "report.csv":
            raise OSError(errno.ENOSPC, "full", str(path))
        real(path, data)

    real = disk.replace_whole
    monkeypatch.setattr(disk, "replace_whole", full)
    assert codes(store.edit(files, seen, DAY, "reason")) == ["disk_full"]
    assert store.files(clone) == before
    assert {path.name for path in store.folder.iterdir()} == {clone, ".lock", ".history"}


def test_of_those_who_add_the_same_at_once_one_wins(store):
    files = store.files("hunan-2021")
    mine = files | {"baseline.toml": files["baseline.toml"].replace(b'"hunan-2021"', b'"mine"')}
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: BaseYears().add(mine, DAY), range(4)))
    assert sorted(type(result).__name__ for result in results) == ["Refused"] * 3 + ["Saved"]


def test_a_lock_never_let_go_is_a_sentence(store, clone, monkeypatch):
    monkeypatch.setattr(disk, "LOCK_TRIES", 1)
    with disk.locked(store.folder):
        assert codes(store.rename(clone, NAME, DAY)) == ["folder_busy"]


def test_the_template_of_the_tests_is_what_ships(tmp_path):
    for name, data in HUNAN.items():
        (tmp_path / name).write_bytes(data)
    assert read_baseline(tmp_path).id == about_of(HUNAN)["id"] == "hunan-2021"
    assert store_module._stamp(HUNAN) == BaseYears().stamp("hunan-2021")


def test_a_version_is_restored_as_a_new_change_and_nothing_is_lost(store, clone):
    first = store.files(clone)
    signed = BaseYears(author="李明")
    signed.edit(edited(store, clone), store.stamp(clone), DAY, "名册核对")
    assert people(clone) == 2400
    newest, *_ = versions = store.versions.versions(clone)
    assert [one.number for one in versions] == [2, 1] and (newest.note.author, newest.note.reason) == (
        "李明",
        "名册核对",
    )
    assert isinstance(store.restore(clone, 1, "another stamp", DAY), Conflict)
    assert isinstance(store.restore(clone, 1, store.stamp(clone), DAY), Saved)
    after = store.files(clone)
    assert people(clone) == 2359
    assert {**after, "history.csv": b""} == {**first, "history.csv": b""}
    assert [line["what"] for line in store.history(clone)] == [
        "clone hunan-2021",
        "edit report/staff_total",
        "restore 1",
    ]
    assert [one.act for one in store.versions.versions(clone)] == ["restore", "save", "save"]
    assert isinstance(store.restore(clone, 9, store.stamp(clone), DAY), Refused)


def test_versions_go_with_a_base_year_that_is_deleted_and_come_back_with_it(store, clone):
    store.edit(edited(store, clone), store.stamp(clone), DAY, "reason")
    deleted = store.delete(clone)
    assert not store.versions.versions(clone)
    store.undelete(deleted)
    assert [one.number for one in store.versions.versions(clone)] == [2, 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_history_is_said_in_words(store, clone, language):
    store.rename(clone, {"zh": "湘", "en": "Xiang"}, DAY)
    store.edit(edited(store, clone), store.stamp(clone), DAY, "reason")
    baseline = find_baseline(clone)
    said = [change_in_words(line["what"], baseline, language) for line in store.history(clone)]
    assert find_baseline("hunan-2021").name[language] in said[0] and "Hunan 2025" in said[1]
    assert baseline.report["staff_total"].label[language] in said[2]
    assert "report/staff_total" not in " ".join(said)
    assert change_in_words("edit pools", None, language).endswith("pools")
    assert change_in_words("clone gone", None, language) != change_in_words("clone hunan-2021", None, language)
    assert baseline.prefectures[0].name[language] in change_in_words("edit prefectures/changsha", baseline, language)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("report.csv", b"2359,people", b"many,people", "many"),
        ("report.csv", b"2359,people", b",people", "staff_total"),
        ("report.csv", b"offsite_problems,", b"other_problems,", "offsite_hit"),
        ("assumptions.csv", b"\nvacancy,", b"\nvacancies,", "vacancy"),
    ],
    ids=["words for a number", "no number", "a figure with no range in its place", "a range that is lacking"],
)
def test_a_base_year_that_lacks_what_the_model_asks_for_is_refused_when_it_comes(store, file, old, new, said):
    """It was kept, and every page on it failed."""
    files = {**HUNAN, "baseline.toml": HUNAN["baseline.toml"].replace(b'"hunan-2021"', b'"mine"')}
    assert old in files[file]
    refused = store.add(files | {file: files[file].replace(old, new)}, DAY)
    assert isinstance(refused, Refused) and [entry.ships for entry in store.entries()] == [True, True]
    (problem,) = refused.problems
    assert all(said in sentence(problem, language) for language in LANGUAGES)


DAMAGED = {
    "in GBK": "date,what,reason\n2026-11-27,edit report/staff_total,名册核对\n".encode("gb18030"),
    "with other headings": "日期,改动,理由\n2026-11-27,x,y\n".encode(),
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_a_history_that_another_program_has_saved_is_neither_shown_wrong_nor_lost(store, clone, data):
    """The page of base years failed, and so did the way back."""
    path = store.folder / clone / "history.csv"
    path.write_bytes(data)
    assert all(set(row) == {"date", "what", "reason"} for row in store.history(clone))
    refused = codes(store.rename(clone, {"zh": "湘", "en": "Xiang"}, DAY))
    assert refused and set(refused) <= {"not_a_table", "column_lacking"}
    assert codes(store.restore(clone, 1, store.stamp(clone), DAY)) == refused
    assert path.read_bytes() == data


def test_the_second_of_an_id_in_the_trash_comes_back_under_its_own(store, clone):
    """It came back as hunan-2025-2, while its files and its plans said hunan-2025."""
    store.delete(clone)
    store.clone("hunan-2021", NAME, DAY)
    store.edit(edited(store, clone), store.stamp(clone), DAY, "reason")
    store.delete(clone)
    second = next(one for one in store.trash() if one.kept_as == f"{clone}-2")
    assert store.undelete(second).stem == clone
    assert find_baseline(clone).id == clone and people(clone) == 2400
    assert [one.number for one in store.versions.versions(clone)] == [2, 1]


def test_a_base_year_that_cannot_be_read_comes_back_under_the_name_in_the_trash(store, clone):
    (store.folder / clone / "baseline.toml").write_bytes(b"id = ")
    assert store.undelete(store.delete(clone)).stem == clone


BROKEN = {
    "a TOML that is none": ("baseline.toml", b"id = "),
    "a TOML in GBK": ("baseline.toml", 'id = "x"\nname = "湖南"\n'.encode("gb18030")),
    "a TOML without a name": ("baseline.toml", b'id = "hunan-2025"\n'),
    "a table in GBK": ("assumptions.csv", "id,名称\n".encode("gb18030")),
    "a table without its columns": ("assumptions.csv", b"id\nx\n"),
}


@pytest.mark.parametrize(("file", "data"), BROKEN.values(), ids=BROKEN)
def test_a_broken_one_is_neither_copied_nor_renamed(store, clone, file, data):
    """The page failed instead of saying what is wrong with the files."""
    (store.folder / clone / file).write_bytes(data)
    changes = (store.clone(clone, {"zh": "再", "en": "Again"}, DAY), store.rename(clone, {"zh": "湘", "en": "X"}, DAY))
    first, second = map(codes, changes)
    assert first == second and first


def test_an_edit_of_a_table_that_could_not_be_read_names_the_table(store, clone):
    files = store.files(clone)
    (store.folder / clone / "report.csv").write_bytes("id,名称\n".encode("gb18030"))
    assert isinstance(store.edit(files, store.stamp(clone), DAY, "reason"), Saved)
    assert store.history(clone)[-1]["what"] == "edit report"


@pytest.mark.parametrize(
    ("file", "data"),
    [("report.csv", b'id,label_zh\n"' + b"x" * 200_000 + b'",y\n'), ("baseline.toml", b"id = " + b"[" * 100_000)],
    ids=["a cell without end", "lists without end"],
)
def test_one_broken_base_year_does_not_take_the_others_with_it(store, clone, file, data):
    """One broken folder, and nobody had any base year."""
    (store.folder / clone / file).write_bytes(data)
    entries = {entry.id: entry.problem for entry in store.entries()}
    assert entries[clone].code == "base_year_unreadable" and entries["hunan-2021"] is None
    with pytest.raises(KeyError):
        find_baseline(clone)


def test_a_large_table_is_read_back_whole_and_restored(store, clone):
    """It was cut after a million bytes, and could neither be sent nor restored."""
    files = store.files(clone)
    digits = "".join(sha256(str(n).encode()).hexdigest() for n in range(40_000))
    large = files | {"benchmarks.csv": files["benchmarks.csv"] + b"".join(_lines(files["benchmarks.csv"], digits))}
    assert len(large["benchmarks.csv"]) > 1_500_000
    assert isinstance(store.edit(large, store.stamp(clone), DAY, "reason"), Saved)
    assert store.files(clone)["benchmarks.csv"] == large["benchmarks.csv"]
    assert len(store.versions.data(clone, 2)) > 1_000_000
    store.edit(edited(store, clone), store.stamp(clone), DAY, "reason")
    assert isinstance(store.restore(clone, 2, store.stamp(clone), DAY), Saved)
    assert store.files(clone)["benchmarks.csv"] == large["benchmarks.csv"] and people(clone) == 2359


def _lines(table: bytes, digits: str) -> Iterator[bytes]:
    """Rows of published figures with a long source each."""
    last = table.splitlines()[-1].split(b",", 1)[1]
    for n in range(0, len(digits), 50_000):
        yield b"row-%d,%b\n" % (n, last.replace(b",", b"," + digits[n : n + 50_000].encode(), 1))
