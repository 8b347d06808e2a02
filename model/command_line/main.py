"""The command line, `frontline` or `python -m model`: read, run, ended with the code for a script.

Exit codes: 0; 1 where something goes wrong inside; 2 for something wrong with a file or with the command line; 3 for
too few plausible draws; 4 where there is no plan; 130 where it was stopped; 141 where the reader of a pipe has gone.
"""

import ctypes
import os
import sys
from collections.abc import Mapping, Sequence

from model.command_line.arguments import FAILED, WRONG
from model.command_line.commands import parser_of
from model.command_line.terminal import complain, set_stream, stoppable
from model.failures import log
from model.failures.libraries import NoLibrary
from model.outputs.phrasing.problems import lacking_in_words, out_of_time_in_words
from model.outputs.words import LANGUAGES, text
from model.projection.progress import OutOfTime

STOPPED = 130
"""The exit code of a shell for a program stopped by Ctrl-C."""
NO_READER = 141
"""The exit code of a shell for a program that writes to a pipe which nobody reads any more (`| head`)."""
PRIMARY_LANGUAGE, CHINESE = 0x3FF, 0x04
"""Bits of a Windows language identifier that tell the language from its country, and Chinese among them."""
OLD_NAMES = {"allocate": "best-plan", "goal": "targets", "ask": "ask-first", "not_done": "not-done"}
"""The commands of version 1.1.0 that have another name now."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    language = language_of(arguments, os.environ)
    # A terminal in another encoding shows a question mark for what it cannot, and does not stop.
    for stream in (sys.stdout, sys.stderr):
        set_stream(stream, errors="replace")
    try:
        with stoppable():
            return _run(arguments, language)
    except KeyboardInterrupt:
        complain(text("command_line.stopped", language))
        return STOPPED
    except BrokenPipeError:
        # What is left must not fail once more when Python closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NO_READER
    except OutOfTime:
        complain(out_of_time_in_words(language))
        return FAILED
    except NoLibrary as lacking:
        complain(lacking_in_words(lacking, language))
        return FAILED
    except Exception as failure:
        complain(text("failure.terminal", language, reference=log.note(failure), file=log.place()))
        return FAILED


def _run(arguments: Sequence[str], language: str) -> int:
    """Read the arguments and run their command, whatever it raises; its exit code."""
    parser = parser_of(language)
    try:
        chosen = parser.parse_args(with_new_name(arguments, language))
        if chosen.command is None:
            parser.print_help()
        code: int = WRONG if chosen.command is None else chosen.run(chosen, language)
    except SystemExit:
        # Help and version, which argparse prints and ends with: whether they were read is known here, not at the end.
        sys.stdout.flush()
        raise
    sys.stdout.flush()
    return code


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """What --language says, else Chinese for a Chinese locale or a Chinese Windows, else English.

    >>> language_of(["levers", "--language=zh"], {}), language_of([], {"LANG": "zh_CN.UTF-8"})
    ('zh', 'zh')
    """
    for given, after in zip(arguments, [*arguments, ""][1:], strict=True):
        name, _, value = given.partition("=")
        if name == "--language" and (value or after) in LANGUAGES:
            return value or after
    named = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "zh" if named.lower().startswith("zh") or (not named and _is_chinese_windows()) else "en"


def _is_chinese_windows() -> bool:
    """Whether Windows, which sets no LANG, shows its own words in Chinese."""
    if sys.platform != "win32":
        return False
    return ctypes.windll.kernel32.GetUserDefaultUILanguage() & PRIMARY_LANGUAGE == CHINESE


def with_new_name(arguments: Sequence[str], language: str) -> list[str]:
    """The arguments with a command's new name in the place of an old one.

    The new name is said on standard error.

    >>> with_new_name(["--language", "en", "levers"], "en")
    ['--language', 'en', 'levers']
    """
    after_language = [k + 1 for k, given in enumerate(arguments) if given == "--language"]
    places = (k for k, given in enumerate(arguments) if not given.startswith("-") and k not in after_language)
    place = next(places, len(arguments))
    old = arguments[place] if place < len(arguments) else ""
    new = OLD_NAMES.get(old)
    if new is None:
        return list(arguments)
    complain(text("command_line.renamed", language, old=old, new=new))
    return [*arguments[:place], new, *arguments[place + 1 :]]


def print_apart() -> None:
    """Let what is printed here be all that a file or pipe receives.

    HiGHS prints a stray line of its own at times (ERGO-Code/HiGHS, issue 2783), past every option and past Python; it
    goes where errors go.
    """
    if not sys.stdout.isatty():
        own = os.dup(sys.stdout.fileno())
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        sys.stdout = os.fdopen(own, "w", encoding=sys.stdout.encoding, errors=sys.stdout.errors)


def run() -> None:
    """The installed command `frontline`."""
    print_apart()
    sys.exit(main())
