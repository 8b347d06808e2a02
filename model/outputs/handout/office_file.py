"""Office files whose bytes depend on content and day alone, not on the moment they are made."""

import io
import re
import zipfile
from datetime import date

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""Time that every part of a file carries."""
ABOUT = "docProps/core.xml"
"""The part with the times of making and of the last change."""
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def reproducible(file: bytes, day: date) -> bytes:
    """The same file as if it, and every workbook in it, had been made at the beginning of a day."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            data = source.read(part)
            if part.filename.endswith(".xlsx"):
                data = reproducible(data, day)
            elif part.filename == ABOUT:
                data = _MOMENT.sub(rb"\g<1>" + f"{day.isoformat()}T00:00:00Z".encode(), data)
            entry = zipfile.ZipInfo(part.filename, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, data)
    return result.getvalue()
