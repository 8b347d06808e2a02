"""The papers as files, where the library that writes them can be had."""

from model.failures.libraries import PICTURES, WORD, require
from model.outputs.brief.word.comparison_paper import Compared, comparison_report
from model.outputs.brief.word.plan_papers import report, request
from model.outputs.handout.handout import Handout


def report_file(handout: Handout) -> bytes:
    """The report of a plan; NoLibrary where it cannot be made."""
    require(*WORD, *PICTURES)
    from model.outputs.brief.word.writer import written

    return written(report(handout), handout.language)


def request_file(handout: Handout) -> bytes:
    """The request of one page that goes with the report; NoLibrary where it cannot be made."""
    require(*WORD)
    from model.outputs.brief.word.writer import written

    return written(request(handout), handout.language)


def comparison_file(compared: Compared) -> bytes:
    """The report of a comparison; NoLibrary where it cannot be made."""
    require(*WORD, *PICTURES)
    from model.outputs.brief.word.writer import written

    return written(comparison_report(compared), compared.language)
