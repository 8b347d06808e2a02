"""The base-year workbook, read back into a form: every wrong cell at once, nothing half."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from model.evidence.base_year_folders import baseline_ids
from model.files.base_years.cell_values import is_doubtful_share, is_unknown
from model.files.base_years.folder_files import FIRST_YEAR, LAST_YEAR, RULES, is_right
from model.files.base_years.form import ABOUT_ROWS, SHARES_OR_PEOPLE, WHOLE, Filled, Form, FormRow, Template, Window
from model.files.base_years.place_reader import read_places, read_records
from model.files.base_years.sheet_reader import SheetReader, by_sheet, every_by_sheet
from model.files.base_years.units import is_own
from model.files.base_years.words import FILE
from model.files.file_name import stem_of
from model.files.problem import shown
from model.files.tables.sheet import Sheet
from model.files.tables.sheets import CellProblem, read_sheets
from model.files.tables.staff_list_words import plain, words

Known = Mapping[str, tuple[str, ...]]
"""The ids of rows by all that may stand for one."""

MOST_PROBLEMS = 100
OF_COUNTIES = ("staff_county", "frontline_share_county", "bodies_county")
"""Rows that are empty, or 0, where no place has counties."""
MOST_SOURCE = 2_000
_PLAIN = ("year", "rules", "id", "base")
MOST_TEXT = {"name_zh": 60, "name_en": 60, "source_zh": 500, "source_en": 500}


@dataclass
class WorkbookReader:
    """A workbook while it is read, with its problems."""

    file: str
    template: Template
    sheets: Mapping[str, Sheet]
    problems: list[CellProblem] = field(default_factory=list)
    has_counties: bool = True

    def form(self) -> Form:
        """The form; good only where no problem was noted."""
        about, prefectures = self._about(), read_places(self._reader("prefectures"), self.template)
        self.has_counties = any(row["county_level_units"] != "0" for row in prefectures)
        rows = {id: filled for name in ("force", "counts", "assumptions") for id, filled in self._rows(name).items()}
        records = read_records(self._reader("records"), prefectures, self.template)
        return Form(about, rows, prefectures, records)

    def _reader(self, name: str) -> SheetReader:
        return SheetReader(self.file, self.sheets[name], self.problems)

    def _about(self) -> dict[str, str]:
        """What the base year says of itself."""
        reader = self._reader("source")
        reader.find_columns(("item", "value"), ("id",))
        abouts = words("about", FILE).items()
        known = _known((id, spelling) for id, word in abouts for spelling in (id, *word.spellings))
        at = {id: row for row in reader.body() if (id := _row_id(reader, row, known))}
        texts = {id: reader.text(at[id], "value", is_plain=id in _PLAIN) if id in at else "" for id in ABOUT_ROWS}
        texts["name_en"] = texts["name_en"] or texts["name_zh"]
        texts["source_en"] = texts["source_en"] or texts["source_zh"]
        texts["id"] = stem_of(texts["id"] or texts["name_en"]) if texts["id"] or texts["name_en"] else ""
        for id in ("name_zh", "source_zh"):
            if not texts[id]:
                reader.problem("about_lacking", at.get(id), "value", about=(id,))
        for id, most in MOST_TEXT.items():
            if len(texts[id]) > most or not texts[id].isprintable():
                reader.problem("text_too_long", at.get(id), "value", most=float(most))
        texts["year"] = texts["year"].removesuffix("年")
        if not (texts["year"].isdigit() and FIRST_YEAR <= int(texts["year"]) <= LAST_YEAR):
            reader.problem("no_year", at.get("year"), "value", low=f"{FIRST_YEAR}", high=f"{LAST_YEAR}")
        if texts["rules"] not in RULES:
            reader.problem("no_rules", at.get("rules"), "value", choices=RULES)
        if texts["id"] and not is_right("id", texts["id"]):
            reader.problem("no_id", at.get("id"), "value")
        return texts

    def _rows(self, name: str) -> dict[str, Filled]:
        """The rows of a sheet by id; a row that the sheet lacks is as the template has it."""
        reader = self._reader(name)
        others = ("id", "from", "to", "years", "unit", "source")
        reader.find_columns(("item", "value"), others, {"value": "", "years": "years"})
        if not reader.columns:
            return {}
        rows = {id: row for id, row in self.template.rows.items() if row.sheet == name}
        labels = ((id, plain(text)) for id, row in rows.items() for text in row.label.values())
        known = _known((*((id, id) for id in rows), *labels))
        filled: dict[str, Filled] = {}
        for at in reader.body():
            id = _row_id(reader, at, known)
            if id is None:
                if not is_unknown(reader.value(at, "value")):
                    reader.problem("unknown_row", at, "item")
            elif id in filled:
                reader.problem("row_twice", at, "item", first=filled[id].place[1])
            else:
                filled[id] = self._filled(reader, at, rows[id])
        return filled

    def _filled(self, reader: SheetReader, at: int, row: FormRow) -> Filled:
        """What stands in a row; a wrong cell is noted, and empty."""
        amount = reader.amount(at, "value", row.unit)
        if amount and row.id in SHARES_OR_PEOPLE and is_doubtful_share(reader.value(at, "value"), amount):
            reader.problem("cell_share_or_people", at, "value")
        if amount and not is_own(reader.value(at, "unit"), row.unit):
            reader.problem("cell_other_unit", at, "unit", units=(row.unit,))
        if not self.has_counties and row.id in OF_COUNTIES and amount and not any(amount):
            amount = None  # Nobody sits where nothing is.
        if amount and not row.least <= amount[0] <= amount[2] <= row.most:
            reader.problem("cell_out_of_bounds", at, "value", low=row.least, high=row.most)
        if amount and amount[0] != amount[2] and not row.may_be_range:
            reader.problem("cell_no_range", at, "value")
        elif amount and row.kind == "report" and row.unit in WHOLE:
            reader.check_whole(at, "value", amount)
        years = reader.amount(at, "years", "years") if row.window else None
        if years and (years[0] != years[2] or not 0 < years[0] <= 100):
            reader.problem("cell_no_years", at, "years")
        first, last = reader.days(at)
        window = Window(first, last, years[1] if years else None) if row.window else Window()
        source = reader.text(at, "source")
        if len(source) > MOST_SOURCE:
            reader.problem("text_too_long", at, "source", most=float(MOST_SOURCE))
        return Filled(amount, window, source, reader.place(at, "value"))


def _row_id(reader: SheetReader, at: int, known: Known) -> str | None:
    """The id of a row, by its id or else by its label; a problem where the two are of different rows."""
    by_id, by_label = (known.get(plain(reader.value(at, column)), ()) for column in ("id", "item"))
    if by_id and by_label and not {*by_id} & {*by_label}:
        reader.problem("row_id_differs", at, "item", id=by_id[0])
    return next(iter((*by_id, *by_label)), None)


def _known(spellings: Iterable[tuple[str, str]]) -> Known:
    """Ids by spelling, from pairs of id and spelling."""
    found: dict[str, tuple[str, ...]] = {}
    for id, spelling in spellings:
        found[spelling] = (*found.get(spelling, ()), id)
    return found


def template_named(data: bytes, file: str) -> tuple[str, list[CellProblem]]:
    """The id of the base year that a workbook was filled in from, or none and why it cannot be read."""
    sheets, problems = read_sheets(data, file)
    if problems:
        return "", problems
    named = by_sheet(sheets)
    if "source" not in named:
        is_hidden = "source" in by_sheet(Sheet(name, ()) for name in sheets[0].hidden_sheets)
        hidden = CellProblem("sheet_hidden", file, right={"sheets": ("source",)})
        return "", [hidden if is_hidden else CellProblem("no_form", file)]
    reader = SheetReader(file, named["source"], [])
    reader.find_columns(("item", "value"), ("id",))
    known = _known(("base", spelling) for spelling in ("base", *words("about", FILE)["base"].spellings))
    rows = [row for row in reader.body() if _row_id(reader, row, known)] if reader.columns else []
    base = reader.text(rows[0], "value") if rows else ""
    if base in baseline_ids():
        return base, []
    place = reader.place(rows[0], "value") if rows else ("", "")
    choices = tuple(baseline_ids())
    return "", [CellProblem("template_lacking", file, *place, given=shown(base), right={"choices": choices})]


def read_form(data: bytes, file: str, template: Template) -> tuple[Form | None, list[CellProblem]]:
    """The form in the bytes of a workbook, or None and all problems, each with sheet and cell."""
    sheets, problems = read_sheets(data, file)
    if problems:
        return None, problems
    named = by_sheet(sheets)
    lacking = [name for name in words("sheet", FILE) if name not in named]
    if lacking:
        there = by_sheet(Sheet(name, ()) for name in sheets[0].hidden_sheets)
        codes = {name: "sheet_hidden" if name in there else "sheet_lacking" for name in lacking}
        return None, [CellProblem(code, file, right={"sheets": (name,)}) for name, code in codes.items()]
    if rivals := [ones for ones in every_by_sheet(sheets).values() if len(ones) > 1]:
        return None, [
            CellProblem("sheet_twice", file, given=shown("、".join(one.name for one in ones)), right={"sheets": (id,)})
            for ones in rivals
            for id in by_sheet(ones)
        ]
    reader = WorkbookReader(file, template, named)
    form = reader.form()
    if len(reader.problems) > MOST_PROBLEMS:
        more = CellProblem("more_problems", file, right={"most": float(MOST_PROBLEMS)})
        return None, [*reader.problems[:MOST_PROBLEMS], more]
    hidden = [CellProblem("hidden_cells", file, sheet.name, sheet.hidden) for sheet in named.values() if sheet.hidden]
    problems = [*reader.problems, *hidden]
    return (None, problems) if problems else (form, [])
