"""The papers as files, where the library that writes them can be had."""

from collections.abc import Callable

from model.failures.libraries import PICTURES, WORD, require
from model.outputs.brief.papers.comparison_paper import comparison_report
from model.outputs.brief.papers.paper import Paper
from model.outputs.brief.papers.plan_papers import report, request
from model.outputs.brief.papers.quality_paper import quality_sheet
from model.outputs.handout.handout import Handout
from model.outputs.story.compared import Compared


def report_file(handout: Handout) -> bytes:
    """The report of a plan; NoLibrary where it cannot be made."""
    return _file(lambda: report(handout), handout.language, *WORD, *PICTURES)


def request_file(handout: Handout) -> bytes:
    """The request of one page that goes with the report; NoLibrary where it cannot be made."""
    return _file(lambda: request(handout), handout.language, *WORD)


def quality_file(handout: Handout) -> bytes:
    """The quality sheet of a plan; NoLibrary where it cannot be made."""
    return _file(lambda: quality_sheet(handout), handout.language, *WORD)


def comparison_file(compared: Compared, report: Callable[[], Paper] | None = None) -> bytes:
    """The report of a comparison, as `report` gives it if given; NoLibrary where it cannot be made."""
    return _file(report or (lambda: comparison_report(compared)), compared.language, *WORD, *PICTURES)


def _file(made: Callable[[], Paper], language: str, *needs: str) -> bytes:
    require(*needs)
    from model.outputs.brief.papers.writer import written

    return written(made(), language)
