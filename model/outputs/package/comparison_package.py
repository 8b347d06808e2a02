"""The package of a comparison: every file that it is handed out as, alone, in one ZIP, or in a folder."""

from collections.abc import Callable, Iterator
from functools import cache, partial

from model.evidence.method import method
from model.failures.libraries import PICTURES, WORKBOOK, require
from model.outputs.answers.document import written
from model.outputs.brief.papers.comparison_paper import comparison_report
from model.outputs.brief.papers.page import paper_page
from model.outputs.brief.papers.paper import Paper
from model.outputs.brief.papers.word_file import comparison_file
from model.outputs.compare.comparison import LETTERS
from model.outputs.compare.comparison_table import to_csv
from model.outputs.handout import pictures
from model.outputs.handout.comparison_document import comparison_document
from model.outputs.handout.handout import Handout
from model.outputs.package import package
from model.outputs.package.file_name import named
from model.outputs.story.compared import Compared
from model.outputs.story.slide_file import slide_file

Builder = Callable[[], bytes]
NAME_EMS = 24
"""Most ems of a plan's name in a picture."""


def builders(compared: Compared) -> list[tuple[str, Builder]]:
    """Path and builder of every file, in the order in which they are made."""
    day, language = compared.made_on, compared.language
    report = cache(partial(comparison_report, compared))
    return [
        ("report.docx", partial(comparison_file, compared, report)),
        ("slides.pptx", partial(slide_file, compared.story, compared.passport, day, language)),
        ("workbook.xlsx", partial(_workbook, compared)),
        ("brief.html", partial(_brief, compared, report)),
        *_pictures(compared),
        ("comparison.csv", partial(table, compared)),
        ("comparison.json", partial(_document, compared)),
        ("method.md", lambda: method(language).encode("utf-8-sig")),
        ("passport.txt", lambda: package.passport_file(compared.passport, language)),
        *(pair for letter, one in zip(LETTERS, compared.handouts, strict=False) for pair in _of_plan(letter, one)),
    ]


def files(compared: Compared, before: Callable[[float], object] = lambda _: None) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file, made one by one; `before` is called with the share done."""
    parts = builders(compared)

    def build(place: int, builder: Builder) -> bytes:
        before(place / len(parts))
        return builder()

    whole = ((path, partial(build, place, builder)) for place, (path, builder) in enumerate(parts))
    return package.possible(whole, compared.language)


def _document(compared: Compared) -> bytes:
    """What `compare --json` prints."""
    return written(comparison_document(compared.comparison, compared.names, compared.baseline)).encode()


def table(compared: Compared) -> bytes:
    """The comparison as CSV."""
    return to_csv(compared.comparison, compared.names, compared.reference, compared.made_on, compared.language)


def name_of_package(compared: Compared) -> str:
    """File name of the whole package."""
    return named("comparison_package", compared.language, "zip", day=compared.made_on.isoformat())


def pictures_alone(compared: Compared) -> bytes:
    """The pictures, each as PNG and SVG, in one ZIP."""
    return package.zipped(package.possible(_pictures(compared), compared.language), compared.language)


def _pictures(compared: Compared) -> list[tuple[str, Builder]]:
    teller, language = compared.teller, compared.language
    names = [teller.name(place, NAME_EMS) for place in teller.places]
    of = compared.comparison, names, teller.kinds, compared.reference
    charts = pictures.of_comparison(*of, compared.made_on, language)
    drawn = {one.name: cache(partial(pictures.svg, one, language)) for one in charts}
    return [
        *((f"pictures/{name}.png", partial(_png, image, language)) for name, image in drawn.items()),
        *((f"pictures/{name}.svg", partial(_svg, image)) for name, image in drawn.items()),
    ]


def _png(image: Callable[[], str], language: str) -> bytes:
    pictures.face(language)
    return pictures.in_pixels(image())


def _svg(image: Callable[[], str]) -> bytes:
    return image().encode()


def _workbook(compared: Compared) -> bytes:
    require(*WORKBOOK)
    from model.outputs.workbook.comparison_book import comparison_book

    return comparison_book(compared)


def _brief(compared: Compared, report: Callable[[], Paper]) -> bytes:
    require(*PICTURES)
    return paper_page(report(), compared.passport, compared.language)


def _of_plan(letter: str, handout: Handout) -> Iterator[tuple[str, Builder]]:
    """A plan's own file and its workbook that recomputes."""
    for part in package.PARTS:
        if part.group in ("scenario", "workbook"):
            yield f"plans/{letter}/{part.path}", partial(part.build, handout)
