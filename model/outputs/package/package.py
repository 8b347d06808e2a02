"""The package of a plan: every file that it is handed out as, alone, in one ZIP, or in a folder."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from model.evidence.method import method
from model.failures.libraries import LIBRARIES, PICTURES, SLIDES, WORD, WORKBOOK, NoLibrary, require
from model.files.disk import write_whole
from model.outputs.answers import projection
from model.outputs.answers.document import Document, on_base_year, written
from model.outputs.brief.brief import brief
from model.outputs.brief.papers.word_file import quality_file, report_file, request_file
from model.outputs.handout import csv_tables, pictures
from model.outputs.handout.handout import Handout
from model.outputs.handout.passport import Passport
from model.outputs.handout.pictures import NoFace
from model.outputs.package.file_name import named, path_in
from model.outputs.phrasing.problems import lacking_in_words
from model.outputs.phrasing.scenario_text import file_of
from model.outputs.stability import table as stability_table
from model.outputs.story.common_slides import day_in_words
from model.outputs.story.plan_story import plan_story
from model.outputs.story.slide_file import slide_file
from model.outputs.story.story import Occasion
from model.outputs.words import text

TYPES = {
    "zip": "application/zip",
    "toml": "application/toml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
    "json": "application/json",
    "txt": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
    "png": "image/png",
    "svg": "image/svg+xml",
}
STORED = ("png", "pptx", "docx", "xlsx")
"""Kinds of files that are compressed already."""
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""Time that every file in a ZIP carries, so that the same plan gives the same bytes."""
NO_PICTURES = "no-pictures.txt"
NO_LIBRARY = {package: f"no-{package}.txt" for package in LIBRARIES}
NOTES = (NO_PICTURES, *NO_LIBRARY.values())
"""Files that stand in the place of what could not be made, and say why."""


@dataclass(frozen=True)
class Part:
    """One file: the group that offers it (`export.group_<group>`), its path in the package, its builder.

    `needs` are the libraries without which it cannot be made.
    """

    group: str
    path: str
    build: Callable[[Handout], bytes]
    needs: tuple[str, ...] = ()


def _scenario(handout: Handout) -> bytes:
    """The scenario file, of which the passport holds the hash."""
    return file_of(handout.projection.scenario, handout.baseline, handout.language, handout.origin.source)


def _projection(handout: Handout) -> bytes:
    return _document("project", projection.document(handout.projection, handout.base), handout)


def _stability(handout: Handout) -> bytes:
    result = stability_table.document(handout.stability, handout.projection.scenario, handout.base)
    return _document("stability", result, handout)


def _document(command: str, result: Document, handout: Handout) -> bytes:
    """What the command of that name prints with --json."""
    return written(on_base_year(command, result, handout.projection.scenario, handout.base)).encode()


def _passport(handout: Handout) -> bytes:
    return passport_file(handout.passport, handout.language)


def passport_file(passport: Passport, language: str) -> bytes:
    """A passport as text, a row a line."""
    end = text("problems.where_end", language)
    lines = [text("passport.title", language), *(f"{label}{end}{value}" for label, value in passport.rows)]
    return "".join(f"{line}\n" for line in lines).encode("utf-8-sig", "replace")


def _method(handout: Handout) -> bytes:
    """In the reader's language, as all of the package is; marked as Unicode for plain editors."""
    return method(handout.language).encode("utf-8-sig")


def _slides(handout: Handout) -> bytes:
    day = Occasion(day=day_in_words(handout.made_on, handout.language))
    story = plan_story(handout.projection, handout.baseline, handout.language, handout.stability, handout.why, day)
    return slide_file(story, handout.passport, handout.made_on, handout.language, handout.template)


def _workbook(handout: Handout) -> bytes:
    require(*WORKBOOK)
    from model.outputs.workbook.workbook import workbook

    return workbook(handout.projection, handout.baseline, handout.made_on, handout.language, handout.origin)


def _inspections(handout: Handout) -> bytes:
    require(*WORKBOOK)
    from model.outputs.inspections.inspection_workbook import inspection_plan_xlsx

    return inspection_plan_xlsx(handout)


def _svg(name: str, handout: Handout) -> bytes:
    return pictures.svg_of_plan(name, handout).encode()


PARTS: tuple[Part, ...] = (
    Part("scenario", "scenario.toml", _scenario),
    Part("report", "report.docx", report_file, (*WORD, *PICTURES)),
    Part("request", "request.docx", request_file, WORD),
    Part("quality", "quality.docx", quality_file, WORD),
    Part("slides", "slides.pptx", _slides, SLIDES),
    Part("workbook", "workbook.xlsx", _workbook, WORKBOOK),
    Part("inspections", "inspection-plan.xlsx", _inspections, WORKBOOK),
    Part("brief", "brief.html", brief, PICTURES),
    *(
        Part("pictures", f"pictures/{name}.png", partial(pictures.png_of_plan, name), PICTURES)
        for name in pictures.NAMES
    ),
    *(Part("pictures", f"pictures/{name}.svg", partial(_svg, name), PICTURES) for name in pictures.NAMES),
    *(Part("tables", f"tables/{name}.csv", build) for name, build in csv_tables.TABLES.items()),
    Part("method", "method.md", _method),
    Part("projection", "projection.json", _projection),
    Part("stability", "stability.json", _stability),
    Part("passport", "passport.txt", _passport),
)
"""The parts in the order in which they are offered and made; one more part is one more line."""


def groups() -> tuple[str, ...]:
    """The groups that are offered alone, in order."""
    return tuple(dict.fromkeys(part.group for part in PARTS))


def files(
    handout: Handout, parts: Sequence[Part] = PARTS, before: Callable[[int], object] = lambda _: None
) -> Iterator[tuple[str, bytes]]:
    """Path and content of some parts, made one after the other; `before` is called with the place of each."""

    def build(place: int, part: Part) -> bytes:
        before(place)
        return part.build(handout)

    return possible(((part.path, partial(build, place, part)) for place, part in enumerate(parts)), handout.language)


def possible(builders: Iterable[tuple[str, Callable[[], bytes]]], language: str) -> Iterator[tuple[str, bytes]]:
    """Path and content of the files, but those for which letters or a library are missing on this machine.

    In place of the first of a kind stands a file that says how to mend it.
    """
    said = set()
    for path, build in builders:
        try:
            yield path, build()
        except (NoFace, NoLibrary) as missing:
            note, why = _note_on(missing, language)
            if note not in said:
                yield note, f"{why}\n".encode("utf-8-sig")
            said.add(note)


def _note_on(missing: NoFace | NoLibrary, language: str) -> tuple[str, str]:
    """The file in the place of what is missing, and its sentence."""
    if isinstance(missing, NoLibrary):
        return NO_LIBRARY[missing.package], lacking_in_words(missing, language)
    return NO_PICTURES, text("pictures.no_face", language)


def zipped(contents: Iterable[tuple[str, bytes]], language: str) -> bytes:
    """Files, by path and content, in one ZIP under names in a language; the same give the same bytes."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as target:
        for path, data in contents:
            entry = zipfile.ZipInfo(path_in(path, language), LONG_AGO)
            entry.compress_type = zipfile.ZIP_STORED if _kind(path) in STORED else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, data)
    return archive.getvalue()


def alone(group: str, handout: Handout) -> bytes:
    """The content of a group by itself: its one file, or a ZIP of its files."""
    parts = _of(group)
    return parts[0].build(handout) if len(parts) == 1 else zipped(files(handout, parts), handout.language)


def needs(group: str) -> tuple[str, ...]:
    """The libraries without which a group cannot be made."""
    return _of(group)[0].needs


def name_alone(group: str, language: str, plan: str = "") -> tuple[str, str]:
    """File name and media type of a group by itself, of a plan that has a name."""
    parts = _of(group)
    content, kind = parts[0].path.split(".") if len(parts) == 1 else (group, "zip")
    return named(content, language, kind, plan), TYPES[kind]


def name_of_package(handout: Handout) -> str:
    """File name of the whole package."""
    return named("package", handout.language, "zip", handout.passport.name, handout.made_on.isoformat())


def _of(group: str) -> list[Part]:
    return [part for part in PARTS if part.group == group]


def _kind(path: str) -> str:
    return path.rpartition(".")[2]


def write(contents: Iterable[tuple[str, bytes]], folder: Path) -> Iterator[tuple[Path, int]]:
    """Write files, by path and content, under a folder; yields path and size of each once it stands.

    The folder is made where it is missing, and a file is there whole or not at all. OSError where the folder cannot be
    written, Refusal where it is a library that somebody else holds.
    """
    for name, data in contents:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data, outlives_power=False)
        yield path, len(data)
