"""The cell formats of the inspection workbook, each made once."""

import xlsxwriter
from xlsxwriter.format import Format

from model.outputs.charts.palette import INK, PANEL, QUIET_INK
from model.outputs.inspections.inspection_tables import Column

LINE_HEIGHT = 16
"""Points of a line of text."""


class Looks:
    """The cell formats of the workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook, font: str, size: int = 10):
        self._book = book
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self._common = {"font_name": font, "font_size": size, "valign": "vcenter", "font_color": INK["light"]}

    def __call__(self, **properties: object) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(self._common | properties)
        return self._formats[key]

    def cell(self, column: Column, total: bool) -> Format:
        look: dict[str, object] = {"border": 1, "border_color": QUIET_INK["light"]}
        if column.decimals is not None:
            look["num_format"] = "#,##0" + ("." + "0" * column.decimals if column.decimals else "")
        return self(**look, **({"bold": True, "bg_color": PANEL["light"]} if total or column.sums else {}))
