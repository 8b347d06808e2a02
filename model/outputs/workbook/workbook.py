"""The workbook: a plan's representative case as live formulas, from people to measures."""

from datetime import date, datetime, time
from io import BytesIO

from xlsxwriter.workbook import Workbook

from model.evidence.baseline import Baseline
from model.outputs.handout.origin import NOWHERE, Origin
from model.outputs.handout.passport import Passport, passport
from model.outputs.workbook.chain.own_steps import has_steps, own_blocks, own_columns
from model.outputs.workbook.chain.steps import Kind, blocks_of
from model.outputs.workbook.chain.tables import Book, Chain, SingleFormulas, Walk
from model.outputs.workbook.chain.walks import MONTHS, NEWTON_STEPS, SOLVE, WALK
from model.outputs.workbook.sheets import (
    assumption_sheet,
    chain_sheet,
    check_sheet,
    evidence_sheet,
    headline_strip,
    lever_sheet,
    method_sheet,
    place_sheet,
    readme_sheet,
    result_sheet,
)
from model.outputs.workbook.sheets.inputs import Inputs, inputs_of
from model.outputs.workbook.sheets.labels import labels_of
from model.outputs.workbook.sheets.page import Look, Page, sheet_name
from model.outputs.workbook.sheets.result_sheet import Results
from model.projection.results import Projection

CHAINS: dict[Kind, str] = {"base": "chain_base", "plan": "chain"}
"""The sheet of every chain, that of the base year first, since the plan stands on it."""

WALKS = (("solved", "solve", "9", ""), ("walked", "months", "11", "=$A{}>horizon_months"))
"""Tables of lines: the sheet, the section of the method, and the condition of lines that are greyed."""

SHEETS = (
    "readme",
    "levers",
    "results",
    "assumptions",
    "places",
    "evidence",
    "chain",
    "chain_base",
    "solve",
    "months",
    "checks",
    "method",
    "passport",
)


def workbook(
    projection: Projection, baseline: Baseline, made_on: date, language: str, origin: Origin = NOWHERE
) -> bytes:
    """The workbook of a projection as an XLSX file.

    `baseline` has the scenario's staff list, if any.
    Its formulas recompute the representative case from the yellow cells, as `model.projection.representative_case`
    does; the projection's medians and bands stand beside as they are. Every formula carries its value. Of a base year
    that the formulas do not follow (`has_steps`) it says so instead.
    """
    made = passport(projection, baseline, made_on, language, origin)
    is_followed, file = has_steps(baseline), BytesIO()
    with Workbook(file, {"in_memory": True}) as written:
        written.set_properties({"created": datetime.combine(made_on, time())})
        look = Look(written, language)
        pages = {id: Page(look, id) for id in (SHEETS if is_followed else ("readme", "passport"))}
        for page in pages.values():
            page.begin(made.title)
        if is_followed:
            inputs = inputs_of(projection, baseline)
            _write(pages, inputs, tables_of(inputs, language))
        else:
            readme_sheet.write_reason(pages["readme"])
        write_passport(pages["passport"], made)
    return file.getvalue()


def tables_of(inputs: Inputs, language: str) -> Book:
    """The tables of formulas of base year and plan, with the values of all steps."""
    book = Book(inputs.names, place_sheet.fields(inputs, sheet_name("places", language)))
    solve, months = sheet_name("solve", language), sheet_name("months", language)
    for kind, sheet in CHAINS.items():
        blocks = own_blocks(blocks_of(kind, inputs.baseline.seats is not None), inputs.baseline, kind)
        Chain(book, kind, sheet_name(sheet, language), chain_sheet.HEAD + 1, blocks)
        for name, on, columns, lines in (("solved", solve, SOLVE, NEWTON_STEPS), ("walked", months, WALK, MONTHS)):
            first = chain_sheet.first_line(kind, lines)
            Walk(book, kind, on, first, name, own_columns(columns, inputs.baseline), lines)
    for chain in book.chains.values():
        # From the top down, so that no value waits for a long row of others.
        for id in chain.steps:
            chain.value(id)
    return book


def _write(pages: dict[str, Page], inputs: Inputs, book: Book) -> None:
    baseline = inputs.baseline
    formulas = {id: SingleFormulas(book, "plan", pages[id].name, 1) for id in ("results", "assumptions", "checks")}
    results = Results(formulas["results"])
    failed = check_sheet.verdict_of(inputs, formulas["checks"]).failed
    label = labels_of(baseline, pages["chain"].language)
    readme_sheet.write(pages["readme"], inputs, results, list(SHEETS[1:]), failed)
    lever_sheet.write(pages["levers"], inputs)
    headline_strip.write(pages["levers"], inputs.projection.scenario, results, pages["results"].name, failed)
    result_sheet.write(pages["results"], inputs, results, failed)
    assumption_sheet.write(pages["assumptions"], inputs, formulas["assumptions"])
    place_sheet.write(pages["places"], inputs)
    evidence_sheet.write(pages["evidence"], inputs)
    method = method_sheet.write(pages["method"])
    for kind, sheet in CHAINS.items():
        chain_sheet.write_chain(pages[sheet], book.chains[kind], baseline, label, method)
    for name, sheet, section, beyond in WALKS:
        walks = [book.walks[name, kind] for kind in chain_sheet.KINDS]
        chain_sheet.write_walks(pages[sheet], walks, baseline, section, method, beyond)
    check_sheet.write(pages["checks"], inputs, formulas["checks"])


def write_passport(page: Page, passport: Passport) -> None:
    """Write how a file was made."""
    page.text(0, 0, page.name, "title")
    for row, (label, value) in enumerate(passport.rows, 2):
        page.text(row, 0, label, "strong wrap")
        page.text(row, 1, value, "wrap")
        page.make_room(row, (value, 84))
    page.sheet.set_column(0, 0, 26)
    page.sheet.set_column(1, 1, 90)
    page.print_wide()
