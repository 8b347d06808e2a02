"""A ZIP from anywhere is a base year or a list of what is wrong with it, and nothing leaves its folder."""

import io
import stat
import struct
import zipfile

import pytest
from base_year_workbooks import HUNAN
from hypothesis import given
from hypothesis import strategies as st

from model.files.base_years import archive
from model.files.base_years.archive import is_archive, packed, unpacked
from model.files.base_years.folder_files import MOST_PROBLEMS
from model.files.tables.sheet import MOST_ROWS
from model.outputs.evidence.base_year_sentences import sentence
from model.outputs.words import LANGUAGES


def zipped(entries: dict[str, bytes], **of_entry: int) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = of_entry.get("mode", 0) << 16
            written.writestr(entry, content)
    return data.getvalue()


def in_folder(folder: str = "hunan-2021/", **changed: bytes) -> dict[str, bytes]:
    return {f"{folder}{name}": changed.get(name.partition(".")[0], data) for name, data in HUNAN.items()}


def found(data: bytes) -> list[tuple[str, str, str]]:
    files, problems = unpacked(data, "a.zip")
    assert bool(files) != bool(problems)
    for problem in problems:
        for language in LANGUAGES:
            said = sentence(problem, language)
            assert problem.file in said and "{" not in said.replace(problem.given, "")
    return [(problem.code, problem.file, problem.given) for problem in problems]


@pytest.mark.parametrize("folder", ["", "hunan-2021/", "湖南/", "a/b/"])
def test_the_files_may_lie_in_one_folder_of_any_name_or_in_none(folder):
    assert unpacked(zipped(in_folder(folder)), "a.zip") == (HUNAN, [])


def test_what_is_packed_is_unpacked_the_same_and_packs_to_the_same_bytes():
    data = packed("hunan-2021", HUNAN)
    assert unpacked(data, "a.zip") == (HUNAN, [])
    assert packed("hunan-2021", dict(reversed(HUNAN.items()))) == data


def test_what_a_mac_adds_is_passed_over():
    extra = {"__MACOSX/hunan-2021/._report.csv": b"\0", "hunan-2021/.DS_Store": b"\0"}
    assert unpacked(zipped(in_folder() | extra), "a.zip") == (HUNAN, [])


@pytest.mark.parametrize(
    "name", ["../evil.csv", "/etc/evil.csv", "a/../../evil.csv", "..\\evil.csv", "C:evil.csv", "x\0.csv/../y"]
)
def test_a_path_that_leads_out_is_refused(name):
    refused = found(zipped(in_folder() | {name: b"id\n"}))
    assert refused and all(code in ("zip_path", "zip_folders", "file_unknown") for code, *_ in refused)


def test_a_link_is_refused():
    assert {code for code, *_ in found(zipped(in_folder(), mode=stat.S_IFLNK | 0o777))} == {"zip_path"}


@pytest.mark.parametrize("name", ["基年资料表.xlsx", "资料/Base Year.XLSX", "a.xls"])
def test_a_workbook_in_a_zip_is_told_to_be_unpacked(name):
    """It was said to lack six files, none of which a planner has ever seen."""
    assert [code for code, *_ in found(zipped({name: b"PK"}))] == ["zip_of_workbook"]


def test_two_folders_and_a_file_twice_are_refused():
    assert found(zipped(in_folder("a/") | in_folder("b/")))[0][0] == "zip_twice"
    assert [code for code, *_ in found(zipped(in_folder("a/") | {"b/notes.csv": b""}))] == ["zip_folders"]


def test_a_bomb_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("opened"))
    assert found(zipped({f"{n}.csv": b"" for n in range(archive.MOST_ENTRIES + 1)}))[0][0] == "zip_too_many"
    assert found(zipped({"report.csv": b"0" * (archive.MOST_UNPACKED + 1)}))[0][0] == "zip_unpacks"
    assert found(b"PK" + b"\0" * archive.MOST_BYTES)[0][0] == "zip_too_large"


def test_an_entry_that_lies_about_its_size_is_not_read_beyond_it():
    data = zipped({"report.csv": b"0" * 100_000})
    lying = data.replace(struct.pack("<I", 100_000), struct.pack("<I", 10))
    assert lying != data
    assert found(lying)[0][0] == "zip_broken"


def test_a_password_is_said():
    data = bytearray(zipped(in_folder()))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := data.find(mark, start + 1)) >= 0:
            data[start + at] |= 1
    assert {code for code, *_ in found(bytes(data))} == {"zip_encrypted"}


def test_all_that_is_wrong_with_the_files_is_said_at_once():
    entries = in_folder(
        report=b"id,value\nstaff_total,1\n",
        assumptions=HUNAN["assumptions.csv"].replace(b",20,77,100,", b",20,many,100,"),
        benchmarks=b"\xff\xfe",
    )
    del entries["hunan-2021/prefectures.csv"]
    entries |= {
        "hunan-2021/virus.exe": b"",
        "hunan-2021/baseline.toml": b'id = "../x"\nyear = "2021"\nrules = "1999"\n',
    }
    refused = found(zipped(entries))
    assert {(code, file) for code, file, _ in refused} == {
        ("file_lacking", "prefectures.csv"),
        ("file_unknown", "virus.exe"),
        *((f"{key}_wrong", "baseline.toml") for key in ("id", "name", "source", "year", "rules")),
        ("column_lacking", "report.csv"),
        ("table_no_number", "assumptions.csv"),
        ("not_a_table", "benchmarks.csv"),
    }
    assert ("table_no_number", "assumptions.csv", "many") in refused


@pytest.mark.parametrize(
    ("lines", "codes"),
    [(MOST_ROWS + 1, {"too_many_rows"}), (MOST_ROWS, {"table_no_number", "more_problems"})],
)
def test_of_a_table_without_end_little_is_read_and_little_said(lines, codes):
    """Two megabytes that pack to twenty kilobytes kept the server busy for four seconds."""
    head, *_ = HUNAN["prefectures.csv"].split(b"\n")
    table = head + b"\n" + b"x,\xe6\x9f\x90,X,many,many,many\n" * lines
    refused = found(zipped(in_folder(prefectures=table)))
    assert {code for code, _, _ in refused} == codes and len(refused) <= MOST_PROBLEMS + 1


@pytest.mark.parametrize("text", [b"a = ", b"\xff", b"id = [" * 5000, b""])
def test_a_toml_that_is_none_is_said(text):
    assert {file for _, file, _ in found(zipped(in_folder(baseline=text)))} == {"baseline.toml"}


@given(st.binary(max_size=300))
def test_any_bytes_give_an_answer(data):
    found(data)
    found(b"PK\x03\x04" + data)
    is_archive(data)


@given(st.data())
def test_a_damaged_zip_gives_an_answer(data):
    whole = bytearray(packed("hunan-2021", HUNAN))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    found(bytes(whole[: data.draw(st.integers(len(whole) // 2, len(whole)))]))
