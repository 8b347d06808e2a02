"""A base year as one file to send: a ZIP of its folder, read with suspicion."""

import io
import stat
import zipfile
from pathlib import PurePosixPath

from model.evidence.base_year_folders import ABOUT
from model.files.base_years.folder_files import OPTIONAL, REQUIRED, Files, problems_of
from model.files.problem import Problem, shown

MOST_BYTES = 5_000_000
MOST_UNPACKED = 10_000_000
MOST_ENTRIES = 40
MOST_PLAN = 1_000_000
PLAN = "plan.toml"
"""The scenario file that may go along with a base year."""
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""One moment for all entries, so that equal files give equal bytes."""
_MOST_ASKED = 1_000
_OF_SHEETS = ("xl/", "content.xml", "Index/")
"""How parts of a spreadsheet begin: .xlsx and .xlsb, .ods, .numbers."""
_WORKBOOKS = (".xlsx", ".xls", ".et")
_OF_MACS = ("__MACOSX", ".DS_Store")


def packed(id: str, files: Files, plan: bytes = b"") -> bytes:
    """The files in a folder of that name, as the bytes of a ZIP; equal files give equal bytes.

    A `plan` that stands on the base year, a scenario file, goes along where it is given.
    """
    data = io.BytesIO()
    contents = {**files, **({PLAN: plan} if plan else {})}
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (*REQUIRED, *OPTIONAL, PLAN):
            if name in contents:
                entry = zipfile.ZipInfo(f"{id}/{name}", _FIRST_DAY)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, contents[name])
    return data.getvalue()


def plan_in(data: bytes) -> bytes | None:
    """The scenario file that goes along with a base year in the bytes of a ZIP; None where there is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            found = [entry for entry in entries if PurePosixPath(entry.filename).name == PLAN]
            if len(entries) > MOST_ENTRIES or len(found) != 1 or found[0].file_size > MOST_PLAN:
                return None
            return archive.read(found[0])
    except Exception:  # zipfile raises whatever damaged bytes lead it into
        return None


def is_archive(data: bytes) -> bool:
    """Whether bytes are a ZIP and no workbook, which is one too."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return not any(entry.filename.startswith(_OF_SHEETS) for entry in archive.infolist()[:_MOST_ASKED])
    except Exception:  # zipfile raises whatever damaged bytes lead it into
        return False


def unpacked(data: bytes, file: str) -> tuple[dict[str, bytes], list[Problem]]:
    """The files of a base year in the bytes of a ZIP, or none and all problems.

    They lie in one folder, whatever its name, or in none. Any bytes give an answer.
    """
    if len(data) > MOST_BYTES:
        return {}, [Problem("zip_too_large", file, given=f"{len(data):,}", right={"most": f"{MOST_BYTES:,}"})]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_of_macs(entry)]
            if problems := _entry_problems(entries, file):
                return {}, problems
            # What an entry says of its size is all that is read of it.
            files = {PurePosixPath(entry.filename).name: archive.read(entry) for entry in entries}
    except Exception as error:  # zipfile and zlib raise whatever damaged bytes lead them into
        return {}, [Problem("zip_broken", file, given=type(error).__name__)]
    files.pop(PLAN, None)
    if ABOUT not in files and (workbooks := [name for name in files if name.casefold().endswith(_WORKBOOKS)]):
        return {}, [Problem("zip_of_workbook", file, given=shown(workbooks[0]))]
    problems = problems_of(files)
    return ({}, problems) if problems else (files, [])


def _entry_problems(entries: list[zipfile.ZipInfo], file: str) -> list[Problem]:
    """What is wrong with the entries before any is opened."""
    if len(entries) > MOST_ENTRIES:
        return [Problem("zip_too_many", file, given=f"{len(entries):,}", right={"most": float(MOST_ENTRIES)})]
    if (size := sum(entry.file_size for entry in entries)) > MOST_UNPACKED:
        return [Problem("zip_unpacks", file, given=f"{size:,}", right={"most": f"{MOST_UNPACKED:,}"})]
    names = [PurePosixPath(entry.filename).name for entry in entries]
    folders = {PurePosixPath(entry.filename).parent for entry in entries}
    found = [Problem("zip_path", file, given=shown(entry.filename)) for entry in entries if not _is_inside(entry)]
    found += [Problem("zip_encrypted", file, given=shown(one.filename)) for one in entries if one.flag_bits & 1]
    found += [
        Problem("zip_twice", file, given=shown(name)) for name in sorted({n for n in names if names.count(n) > 1})
    ]
    if not found and len(folders) > 1:
        found.append(Problem("zip_folders", file, given=shown(", ".join(sorted(map(str, folders))))))
    return found


def _is_inside(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a plain file that stays below its folder; a link could lead out."""
    path, kind = entry.filename, stat.S_IFMT(entry.external_attr >> 16)
    is_plain = kind in (0, stat.S_IFREG)
    return is_plain and not path.startswith("/") and ".." not in path.split("/") and not set("\\:\0") & set(path)


def _is_of_macs(entry: zipfile.ZipInfo) -> bool:
    return any(part in _OF_MACS for part in entry.filename.split("/"))
