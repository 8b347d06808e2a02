"""Own base years are found beside those that ship, and read anew once their files have changed."""

import os
import shutil
import threading
from pathlib import Path

import pytest

from model.evidence import figures
from model.evidence.base_year_folders import (
    aside,
    baseline_ids,
    find_baseline,
    folder_of,
    own_base_years,
    own_ids,
)
from model.evidence.baseline import baseline_ids as shipped_ids
from model.evidence.baseline import shipped_baseline
from model.files.disk import replace_folder

HUNAN = figures.FOLDER / "hunan-2021"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FRONTLINE_BASELINES", str(tmp_path))
    return tmp_path


def copied(own: Path, id: str) -> Path:
    folder = Path(shutil.copytree(HUNAN, own / id))
    rewrite(folder / "baseline.toml", 'id = "hunan-2021"', f'id = "{id}"')
    return folder


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    fresh = path.with_name(".fresh")
    fresh.write_text(text.replace(old, new), "utf-8")
    os.replace(fresh, path)


def test_own_base_years_come_after_those_that_ship(own):
    copied(own, "zz-2022")
    copied(own, "aa-2022")
    (own / "no base year").mkdir()
    (own / "file").write_text("", "utf-8")
    assert baseline_ids() == [*shipped_ids(), "aa-2022", "zz-2022"]
    assert find_baseline("aa-2022").id == "aa-2022"


def test_one_that_ships_is_itself_whatever_the_own_folder_holds(own):
    copied(own, "hunan-2021")
    assert find_baseline("hunan-2021") is shipped_baseline("hunan-2021")
    assert own_ids() == []


def test_the_same_files_are_the_same_object_and_changed_ones_another(own):
    folder = copied(own, "aa-2022")
    first = find_baseline("aa-2022")
    assert find_baseline("aa-2022") is first
    rewrite(folder / "report.csv", "2359", "2358")
    assert find_baseline("aa-2022").reported("staff_total") == 2358
    assert first.reported("staff_total") == 2359


@pytest.mark.parametrize(
    "id", ["nowhere", "", ".", "..", "../hunan-2021", "/", ".before.aa-2022", "aa-2022/../aa-2022"]
)
def test_what_is_no_id_is_a_key_error(own, id):
    copied(own, "aa-2022")
    for find in (find_baseline, folder_of):
        with pytest.raises(KeyError):
            find(id)


def test_one_that_cannot_be_read_is_listed_and_not_found(own):
    (copied(own, "aa-2022") / "report.csv").unlink()
    assert "aa-2022" in baseline_ids()
    with pytest.raises(KeyError):
        find_baseline("aa-2022")


def test_one_put_aside_for_its_successor_is_still_found(own):
    folder = copied(own, "aa-2022")
    os.replace(folder, aside(folder))
    assert own_ids() == ["aa-2022"]
    assert find_baseline("aa-2022").id == "aa-2022"


def test_a_reader_meanwhile_meets_the_old_one_or_the_new_one(own):
    folder = copied(own, "aa-2022")
    old = {path.name: path.read_bytes() for path in folder.iterdir()}
    new = {name: data.replace(b"2359", b"2400").replace(b"year = 2021", b"year = 2024") for name, data in old.items()}
    stop = threading.Event()

    def swap() -> None:
        while not stop.is_set():
            for files in (new, old):
                replace_folder(folder, files, aside(folder), lambda _: None)

    writer = threading.Thread(target=swap)
    writer.start()
    try:
        seen = {(one.year, one.reported("staff_total")) for one in (find_baseline("aa-2022") for _ in range(200))}
    finally:
        stop.set()
        writer.join()
    assert seen <= {(2021, 2359.0), (2024, 2400.0)}


def test_the_usual_folder_is_among_the_users_data(monkeypatch):
    monkeypatch.delenv("FRONTLINE_BASELINES", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert own_base_years().name == "base-years" and own_base_years().parent.name == "frontline"
