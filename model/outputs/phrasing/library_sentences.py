"""Problems and conflicts of the library in words."""

from datetime import datetime
from pathlib import Path

from model.files.disk import reason
from model.files.library import Conflict
from model.files.problem import Problem
from model.outputs.phrasing import problems
from model.outputs.words import keys, text


def sentence(problem: Problem, language: str) -> str:
    """A problem of the folder, or of a file in it, in one line.

    >>> sentence(Problem("not_a_plain_file", "plan.toml"), "en")
    'plan.toml: is a link or a folder, which is not opened. Put the file itself in its place.'
    """
    key = f"library.{problem.code}"
    if key not in keys():
        return problems.sentence(problem, language)
    where = problem.file + text("problems.where_end", language) if problem.file else ""
    return where + text(key, language, given=problem.given)


def unwritten(error: OSError, folder: Path, language: str) -> str:
    """Why the system does not let a file be written into a folder, in a few words.

    >>> unwritten(OSError(28, "No space left on device"), Path("plans"), "en")
    'the disk is full; nothing was written'
    """
    problem = reason(error, folder)
    return text(f"command_line.{problem.code}", language, given=problem.given)


def conflict(save: Conflict, language: str) -> str:
    """Why a save asks before it overwrites, with the time of the other save in the server's zone."""
    if save.modified is None:
        return text("library.gone", language, stem=save.stem)
    return text("library.changed", language, stem=save.stem, time=moment(save.modified))


def moment(time: datetime) -> str:
    """A time to the minute, in the server's zone."""
    return time.astimezone().strftime("%Y-%m-%d %H:%M")
