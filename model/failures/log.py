"""The log of what went wrong inside: each traceback under a reference, which is what a reader is told.

It is `failures.log` in the folder that FRONTLINE_LOG names, else where the system keeps a user's logs.
"""

import logging
import os
import sys
import threading
from contextlib import closing
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from secrets import token_hex

from platformdirs import user_log_path

SETTING = "FRONTLINE_LOG"
MOST_BYTES, KEPT = 1_000_000, 3
"""The log begins anew beyond so many bytes; so many older ones are kept beside it."""
_FORMAT = logging.Formatter("%(asctime)s %(message)s")
_ONE_AT_A_TIME = threading.Lock()


def note(failure: BaseException) -> str:
    """Write a traceback to the log; the reference under which it stands there.

    The log is opened anew each time, since its folder may have gone meanwhile. Where it cannot be written, the
    traceback goes to standard error.
    """
    reference = f"{datetime.now():%m%d-%H%M}-{token_hex(2)}"
    trace = type(failure), failure, failure.__traceback__
    record = logging.LogRecord("frontline", logging.ERROR, "", 0, reference, None, trace)
    with _ONE_AT_A_TIME:
        try:
            _append(record)
        except OSError:
            print(_FORMAT.format(record), file=sys.stderr)
    return reference


def place() -> Path:
    """The file of the log."""
    given = os.environ.get(SETTING)
    return (Path(given) if given else user_log_path("frontline", appauthor=False)) / "failures.log"


def _append(record: logging.LogRecord) -> None:
    """Write to the log, or raise what keeps it from being written, which a handler would not."""
    place().parent.mkdir(parents=True, exist_ok=True)
    with closing(RotatingFileHandler(place(), maxBytes=MOST_BYTES, backupCount=KEPT, encoding="utf-8")) as log:
        if log.shouldRollover(record):
            log.doRollover()
    with place().open("a", encoding="utf-8") as file:
        file.write(f"{_FORMAT.format(record)}\n")
