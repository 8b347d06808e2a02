"""Office files saved to bytes, on a machine whose clock shows a day that no ZIP can say too."""

import io
import zipfile
from collections.abc import Callable
from functools import wraps
from typing import BinaryIO

FIRST, LAST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)
"""The days that a ZIP can say; a machine that lost its battery begins in 1970."""
Moment = tuple[int, int, int, int, int, int]
"""Year, month, day, hour, minute and second."""


def saved(save: Callable[[BinaryIO], object]) -> bytes:
    """The bytes that the `save` of a document writes."""
    _keep_days_within_bounds()
    file = io.BytesIO()
    save(file)
    return file.getvalue()


def _keep_days_within_bounds() -> None:
    """Let a part of a ZIP from a day out of bounds be of the nearest one; its writers say today."""
    begin, day = zipfile.ZipInfo.__init__, vars(zipfile.ZipInfo)["date_time"]
    if hasattr(begin, "__wrapped__"):
        return

    @wraps(begin)
    def begin_within(entry: zipfile.ZipInfo, filename: str = "NoName", date_time: Moment = FIRST) -> None:
        begin(entry, filename, _within(date_time))

    def set_within(entry: zipfile.ZipInfo, moment: Moment) -> None:
        day.__set__(entry, _within(moment))

    zipfile.ZipInfo.__init__ = begin_within  # type: ignore[method-assign, assignment]
    # From Python 3.14 on a part has its day set once it is begun.
    zipfile.ZipInfo.date_time = property(day.__get__, set_within)  # type: ignore[misc, assignment]


def _within(moment: Moment) -> Moment:
    return min(max(moment, FIRST), LAST)
