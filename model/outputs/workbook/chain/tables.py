"""Where every step stands in the workbook, what its cells say and what they are worth.

Every table has its pools in the same columns, FIRST_POOL and to the right, so that a formula reads down one column;
what holds for the whole force stands in one cell outside them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from xlsxwriter.utility import xl_col_to_name

from model.outputs.workbook.chain.formula import Place, Value, in_cell, value
from model.outputs.workbook.chain.steps import Block, Kind, Step
from model.outputs.workbook.chain.walks import Column

WHOLE, FIRST_POOL = 4, 5

# Stand for a pool's column, a line and the line before until a formula is copied there.
_HERE, _LINE, _BEFORE = "\0", "\1", "\2"


@dataclass(frozen=True)
class Field:
    """A column of the sheet of places: its cell for every pool, sheet and all, and the values there."""

    cells: Sequence[str]
    values: np.ndarray


@dataclass(frozen=True, eq=False)
class Book:
    """All tables, the fields of the places, and the values of all defined names."""

    names: Mapping[str, float]
    places: Mapping[str, Field]
    tables: dict[tuple[str, Kind], "Table"] = field(default_factory=dict)

    @cached_property
    def letters(self) -> list[str]:
        """The columns of the pools."""
        return [xl_col_to_name(FIRST_POOL + p) for p in range(len(self.places["tier"].values))]


@dataclass(frozen=True, eq=False)
class Table:
    """A table called `name`, of the year of `kind`, on `sheet`, its first line in row `first` (from 1)."""

    book: Book
    name: str
    kind: Kind
    sheet: str
    first: int

    def __post_init__(self) -> None:
        self.book.tables[self.name, self.kind] = self

    def has(self, id: str) -> bool:
        raise NotImplementedError

    def cell(self, id: str, within: bool = False) -> str:
        """The cell of `id`, in the formula's own column where it has one a pool."""
        raise NotImplementedError

    def row(self, id: str, within: bool = False) -> str:
        """The cells of `id` that a function of rows takes: in all pools."""
        raise NotImplementedError

    def value(self, id: str) -> Value:
        raise NotImplementedError

    def meant(self, name: str) -> tuple["Table | None", str]:
        """The table that a name belongs to and its id there, or None and the defined name that it is."""
        head, _, rest = name.partition(".")
        whose = ("chain", "base") if head == "base" else (head, self.kind)
        if rest and whose in self.book.tables:
            return self.book.tables[whose], rest
        if not rest and self.has(name):
            return self, name
        own = {"lever": self.kind, "rule": f"{self.kind}_rule", "unmoved": "base", "unmoved_rule": "base_rule"}
        return None, (f"{own[head]}.{rest}" if head in own else name).replace(".", "_")

    def pattern(self, formula: str) -> str:
        """The formula as it stands in this table, before it is copied to its cells."""

        def reference(name: str, row: bool) -> str:
            table, id = self.meant(name)
            if table is None:
                return id
            written = (table.row if row else table.cell)(id, table is self)
            return written if table.sheet == self.sheet else f"'{table.sheet}'!{written}"

        return in_cell(formula, Place(lambda name: reference(name, False), lambda name: reference(name, True)))

    def looked_up(self, name: str) -> Value:
        table, id = self.meant(name)
        if table is not None:
            return table.value(id)
        return self.book.places[id].values if id in ("tier", "place") else self.book.names[id]


@dataclass(frozen=True, eq=False)
class Chain(Table):
    """Blocks of steps one below the other, a line of heading above each."""

    blocks: tuple[Block, ...] = ()
    _known: dict[str, Value] = field(default_factory=dict)

    @cached_property
    def steps(self) -> dict[str, Step]:
        return {step.id: step for block in self.blocks for step in block.steps}

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of every step (from 1)."""
        ids = [id for block in self.blocks for id in ("", *(step.id for step in block.steps))]
        return {id: self.first + k for k, id in enumerate(ids) if id}

    def has(self, id: str) -> bool:
        return id in self.steps

    def cell(self, id: str, within: bool = False) -> str:
        return f"${xl_col_to_name(WHOLE)}${self.rows[id]}" if self.steps[id].whole else f"{_HERE}{self.rows[id]}"

    def row(self, id: str, within: bool = False) -> str:
        if self.steps[id].whole:
            return self.cell(id)
        return f"${self.book.letters[0]}${self.rows[id]}:${self.book.letters[-1]}${self.rows[id]}"

    def value(self, id: str) -> Value:
        if id not in self._known:
            step = self.steps[id]
            place = self._field(step)
            found = place.values if place else value(step.formula, self.looked_up)
            self._known[id] = found if step.whole else np.broadcast_to(found, len(self.book.letters))
        return self._known[id]

    def formulas(self, id: str) -> list[str]:
        """The formula of a step in every cell that it has: one, or one a pool."""
        step = self.steps[id]
        if place := self._field(step):
            return [f"={cell}" for cell in place.cells]
        pattern = self.pattern(step.formula)
        return [pattern] if step.whole else [pattern.replace(_HERE, letter) for letter in self.book.letters]

    def _field(self, step: Step) -> Field | None:
        return self.book.places[step.formula.removeprefix("place.")] if step.formula.startswith("place.") else None


@dataclass(frozen=True, eq=False)
class Loose(Table):
    """Single formulas on a sheet of their own, which name steps as `chain.visits` or `base.visits`."""

    def has(self, id: str) -> bool:
        return False

    def meant(self, name: str) -> tuple[Table | None, str]:
        return super().meant(f"chain.{name}" if name in ("tier", "place") else name)

    def number(self, text: str) -> Value:
        return value(text, self.looked_up)


@dataclass(frozen=True, eq=False)
class Walk(Table):
    """Lines one below the other, each made from the one before: the start and `lines` more. Whole columns stand left of
    the pools while there is room, then right of them; one column is of pools."""

    columns: Mapping[str, Column] = field(default_factory=dict)
    lines: int = 0
    _known: list[dict[str, Value]] = field(default_factory=list)
    _patterns: dict[str, str] = field(default_factory=dict)

    @cached_property
    def letters(self) -> dict[str, str]:
        """The letter of every whole column."""
        whole = [id for id, column in self.columns.items() if column.whole]
        right = FIRST_POOL + len(self.book.letters)
        return {id: xl_col_to_name(k if k < FIRST_POOL else right + k - FIRST_POOL) for k, id in enumerate(whole)}

    def has(self, id: str) -> bool:
        return id in self.columns

    def meant(self, name: str) -> tuple[Table | None, str]:
        return (self, name) if name.startswith("before.") else super().meant(name)

    def cell(self, id: str, within: bool = False) -> str:
        """From within the walk that of the same line, or of the line before; else that of the last line."""
        bare = id.removeprefix("before.")
        letter = self.letters.get(bare, _HERE)
        if within:
            return f"{letter if letter == _HERE else '$' + letter}{_LINE if bare == id else _BEFORE}"
        return f"${letter}${self.first + self.lines}"

    def row(self, id: str, within: bool = False) -> str:
        """From within the walk all pools of the same line, else all lines of the pool but the first."""
        if not within:
            return f"{_HERE}{self.first + 1}:{_HERE}{self.first + self.lines}"
        first, last = self.book.letters[0], self.book.letters[-1]
        return self.cell(id, within) if id in self.letters else f"${first}{_LINE}:${last}{_LINE}"

    def value(self, id: str) -> Value:
        """The last line's; of pools those of all lines but the first."""
        if self.columns[id].whole:
            return self.at(id, self.lines)
        return np.stack([self.at(id, line) for line in range(1, self.lines + 1)])

    def at(self, id: str, line: int) -> Value:
        for next_line in range(len(self._known), line + 1):
            self._known.append({})
            for column in self.columns:
                self._at(column, next_line)
        return self._known[line][id]

    def _at(self, id: str, line: int) -> Value:
        known = self._known[line]
        if id not in known:
            known[id] = value(_formula_of(self.columns[id], line), lambda name: self._seen_from(line, name))
        return known[id]

    def _seen_from(self, line: int, name: str) -> Value:
        if name.startswith("before."):
            return self._at(name.removeprefix("before."), line - 1)
        return self._at(name, line) if self.has(name) else self.looked_up(name)

    def formulas(self, id: str, line: int) -> list[str]:
        """The formula of a column in every cell that it has on a line."""
        formula = _formula_of(self.columns[id], line)
        if formula not in self._patterns:
            self._patterns[formula] = self.pattern(formula)
        row = self.first + line
        pattern = self._patterns[formula].replace(_LINE, str(row)).replace(_BEFORE, str(row - 1))
        if self.columns[id].whole:
            return [pattern]
        return [pattern.replace(_HERE, letter) for letter in self.book.letters]


def _formula_of(column: Column, line: int) -> str:
    return column.formulas[min(line, len(column.formulas) - 1)]
