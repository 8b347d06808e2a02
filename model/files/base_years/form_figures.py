"""The figures of a filled form as rows of tables: the template's, the base year's own, or none."""

from collections.abc import Mapping

from model.evidence.baseline import TIERS
from model.files.base_years.cell_values import Amount, years_between
from model.files.base_years.folder_files import inherited
from model.files.base_years.form import CASE_KINDS, Filled, Form, Template, Window, fixed_rows
from model.files.base_years.places import number_text
from model.files.base_years.words import phrase
from model.files.tables.sheets import CellProblem

Row = dict[str, str]

SHEETS_OF_FACTS = ("force", "counts")
"""The sheets whose numbers are those of the document that the base year names as its source."""
HELPERS = tuple(f"helpers_{tier}" for tier in TIERS)
YEARS_APART = 0.02
"""Years by which a stated window and its days may differ before one of them is wrong."""


class FormFigures:
    """The rows of report and assumptions while they are made, with what does not fit together.

    `given` are the assumptions that the base year has for itself; `reason` is that of all numbers beside which none is
    written.
    """

    def __init__(self, template: Template, form: Form, file: str, reason: str = ""):
        self.template, self.form, self.file, self.reason = template, form, file, reason
        self.problems: list[CellProblem] = []
        about = template.about
        self.is_edit = form.about["id"] == about["id"]
        self.name = about["name"]
        self.source = {language: form.about[f"source_{language}"] for language in ("zh", "en")}
        ids = {row["id"] for row in template.prefectures}
        self.is_same_place = any(row["id"] in ids for row in form.prefectures)
        self.labels = {row.id: row.label for row in fixed_rows()}
        self.report: dict[str, Row] = {}
        self.assumed: dict[str, Row] = {}
        self.given: set[str] = set()
        self.cases_years: float | None = None

    def changed(self, id: str) -> bool:
        """Whether a row says something else than the template; a row that a form leaves out does not."""
        if id not in self.form.rows:
            return False
        row, filled = self.template.rows[id], self.form.rows[id]
        return filled.amount != self.template.amount(row) or filled.window != self.template.window(row)

    def known(self, id: str) -> float | None:
        """The figure of the report, or the assumption where it is one number; None for any other."""
        row = self.assumed.get(id)
        return self.about(id) if id in self.report or (row and row["low"] == row["high"]) else None

    def about(self, id: str) -> float | None:
        """As `known`, but the mid of a range."""
        if id in self.report:
            return float(self.report[id]["value"])
        return float(self.assumed[id]["mid"]) if id in self.assumed else None

    def problem(self, code: str, id: str, **right: float | str | tuple[str, ...]) -> None:
        """Note a problem of a row of the form."""
        sheet, cell = self.form.rows[id].place if id in self.form.rows else ("", "")
        self.problems.append(CellProblem(code, self.file, sheet, cell, right=right))

    def read_report(self) -> None:
        """The report's rows: the template's where they stay, own ones, none where the figure is not known."""
        order = [*self.template.report, *(id for id in self.template.rows if id not in self.template.report)]
        for id in order:
            row = self.template.report.get(id)
            if id not in self.template.rows or self.template.rows[id].kind != "report":
                continue
            filled = self.form.rows.get(id, Filled(None))
            if row and self._is_kept(id, row, filled):
                self.report[id] = self.kept_figure(row)
            elif filled.known is not None:
                self.report[id] = self._own_figure(id, filled)
            elif filled.amount:
                self.assumed[id] = self._known_about(id, filled)

    def _is_kept(self, id: str, row: Row, filled: Filled) -> bool:
        """Whether a figure stays as the template has it, number and sentence."""
        if self.changed(id) or not (filled.amount or not _is_number(row["value"])):
            return False
        return filled.known is None or not self._has_own_basis(id, filled)

    def _known_about(self, id: str, filled: Filled) -> Row:
        """A figure of the report as a range: the template's where the form has the same."""
        row = self.template.assumptions.get(id)
        if row and not self.changed(id) and not self._has_own_basis(id, filled):
            return self._kept(row)
        return self.own(id, row or self.new_row(id), filled.amount or (0.0, 0.0, 0.0), filled)

    def kept_figure(self, row: Row) -> Row:
        """A figure of the template; it keeps the template's source where the base year has another."""
        theirs = self.template.about["source"]
        if self.is_edit or self.source == theirs or row.get("source_zh"):
            return row
        begins = phrase("inherited", {"name": self.name})
        return {**row, **{f"source_{language}": begins[language] + theirs[language] for language in ("zh", "en")}}

    def _own_figure(self, id: str, filled: Filled) -> Row:
        row, value = self.template.rows[id], number_text(filled.amount[1] if filled.amount else 0.0)
        label = self.template.report[id] if id in self.template.report and self.is_same_place else None
        labels = {"zh": label["label_zh"], "en": label["label_en"]} if label else row.label
        return {
            **{"id": id, "label_zh": labels["zh"], "label_en": labels["en"], "value": value, "unit": row.unit},
            "window": self._window_text(id, filled) or (self.form.about["year"] if row.sheet == "force" else ""),
            "quote": filled.source if self._has_own_basis(id, filled) else "",
            **({} if self._is_sourced(id, filled) else self._texts("source", self._unsourced())),
        }

    def _window_text(self, id: str, filled: Filled) -> str:
        """The days of a count as a file holds them; special kinds without days have those of all cases."""
        window = filled.window
        if id in CASE_KINDS and window == Window() and "cases_total" in self.form.rows:
            window = self.form.rows["cases_total"].window
        return "/".join(day.isoformat() for day in (window.first, window.last) if day)

    def read_assumptions(self) -> None:
        """The assumptions: the template's, marked as inherited, own ones, and those of figures not known."""
        for id, row in self.template.assumptions.items():
            filled = self.form.rows.get(id)
            if id in self.template.of_pools or (id in self.template.rows and self.template.rows[id].kind == "report"):
                continue
            if filled and filled.amount and (self.changed(id) or self._has_own_basis(id, filled)):
                self.assumed[id] = self.own(id, row, self._a_year(id, filled), filled)
                self.given.add(id)
            else:
                self.assumed[id] = self._kept(row)
                if row["low"] == row["high"] and row["role"] == "drawn" and filled and filled.amount:
                    self.given.add(id)
        for id in HELPERS:
            filled = self.form.rows.get(id)
            if filled and filled.amount and filled.amount[2] > 0:
                self.assumed[id] = self.assumed.get(id) or self.own(id, self.new_row(id), filled.amount, filled)
            else:
                self.assumed.pop(id, None)

    def _has_own_basis(self, id: str, filled: Filled) -> bool:
        row = self.template.rows[id]
        before = (
            said
            for language in ("zh", "en")
            for said in (self.template.source(row, language), self.template.source_elsewhere(id, language))
        )
        of_template = {" ".join(said.split()) for said in before}
        return bool(filled.source) and " ".join(filled.source.split()) not in of_template

    def _kept(self, row: Row) -> Row:
        """A row of the template, marked as inherited where the base year is a new one."""
        if self.is_same_place:
            return dict(row) if self.is_edit else inherited(row, self.name)
        elsewhere = {one: self.template.source_elsewhere(row["id"], one) for one in self.source}
        row = row if self.is_edit else inherited(row | self._texts("basis", elsewhere), self.name)
        return row | self._labels(row["id"])

    def _labels(self, id: str) -> Row:
        """The label of a row, for places other than the template's, whose own may count its prefectures."""
        return {f"label_{language}": text for language, text in self.labels.get(id, {}).items()}

    def own(self, id: str, row: Row, amount: Amount, filled: Filled | None = None) -> Row:
        """A row with a number or range of the base year's own, and its reason."""
        is_one, is_sourced = amount[0] == amount[2], self._is_sourced(id, filled)
        basis = phrase("own", {"source": self.source}) if is_sourced and is_one else self._unsourced()
        if filled and self._has_own_basis(id, filled):
            basis = dict.fromkeys(basis, filled.source)
        return self.ranged(row, amount, basis, "reported" if is_one and is_sourced else "assumed") | (
            {} if row["label_zh"] and self.is_same_place else self._labels(id)
        )

    def _is_sourced(self, id: str, filled: Filled | None) -> bool:
        """Whether a number has a source: the one beside it, or that of the base year.

        A fact of a new base year with nothing beside it is of the source that the base year names. A sentence that
        stood beside another number before is no source of this one, and nothing is that of a guess.
        """
        if filled is None or self._has_own_basis(id, filled):
            return True
        return not self.is_edit and not filled.source and self.template.rows[id].sheet in SHEETS_OF_FACTS

    def _unsourced(self) -> dict[str, str]:
        """The reason of a number beside which none is written."""
        return {language: self.reason or said for language, said in phrase("unstated", {}).items()}

    @staticmethod
    def _texts(column: str, texts: Mapping[str, str]) -> Row:
        return {f"{column}_{language}": said for language, said in texts.items()}

    def ranged(self, row: Row, amount: Amount, basis: Mapping[str, str], mark: str) -> Row:
        """A row with a range and its reason."""
        low, mid, high = map(number_text, amount)
        reasons = self._texts("basis", basis)
        return {**row, "low": low, "mid": mid, "high": high, **reasons, "mark": mark, "inherited": ""}

    def _a_year(self, id: str, filled: Filled) -> Amount:
        """An amount, of a count with a window as one a year."""
        low, mid, high = filled.amount or (0.0, 0.0, 0.0)
        years = self.years(id, filled) if self.template.rows[id].window == "rate" else None
        return (low / years, mid / years, high / years) if years else (low, mid, high)

    def years(self, id: str, filled: Filled) -> float | None:
        """The years of a window, None where it gives none; a problem where its days say something else."""
        window = filled.window
        between = None
        if window.first and window.last:
            between = years_between(window.first, window.last)
            if between <= 0:
                self.problem("window_backwards", id)
                return None
        if window.years and between and abs(window.years - between) > YEARS_APART:
            self.problem("window_disagrees", id, years=f"{window.years:.15g}", between=f"{between:.3f}")
        return window.years or between

    def is_blank(self, id: str) -> bool:
        """Whether a figure that the template has was emptied."""
        return id in self.form.rows and self.form.rows[id].amount is None and id not in self.given

    def scale(self, id: str, factor: float, reason: str) -> None:
        """The template's range, scaled."""
        row = self.template.assumptions[id]
        low, mid, high = (float(f"{float(row[end]) * factor:.4g}") for end in ("low", "mid", "high"))
        scaled = self.ranged(self.assumed[id], (low, mid, high), phrase(reason, {"name": self.name}), "assumed")
        self.assumed[id] = scaled | {"inherited": "yes"}

    def new_row(self, id: str) -> Row:
        """An assumption that the template does not have, without its numbers."""
        row = next(row for row in fixed_rows() if row.id == id)
        return {"id": id, **self._labels(id), "unit": row.unit, "role": "drawn", "known_from": "records"}


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
