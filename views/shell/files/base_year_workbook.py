"""The workbook of a base year, for all who fill it in."""

from collections.abc import Mapping

from model.files.base_years.store import BaseYears
from model.files.library import Refused


def workbook(
    id: str, language: str, *, name: Mapping[str, str] | None = None, is_edit: bool = False, is_blank: bool = False
) -> bytes | Refused:
    """The workbook of a base year as bytes, or why its files cannot be read."""
    # Spreadsheets take time to import, which a page need not wait for.
    from model.outputs.workbook.base_year_form import base_year_workbook

    files = BaseYears().files(id)
    if isinstance(files, Refused):
        return files
    return base_year_workbook(files, language, name=name, is_edit=is_edit, is_blank=is_blank)
