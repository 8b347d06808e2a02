"""The tables of the workbook: the place of every step, the formulas of its cells, and their values.

Every table has its pools in the same columns, from FIRST_POOL to the right, so that a formula reads down one column.
The value of the whole force stands in one cell outside them.
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
"""The column of the whole force, and that of the first pool (from 0)."""

# Placeholders for a pool's column, a line and the line before, until a formula is copied to its cells.
_HERE, _LINE, _BEFORE = "\0", "\1", "\2"
_BESIDE = "\3"
"""Stands, with a number between two of it, for a pool's column in a block of pools beside the first."""


@dataclass(frozen=True)
class Field:
    """A column of the sheet of places: for every pool its cell, with its sheet, and its value."""

    cells: Sequence[str]
    values: np.ndarray


@dataclass(frozen=True, eq=False)
class Book:
    """The tables of both years, the fields of the places, and the values of all defined names.

    A table enters its book when it is made.
    """

    names: Mapping[str, float]
    places: Mapping[str, Field]
    chains: dict[Kind, "Chain"] = field(default_factory=dict)
    walks: dict[tuple[str, Kind], "Walk"] = field(default_factory=dict)

    @cached_property
    def letters(self) -> list[str]:
        """The columns of the pools."""
        return [xl_col_to_name(FIRST_POOL + p) for p in range(len(self.places["tier"].values))]

    def table(self, name: str, kind: Kind) -> "Table | None":
        """The chain (`chain`) or the walk (`solved`, `walked`) of a year; None for another name."""
        return self.chains.get(kind) if name == "chain" else self.walks.get((name, kind))


@dataclass(frozen=True, eq=False)
class Table:
    """Formulas of the year of `kind` on a `sheet`; the first line stands in row `first` (from 1)."""

    book: Book
    kind: Kind
    sheet: str
    first: int

    def has(self, id: str) -> bool:
        """Whether a step or column of this id stands in the table."""
        raise NotImplementedError

    def cell(self, id: str, within: bool = False) -> str:
        """The cell of `id`; of an id by pool, the one in the formula's own column."""
        raise NotImplementedError

    def row(self, id: str, within: bool = False) -> str:
        """The cells of `id` that a function of rows takes, those of all pools."""
        raise NotImplementedError

    def value(self, id: str) -> Value:
        """The value of `id`, a number or an array (pools,)."""
        raise NotImplementedError

    def resolve(self, name: str) -> tuple["Table | None", str]:
        """The table of a name in a formula, with the id there; of a defined name None, with that name."""
        head, _, rest = name.partition(".")
        table = self.book.table("chain", "base") if head == "base" else self.book.table(head, self.kind)
        if rest and table:
            return table, rest
        if head == "assumed":
            return None, rest
        if not rest and self.has(name):
            return self, name
        own = {"lever": self.kind, "rule": f"{self.kind}_rule", "unmoved": "base", "unmoved_rule": "base_rule"}
        return None, (f"{own[head]}.{rest}" if head in own else name).replace(".", "_")

    def pattern(self, formula: str) -> str:
        """The formula as it stands in this table, before it is copied to its cells."""

        def reference(name: str, row: bool) -> str:
            table, id = self.resolve(name)
            if table is None:
                return id
            cells = (table.row if row else table.cell)(id, table is self)
            return cells if table.sheet == self.sheet else f"'{table.sheet}'!{cells}"

        return in_cell(formula, Place(lambda name: reference(name, False), lambda name: reference(name, True)))

    def lookup(self, name: str) -> Value:
        """The value of a name of a formula in this table."""
        table, id = self.resolve(name)
        if table is not None:
            return table.value(id)
        return self.book.places[id].values if id in ("tier", "place") else self.book.names[id]


@dataclass(frozen=True, eq=False)
class Chain(Table):
    """Blocks of steps one below the other, a line of heading above each; called `chain` in formulas."""

    blocks: tuple[Block, ...] = ()
    _values: dict[str, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.book.chains[self.kind] = self

    @cached_property
    def steps(self) -> dict[str, Step]:
        """The steps by id, in the order of the method."""
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
        if id not in self._values:
            step = self.steps[id]
            place = self._field(step)
            one = place.values if place else value(step.formula, self.lookup)
            self._values[id] = one if step.whole else np.broadcast_to(one, len(self.book.letters))
        return self._values[id]

    def formulas(self, id: str) -> list[str]:
        """The formula of a step in each of its cells: one, or one a pool."""
        step = self.steps[id]
        if place := self._field(step):
            return [f"={cell}" for cell in place.cells]
        pattern = self.pattern(step.formula)
        return [pattern] if step.whole else [pattern.replace(_HERE, letter) for letter in self.book.letters]

    def _field(self, step: Step) -> Field | None:
        return self.book.places[step.formula.removeprefix("place.")] if step.formula.startswith("place.") else None


@dataclass(frozen=True, eq=False)
class SingleFormulas(Table):
    """Single formulas on a sheet of their own, which name steps as `chain.visits` or `base.visits`."""

    def has(self, id: str) -> bool:
        return False

    def resolve(self, name: str) -> tuple[Table | None, str]:
        return super().resolve(f"chain.{name}" if name in ("tier", "place") else name)

    def number(self, formula: str) -> float:
        """The value of a formula of the whole force."""
        return float(value(formula, self.lookup))


@dataclass(frozen=True, eq=False)
class Walk(Table):
    """Lines one below the other, each made from the one before: the start and `lines` more.

    Whole columns stand left of the pools while there is room, then right of them. The first column by pool stands under
    the pools, each further one in a block of its own to the right. The walk is called by its `name` in formulas.
    """

    name: str = ""
    columns: Mapping[str, Column] = field(default_factory=dict)
    lines: int = 0
    _values: list[dict[str, Value]] = field(default_factory=list)
    _patterns: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.book.walks[self.name, self.kind] = self

    @cached_property
    def letters(self) -> dict[str, str]:
        """The letter of every whole column."""
        whole = [id for id, column in self.columns.items() if column.whole]
        right = FIRST_POOL + len(self.book.letters)
        return {id: xl_col_to_name(k if k < FIRST_POOL else right + k - FIRST_POOL) for k, id in enumerate(whole)}

    @cached_property
    def blocks(self) -> dict[str, list[str]]:
        """The letters of the pools of every column by pool."""
        by_pool = [id for id, column in self.columns.items() if not column.whole]
        pools, right = len(self.book.letters), FIRST_POOL + len(self.book.letters)
        right += max(len(self.columns) - len(by_pool) - FIRST_POOL, 0)
        starts = [FIRST_POOL, *(right + pools * k for k in range(len(by_pool) - 1))]
        return {
            id: [xl_col_to_name(start + p) for p in range(pools)] for id, start in zip(by_pool, starts, strict=True)
        }

    def has(self, id: str) -> bool:
        return id in self.columns

    def resolve(self, name: str) -> tuple[Table | None, str]:
        if name.startswith("before."):
            return self, name
        return super().resolve(f"chain.{name}" if name in ("tier", "place") else name)

    def cell(self, id: str, within: bool = False) -> str:
        """From within the walk, the cell of the same line or of the line before; else that of the last line."""
        bare = id.removeprefix("before.")
        if bare in self.blocks:
            block = list(self.blocks).index(bare)
            return f"{f'{_BESIDE}{block}{_BESIDE}' if block else _HERE}{_LINE if bare == id else _BEFORE}"
        letter = self.letters[bare]
        return f"${letter}{_LINE if bare == id else _BEFORE}" if within else f"${letter}${self.first + self.lines}"

    def row(self, id: str, within: bool = False) -> str:
        """From within the walk, all pools of the same line; else all lines of the pool but the first."""
        if not within:
            return f"{_HERE}{self.first + 1}:{_HERE}{self.first + self.lines}"
        if id in self.letters:
            return self.cell(id, within)
        return f"${self.blocks[id][0]}{_LINE}:${self.blocks[id][-1]}{_LINE}"

    def value(self, id: str) -> Value:
        """The last line's value; of a column by pool an array (lines, pools) without the first line."""
        if self.columns[id].whole:
            return self.at(id, self.lines)
        return np.stack([self.at(id, line) for line in range(1, self.lines + 1)])

    def at(self, id: str, line: int) -> Value:
        """The value of a column on a line (from 0)."""
        for next_line in range(len(self._values), line + 1):
            self._values.append({})
            for column in self.columns:
                self._at(column, next_line)
        return self._values[line][id]

    def _at(self, id: str, line: int) -> Value:
        values = self._values[line]
        if id not in values:
            values[id] = value(_formula_of(self.columns[id], line), lambda name: self._lookup_from(line, name))
        return values[id]

    def _lookup_from(self, line: int, name: str) -> Value:
        if name.startswith("before."):
            return self._at(name.removeprefix("before."), line - 1)
        return self._at(name, line) if self.has(name) else self.lookup(name)

    def formulas(self, id: str, line: int) -> list[str]:
        """The formula of a column in each of its cells on a line (from 0)."""
        formula = _formula_of(self.columns[id], line)
        if formula not in self._patterns:
            self._patterns[formula] = self.pattern(formula)
        row = self.first + line
        pattern = self._patterns[formula].replace(_LINE, str(row)).replace(_BEFORE, str(row - 1))
        if self.columns[id].whole:
            return [pattern]
        return [self._of_pool(pattern, p) for p in range(len(self.book.letters))]

    def _of_pool(self, pattern: str, p: int) -> str:
        """The pattern in the cells of one pool, in every block."""
        for block, letters in enumerate(self.blocks.values()):
            pattern = pattern.replace(f"{_BESIDE}{block}{_BESIDE}" if block else _HERE, letters[p])
        return pattern


def _formula_of(column: Column, line: int) -> str:
    return column.formulas[min(line, len(column.formulas) - 1)]
