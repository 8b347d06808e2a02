"""Lines of totals of a staff list: the rows that each may sum, and the sum that it should say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model.files.tables.cell_number import NOISE, number
from model.files.tables.sheet import CellValue, Formula
from model.files.tables.staff_list_words import heading_of_places, tiers_named, without_total

Pool = tuple[str, str]


@dataclass(frozen=True)
class TotalLine:
    """A line of totals: its words, and the pools of the rows around it in their order.

    `recent` and `after` are those up and down to the next line of totals, `before` all above.
    """

    words: Sequence[str]
    before: Sequence[Pool]
    recent: Sequence[Pool]
    after: Sequence[Pool]
    is_last: bool

    def groups(self, pools: Sequence[Pool]) -> list[Sequence[Pool]]:
        """The groups of rows that the line may sum, the likeliest first; only of a tier that it names."""
        texts = {without_total(text) for text in self.words}
        named = {tier for text in texts for tier in tiers_named(text)}
        of_tier = [pool for pool in pools if pool[0] in named]
        place = _first_place(self.recent[::-1])
        nearest = self.before if self.is_last else place if len(place) > 1 else _first_tier(self.recent[::-1])
        around = (_first_tier(self.recent[::-1]), place, self.recent, self.before)
        below = (_first_tier(self.after), _first_place(self.after), self.after)
        groups = [group for group in (of_tier, nearest, *around, *below, pools) if group]
        only = {tier for text in texts if not heading_of_places(text) for tier in tiers_named(text)}
        within = [[pool for pool in group if pool[0] in only] for group in groups]
        return [group for group in within if group] or groups

    def wrong(self, given: Mapping[str, CellValue], heads: Mapping[Pool, Mapping[str, int]]) -> dict[str, int]:
        """The right sums by column where the line says others: of the group that agrees most."""
        numbers = {column: number(value) for column, value in given.items()}
        sums = [
            {column: sum(heads[pool][column] for pool in group) for column in given}
            for group in self.groups(list(heads))
        ]
        faults = [{column: right for column, right in one.items() if _is_other(numbers[column], right)} for one in sums]
        return min(faults, key=len)


def lacks_number(value: CellValue) -> bool:
    """Whether a cell of a line of totals says a number that cannot be compared.

    >>> [lacks_number(value) for value in ("2500人", "约2400", "#REF!", "—", "人数", 2359, None)]
    [True, True, True, False, False, False, False]
    """
    if value is None or isinstance(value, Formula) or number(value) is not None:
        return False
    text = str(value).strip()
    return text.startswith("#") or any(sign.isdigit() for sign in text)


def _is_other(given: float | None, right: int) -> bool:
    return given is not None and abs(given - right) > NOISE


def _first_tier(pools: Sequence[Pool]) -> Sequence[Pool]:
    return [pool for pool in pools if pool[0] == pools[0][0]]


def _first_place(pools: Sequence[Pool]) -> Sequence[Pool]:
    return [pool for pool in pools if pool[1] == pools[0][1]]
