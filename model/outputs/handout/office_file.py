"""Office files without the moment of their making: the same content on the same day gives the same bytes."""

import io
import re
import zipfile
from datetime import date

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time that every part of a file carries."""
ABOUT = "docProps/core.xml"
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def settled(file: bytes, day: date) -> bytes:
    """The file, and every workbook in it, made at the beginning of a day."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            data = source.read(part)
            if part.filename.endswith(".xlsx"):
                data = settled(data, day)
            elif part.filename == ABOUT:
                data = _MOMENT.sub(rb"\g<1>" + f"{day.isoformat()}T00:00:00Z".encode(), data)
            entry = zipfile.ZipInfo(part.filename, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, data)
    return made.getvalue()
