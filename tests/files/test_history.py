"""Every version of a plan is kept beside the plans, whoever saves, renames or deletes, and can be had back."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from model.files import disk
from model.files.library import Conflict, Declaration, Library, Note, Refused, Saved
from model.files.library.history import COPY, FOUND, RENAME, RESTORE, SAVE, SETTING, History

PLAN = 'schema = 1\nname = "下沉到县"\n\n[staff.change]\ncity = -100 # 我的说明\ncounty = 100\n'
SIGNED = Note("李明", "省厅意见：先调 50 人", {"visits": 72_344.5, "case_capacity": 5_962.0})


def plan(people: int) -> str:
    return PLAN.replace("100", str(people))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


def saved(library: Library, *people: int, note: Note = SIGNED) -> str:
    """The stem of a plan saved once for each number of people."""
    stem = library.save_as("plan", plan(people[0]), note).stem
    for one in people[1:]:
        assert isinstance(library.save(stem, plan(one), library.open(stem).stamp, note), Saved)
    return stem


def acts(library: Library, stem: str) -> list[str]:
    return [version.act for version in library.history.versions(stem)][::-1]


def people(library: Library, stem: str) -> list[str]:
    """The people moved in each version, the oldest first, byte for byte as they were saved."""
    texts = [library.history.data(stem, one.number).decode() for one in library.history.versions(stem)][::-1]
    return [text.split("county = ")[1].strip() for text in texts]


def test_every_version_saved_stays_with_who_when_why_and_its_figures(library):
    stem = saved(library, 100, 50, 20)
    newest, *_ = versions = library.history.versions(stem)
    assert [one.number for one in versions] == [3, 2, 1]
    assert newest.note == SIGNED and newest.model_version and newest.stamp == library.open(stem).stamp
    assert abs((newest.saved - library.entries()[0].modified).total_seconds()) < 5
    assert people(library, stem) == ["100", "50", "20"]
    assert library.version(stem, 1).scenario.levers["staff.change.county"] == 100
    assert isinstance(library.version(stem, 4), Refused)


def test_a_version_is_a_plain_file_that_can_be_read_without_the_program(library):
    stem = saved(library, 100)
    folder = library.folder / ".history" / stem
    assert {path.name for path in folder.iterdir()} == {"0001.toml", "0001.json"}
    assert "# 我的说明" in (folder / "0001.toml").read_text("utf-8")
    about = json.loads((folder / "0001.json").read_text("utf-8"))
    assert (about["author"], about["reason"], about["figures"]["visits"]) == ("李明", "省厅意见：先调 50 人", 72_344.5)


def test_saving_the_same_again_makes_no_version(library):
    stem = saved(library, 100, 50, 50)
    assert acts(library, stem) == [SAVE, SAVE]


def test_a_version_is_restored_as_a_new_save_and_nothing_is_lost(library):
    stem = saved(library, 100, 50)
    answer = library.restore(stem, 1, library.open(stem).stamp, Note("王芳"))
    assert isinstance(answer, Saved) and library.open(stem).stamp == answer.stamp
    assert people(library, stem) == ["100", "50", "100"]
    newest = library.history.versions(stem)[0]
    assert (newest.act, newest.of, newest.note.author) == (RESTORE, "1", "王芳")


def test_restoring_over_what_somebody_else_saved_meanwhile_asks_first(library):
    stem = saved(library, 100, 50)
    seen = library.open(stem).stamp
    library.save(stem, plan(20), seen)
    assert isinstance(library.restore(stem, 1, seen), Conflict)
    assert people(library, stem) == ["100", "50", "20"]


def test_what_another_program_wrote_is_a_version_too(library):
    stem = saved(library, 100)
    (library.folder / f"{stem}.toml").write_text(plan(70), encoding="utf-8")
    library.save(stem, plan(20), library.open(stem).stamp)
    assert people(library, stem) == ["100", "70", "20"]
    assert acts(library, stem) == [SAVE, FOUND, SAVE]


def test_a_plan_of_before_there_was_a_history_is_its_first_version(library):
    (library.folder / "old.toml").write_text(plan(70), encoding="utf-8")
    assert library.history.versions("old") == ()
    library.save("old", plan(20), library.open("old").stamp)
    assert people(library, "old") == ["70", "20"]


def declared(author: str) -> Declaration:
    """What an office declares of a version, with one figure of it."""
    band = {
        "base": (70_000.0, 72_000.0, 74_000.0),
        "plan": (70_200.0, 72_345.0, 74_400.0),
        "change": (100.0, 345.0, 500.0),
    }
    return Declaration(author, "2.0.5", "hunan-2021", 64 * "a", 4096, 2713, 20211018, {"visits": band})


def test_a_version_declared_final_stays_with_what_its_figures_were_made_from(library, monkeypatch):
    monkeypatch.setenv(SETTING, "2")
    stem = saved(library, 100, 50)
    assert isinstance(library.declare_final(stem, 1, declared("王芳")), Saved)
    for one in (20, 10, 5):
        library.save(stem, plan(one), library.open(stem).stamp)
    assert [one.number for one in library.history.versions(stem)] == [5, 4, 1], "the final one beside the two allowed"
    first = library.history.versions(stem)[-1]
    final = library.final(stem, library.open(stem).stamp)
    assert (final.number, final.stamp, final.declaration) == (1, first.stamp, declared("王芳"))
    assert final.stamp != library.open(stem).stamp, "what was saved since is a draft"
    library.restore(stem, 1, library.open(stem).stamp)
    assert library.final(stem, library.open(stem).stamp).stamp == library.open(stem).stamp, "and this is it again"


def test_a_final_version_is_read_without_the_program_and_is_declared_once(library):
    stem = saved(library, 100)
    library.declare_final(stem, 1, declared("王芳"))
    library.declare_final(stem, 1, declared("李明"))
    about = json.loads((library.folder / ".history" / stem / "0001.final.json").read_text("utf-8"))
    assert (about["author"], about["drawn"], about["kept"], about["baseline"]) == ("王芳", 4096, 2713, "hunan-2021")
    assert about["sha256"] == library.open(stem).stamp and about["figures"]["visits"]["plan"][1] == 72_345.0


def test_of_several_final_versions_a_plan_is_told_which_it_is_or_the_last(library):
    stem = saved(library, 100, 50, 20)
    for number in (1, 2):
        library.declare_final(stem, number, declared("王芳"))
    stamps = [one.stamp for one in library.history.versions(stem)][::-1]
    assert [library.final(stem, stamp).number for stamp in stamps] == [1, 2, 2]
    assert library.final("another", stamps[0]) is None and library.final("", stamps[0]) is None


def test_a_final_version_goes_where_its_plan_goes(library):
    stem = saved(library, 100)
    library.declare_final(stem, 1, declared("王芳"))
    second = library.rename(stem, "second").stem
    assert library.final(second, "").number == 1
    back = library.undelete(library.delete(second)).stem
    assert library.final(back, "").number == 1


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"sha256": 3}', '{"figures": {"visits": {"plan": [NaN, 1, 2]}}}', "null"]
)
def test_a_damaged_note_of_a_final_version_declares_nothing_and_loses_nothing(library, damage, monkeypatch):
    monkeypatch.setenv(SETTING, "1")
    stem = saved(library, 100)
    library.declare_final(stem, 1, declared("王芳"))
    path = library.folder / ".history" / stem / "0001.final.json"
    whole = path.read_text("utf-8")
    path.write_text(damage, encoding="utf-8")
    assert library.final(stem, library.open(stem).stamp) is None
    library.save(stem, plan(50), library.open(stem).stamp)
    library.save(stem, plan(20), library.open(stem).stamp)
    assert people(library, stem) == ["100", "20"]
    for number in ("NaN", "Infinity", "1e999", "null", '"many"'):
        path.write_text(whole.replace("70200.0", number), encoding="utf-8")
        assert library.final(stem, "") is None

    library.declare_final(stem, 1, declared("李明"))
    assert library.final(stem, "").declaration.author == "李明", "what is damaged can be declared anew"


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999", '"many"'])
def test_a_damaged_figure_in_a_note_leaves_the_version_without_its_note(library, number):
    stem = saved(library, 100)
    path = library.folder / ".history" / stem / "0001.json"
    path.write_text(path.read_text("utf-8").replace("72344.5", number), encoding="utf-8")
    (version,) = library.history.versions(stem)
    assert (version.note, version.act) == (Note(), FOUND)


def test_there_is_no_final_version_of_what_is_not_there(library):
    stem = saved(library, 100)
    assert isinstance(library.declare_final(stem, 2, declared("王芳")), Refused)
    assert isinstance(library.declare_final("../plan", 1, declared("王芳")), Refused)
    assert library.final("../plan", "") is None


def test_the_history_goes_where_the_plan_goes(library):
    stem = saved(library, 100, 50)
    assert library.rename(stem, "second").stem == "second"
    assert acts(library, "second") == [SAVE, SAVE, RENAME] and not library.history.versions(stem)
    deleted = library.delete("second")
    assert not library.history.versions("second")
    saved_anew = library.save("second", plan(10), None)
    assert isinstance(saved_anew, Saved) and acts(library, "second") == [SAVE], "another plan of the name has its own"
    back = library.undelete(deleted).stem
    assert back != "second" and acts(library, back) == [SAVE, SAVE, RENAME]


def test_a_copy_begins_its_own_history_and_says_of_what(library):
    stem = saved(library, 100, 50)
    copy = library.duplicate(stem, "copy").stem
    (first,) = library.history.versions(copy)
    assert (first.act, first.of) == (COPY, stem)
    assert acts(library, stem) == [SAVE, SAVE]


def test_a_renaming_cut_short_leaves_its_history_to_be_found(library, monkeypatch):
    stem = saved(library, 100, 50)
    monkeypatch.setattr(History, "move", lambda *_: None)
    library.rename(stem, "second")
    monkeypatch.undo()
    assert acts(library, "second") == [SAVE, SAVE, RENAME]
    library.save("second", plan(20), library.open("second").stamp)
    assert acts(library, "second") == [SAVE, SAVE, RENAME, SAVE]
    assert not (library.folder / ".history" / stem).exists()


def authors(library: Library, stem: str) -> list[str]:
    return [version.note.author for version in library.history.versions(stem)][::-1]


def by(author: str) -> Note:
    return Note(author)


def test_who_comes_back_from_the_trash_has_his_own_history_though_another_was_put_away_under_its_name(library):
    library.save("plan", plan(1), None, by("first"))
    lost = library.delete("plan")
    (library.folder / ".trash" / lost.kept_as).unlink()
    library.save("plan", plan(2), None, by("second"))
    library.undelete(library.delete("plan"))
    assert authors(library, "plan") == ["second"]
    os.remove(library.folder / "plan.toml")
    library.save("other", plan(3), None, by("third"))
    library.rename("other", "plan", by("third"))
    library.undelete(library.delete("plan"))
    assert authors(library, "plan") == ["third", "third"]


def test_who_never_had_a_history_gets_none_of_the_trash(library):
    library.save("plan", plan(1), None, by("first"))
    lost = library.delete("plan")
    (library.folder / ".trash" / lost.kept_as).unlink()
    (library.folder / "plan.toml").write_text(plan(2), encoding="utf-8")
    assert authors(library, library.undelete(library.delete("plan")).stem) == []


def killed(*_: object) -> None:
    raise RuntimeError("killed")


def test_killed_while_it_comes_back_a_plan_has_its_history_after_the_next_try(library, monkeypatch):
    stem = saved(library, 100, 50)
    library.declare_final(stem, 1, declared("王芳"))
    deleted = library.delete(stem)
    with monkeypatch.context() as patch:
        patch.setattr("model.files.library.library.os.replace", killed)
        with pytest.raises(RuntimeError):
            library.undelete(deleted)
    assert library.undelete(deleted).stem == stem
    assert acts(library, stem) == [SAVE, SAVE] and library.final(stem, "").number == 1


@pytest.mark.parametrize("cut", ["put_away", "move"], ids=["deletion", "renaming"])
def test_a_new_plan_of_the_name_does_not_take_the_history_of_one_deleted_or_renamed_by_who_was_killed(
    library, monkeypatch, cut
):
    library.save("plan", plan(1), None, by("old"))
    with monkeypatch.context() as patch:
        patch.setattr(History, cut, killed)
        change = partial(library.delete, "plan") if cut == "put_away" else partial(library.rename, "plan", "renamed")
        with pytest.raises(RuntimeError):
            change()
    library.save("plan", plan(2), None, by("new"))
    assert authors(library, "plan") == ["new"]
    (deleted,) = library.trash() or (None,)
    old = library.undelete(deleted).stem if deleted else "renamed"
    assert authors(library, old)[0] == "old"


def test_a_version_that_never_became_a_plan_is_put_aside_not_lost(library, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("model.files.library.library.replace_whole", killed)
        with pytest.raises(RuntimeError):
            library.save("plan", plan(1), None, by("old"))
    library.save("plan", plan(2), None, by("new"))
    assert authors(library, "plan") == ["new"]
    assert (library.folder / ".history/.deleted/plan~1/0001.toml").read_text(encoding="utf-8") == plan(1)


@pytest.mark.parametrize("moment", ["0001-01-01", "9999-12-31T23:59:59+00:00", "noon"])
def test_a_moment_beyond_all_calendars_costs_the_note_and_breaks_no_list(library, moment):
    stem = saved(library, 100)
    library.declare_final(stem, 1, declared("王芳"))
    for end, key in ((".json", "saved"), (".final.json", "declared")):
        path = library.folder / ".history" / stem / f"0001{end}"
        path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), key: moment}), encoding="utf-8")
    (version,) = library.history.versions(stem)
    assert version.saved.year > 2000 and library.final(stem, version.stamp) is None


@pytest.mark.parametrize("stem", ["x" * 300, "a\0b", "a\ud800", "..", "a/b", ""])
def test_a_version_of_a_name_that_no_file_may_have_is_refused(library, stem):
    assert isinstance(library.version(stem, 7), Refused)


def test_a_library_that_is_no_folder_is_a_sentence_everywhere(tmp_path):
    (tmp_path / "file").touch()
    library = Library(tmp_path / "file")
    assert isinstance(library.open("plan"), Refused) and isinstance(library.version("plan", 1), Refused)
    assert library.final("plan", "") is None and library.history.versions("plan") == ()
    assert isinstance(library.save("plan", plan(1), None), Refused)


def test_a_reason_can_be_given_afterwards(library):
    stem = saved(library, 100, 50)
    assert isinstance(library.explain(stem, 1, "初稿"), Saved)
    assert [one.note.reason for one in library.history.versions(stem)] == [SIGNED.reason, "初稿"]
    assert isinstance(library.explain(stem, 9, "x"), Refused)


def test_only_so_many_versions_are_kept_as_the_setting_says(library, monkeypatch):
    monkeypatch.setenv(SETTING, "3")
    stem = saved(library, 10, 20, 30, 40, 50)
    assert people(library, stem) == ["30", "40", "50"]
    assert [one.number for one in library.history.versions(stem)] == [5, 4, 3]
    assert len([*(library.folder / ".history" / stem).iterdir()]) == 6
    monkeypatch.setenv(SETTING, "many")
    assert len(people(library, saved(library, 1, 2, 3, 4, 5))) == 5


def test_a_damaged_note_costs_its_words_and_no_version(library):
    stem = saved(library, 100, 50)
    for number, damage in ((1, b"{"), (2, b'{"sha256": "another"}')):
        (library.folder / ".history" / stem / f"{number:04d}.json").write_bytes(damage)
    assert people(library, stem) == ["100", "50"] and acts(library, stem) == [FOUND, FOUND]
    (library.folder / ".history" / stem / "0001.json").unlink()
    assert acts(library, stem) == [FOUND, FOUND]


def test_a_history_that_cannot_be_written_stops_the_save(library, monkeypatch):
    stem = saved(library, 100)
    seen, before = library.open(stem).stamp, people(library, stem)

    def full(path: Path, *_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("model.files.library.history.replace_whole", full)
    assert isinstance(library.save(stem, plan(20), seen), Refused)
    monkeypatch.undo()
    assert library.open(stem).stamp == seen and people(library, stem) == before


def test_a_link_in_the_place_of_the_history_is_not_followed(library, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    os.symlink(elsewhere, library.folder / ".history")
    assert isinstance(library.save_as("plan", PLAN), Refused)
    assert not [*elsewhere.iterdir()]


def test_a_link_in_the_place_of_one_plans_history_is_not_followed(library, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    saved(library, 100)
    (library.folder / "linked.toml").write_text(PLAN, encoding="utf-8")
    os.symlink(elsewhere, library.folder / ".history" / "linked")
    assert isinstance(library.save("linked", plan(1), library.open("linked").stamp), Refused)
    assert not [*elsewhere.iterdir()]


def test_two_people_who_save_at_once_are_both_in_it(library):
    stem = saved(library, 100)
    seen = library.open(stem).stamp
    with ThreadPoolExecutor(8) as pool:
        answers = [*pool.map(lambda n: Library(library.folder).save(stem, plan(n), seen), range(1, 9))]
    assert sum(isinstance(answer, Saved) for answer in answers) == 1, "the others are asked"
    for n, answer in enumerate(answers, 1):
        if isinstance(answer, Conflict):
            assert isinstance(library.save(stem, plan(n), library.open(stem).stamp), Saved)
    assert set(people(library, stem)) == {"100", *map(str, range(1, 9))}
    assert not [*library.folder.rglob(f"{disk._SAVING}*")]
