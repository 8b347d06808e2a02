"""The yearly inspection plan as tables: one content for the page, the workbook and the brief."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import TIERS, Baseline
from model.evidence.rules import rules_of
from model.evidence.tier_names import tiers_in
from model.force.whole_numbers import whole
from model.outputs.handout.handout import Handout
from model.outputs.phrasing.numbers import count, percent
from model.outputs.phrasing.sentences import of_hundred, place
from model.outputs.words import text
from model.schedule.inspection_plan import CLASSES, KEY, MONTHS, NON_ROUTINE, QUARTERS, InspectionPlan

Cell = str | float
ROUNDED = 1
"""Visits by which whole ones may differ from those shown with a decimal."""
NAMES = ("prefecture", "tier")
"""Columns that say of which pool a row is."""


@dataclass(frozen=True)
class Column:
    """A column of a table.

    `decimals` is None for words; `sums` are the columns of the same row that it adds up; `adds` says whether a total of
    it has a meaning.
    """

    head: str
    decimals: int | None = 0
    sums: tuple[int, ...] = ()
    adds: bool = True

    def written(self, cell: Cell) -> str:
        """A cell of the column as text."""
        return cell if isinstance(cell, str) else f"{cell:,.{self.decimals}f}"


@dataclass(frozen=True)
class Table:
    """A table of words and exact numbers; `total`, the row under the others, adds them up."""

    id: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...]


def inspection_tables(handout: Handout) -> tuple[Table, ...]:
    """All tables in the order in which they are read."""
    plan, baseline, language = handout.inspections, handout.baseline, handout.language
    return (
        _prefectures(plan, baseline, language),
        _months(plan, baseline, language),
        _classes(plan, language),
        _quarters(plan, handout.projection.rules, baseline, language),
        _strength(plan, baseline, language),
        _time(plan, language),
    )


def inspections_in_words(handout: Handout) -> str:
    """The plan in words: visits, their most and fewest, the legal minimum, where it is far from medians."""
    plan, language, by_place = handout.inspections, handout.language, _by_prefecture(handout)
    names = {p.id: p.name[language] for p in handout.baseline.prefectures}
    most, least = max(by_place, key=by_place.__getitem__), min(by_place, key=by_place.__getitem__)
    return _word(
        "said",
        language,
        visits=count(plan.visits[:, :NON_ROUTINE].sum()),
        reserve=count(plan.visits[:, NON_ROUTINE].sum()),
        all=count(plan.visits.sum()),
        minimum=count(plan.minimum.sum()),
        most=names[most],
        most_visits=count(by_place[most]),
        least=names[least],
        least_visits=count(by_place[least]),
        short=_shortfall(handout),
    ) + _furthest(by_place, names, handout)


def _by_prefecture(handout: Handout) -> dict[str, int]:
    """Planned visits by prefecture, its city and counties together."""
    by_place = {p.id: 0 for p in handout.baseline.prefectures}
    planned = handout.inspections.visits[:, :NON_ROUTINE].sum(axis=(1, 2))
    for (_, prefecture), visits in zip(handout.inspections.pools, planned, strict=True):
        if prefecture in by_place:
            by_place[prefecture] += int(visits)
    return by_place


def _furthest(planned: Mapping[str, int], names: Mapping[str, str], handout: Handout) -> str:
    """The prefecture furthest from what is shown elsewhere, where the case keeps its own; else empty."""
    shown = {id: paired.scenario.p50 for id, paired in handout.shown.measures["visits"].prefectures.items()}
    apart = {id: abs(planned[id] - visits) for id, visits in shown.items()}
    id = max(apart, key=apart.__getitem__, default="")
    if not id or apart[id] <= ROUNDED:
        return ""
    visits, median = count(planned[id]), count(shown[id])
    return _word("furthest", handout.language, place=names[id], visits=visits, median=median)


def _shortfall(handout: Handout) -> str:
    """How far the plan is short; where it is not, how likely the year makes it so after all."""
    plan, language = handout.inspections, handout.language
    short = plan.short.sum(axis=(1, 2))
    if short.any():
        pools, missing = count((short > 0).sum()), count(short.sum())
        return _word("not_met", language, pools=pools, missing=missing, table=_word("table_quarters", language))
    risks = [row for row in handout.projection.not_done if row.what == "legal minimum"]
    if not risks:
        return _word("met", language)
    likeliest = max(risks, key=lambda row: row.probability)
    return _word(
        "met_at_risk",
        language,
        pools=len(risks),
        place=place(likeliest.tier, likeliest.prefecture, handout.baseline, language),
        n=of_hundred(likeliest.probability),
    )


def explanations(language: str) -> tuple[str, ...]:
    """Paragraphs on why there is a plan, what it is laid out from, and how its classes come about."""
    return tuple(_word(key, language) for key in ("basis", "middle", "classes"))


def _word(key: str, language: str, **values: object) -> str:
    return text(f"inspection.{key}", language, **values)


def _table(id: str, note: str, columns: list[Column], rows: list[list[Cell]], language: str) -> Table:
    """The table `id` with its row of totals."""
    total = [_word("total", language), *(_sum(column, k, rows) for k, column in enumerate(columns) if k)]
    return Table(id, _word(f"table_{id}", language), note, tuple(columns), tuple(map(tuple, rows)), tuple(total))


def _sum(column: Column, k: int, rows: list[list[Cell]]) -> Cell:
    """The total of a column, the k-th; empty for words and where a total has no meaning."""
    if column.decimals is None or not column.adds:
        return ""
    return sum(cell for row in rows if not isinstance(cell := row[k], str))


def _names(keys: tuple[str, ...], language: str) -> list[Column]:
    return [Column(_word(f"column_{key}", language), None) for key in keys]


def _pool(tier: str, prefecture: str, baseline: Baseline, language: str) -> list[Cell]:
    """The names of a pool, one for each column of NAMES."""
    names = {p.id: p.short for p in baseline.prefectures} | baseline.province_names
    part = _word(f"part_{tier}", language)
    return [names[prefecture][language] if prefecture else part, part]


def _in_order(plan: InspectionPlan) -> list[int]:
    """The places of the pools in the plan, those of a prefecture one after the other."""
    places = list(dict.fromkeys(place for _, place in plan.pools))
    return sorted(range(len(plan.pools)), key=lambda p: (places.index(plan.pools[p][1]), p))


def _numbers(values: np.ndarray) -> list[Cell]:
    return [value.item() for value in np.ravel(values)]


def _prefectures(plan: InspectionPlan, baseline: Baseline, language: str) -> Table:
    classes = [Column(_word(f"class_{kind}", language)) for kind in CLASSES]
    parts = tiers_in(language)[1:] if len(tiers_in(language)) > 2 else ()
    heads = (*(f"of_{tier}" for tier in parts), "minimum", "short")
    columns = [
        *_names(NAMES[:1], language),
        *classes[:NON_ROUTINE],
        Column(_word("column_planned", language), sums=tuple(range(1, 1 + NON_ROUTINE))),
        classes[NON_ROUTINE],
        Column(_word("column_all", language), sums=(1 + NON_ROUTINE, 2 + NON_ROUTINE)),
        *(Column(_word(f"column_{head}", language)) for head in heads),
    ]
    visits, minimum, short = (amount.sum(axis=-1) for amount in (plan.visits, plan.minimum, plan.short))
    places = dict.fromkeys(prefecture for _, prefecture in plan.pools)
    rows = []
    for where in places:
        here = {tier: p for p, (tier, at) in enumerate(plan.pools) if at == where}
        pools = list(here.values())
        by_tier = [visits[here[tier]].sum() if tier in here else 0 for tier in parts]
        by_class = visits[pools].sum(axis=0)
        planned, reserve = by_class[:NON_ROUTINE], by_class[NON_ROUTINE]
        made = [*planned, planned.sum(), reserve, by_class.sum()]
        amounts = [*made, *by_tier, minimum[pools].sum(), short[pools].sum()]
        name, _ = _pool(next(iter(here)), where, baseline, language)
        if where in baseline.province_names:  # Its cities and counties have a row of their own, by the same name.
            name = place(TIERS[0], where, baseline, language)
        rows.append([name, *map(int, amounts)])
    return _table("prefectures", _word("note_prefectures", language), columns, rows, language)


def _calendar(first: int, language: str) -> list[Column]:
    """Columns for months, quarters and the year, from the column `first` on."""
    ends = first + MONTHS
    quarters = [tuple(range(first + 3 * q, first + 3 * q + 3)) for q in range(QUARTERS)]
    return [
        *(Column(name) for name in _word("months", language).split()),
        *(Column(name, sums=sums) for name, sums in zip(_word("quarters", language).split(), quarters, strict=True)),
        Column(_word("column_year", language), sums=tuple(range(ends, ends + QUARTERS))),
    ]


def _year(months: np.ndarray) -> list[Cell]:
    """The months, shape (12,), their quarters and the year as cells."""
    return [*_numbers(months), *_numbers(months.reshape(QUARTERS, -1).sum(axis=1)), months.sum().item()]


def _months(plan: InspectionPlan, baseline: Baseline, language: str) -> Table:
    visits = plan.visits.sum(axis=1)
    rows = [[*_pool(*plan.pools[p], baseline, language), *_year(visits[p])] for p in _in_order(plan)]
    columns = [*_names(NAMES, language), *_calendar(len(NAMES), language)]
    return _table("months", _word("note_months", language), columns, rows, language)


def _classes(plan: InspectionPlan, language: str) -> Table:
    of_tier = {tier: [p for p, (own, _) in enumerate(plan.pools) if own == tier] for tier in tiers_in(language)}
    rows = [
        [
            _word(f"class_{kind}", language),
            text(f"terms.tier_{tier}", language),
            *_year(plan.visits[pools, k].sum(axis=0)),
        ]
        for k, kind in enumerate(CLASSES)
        for tier, pools in of_tier.items()
    ]
    columns = [*_names(("class", "tier"), language), *_calendar(2, language)]
    return _table("classes", _word("note_classes", language), columns, rows, language)


def _quarters(plan: InspectionPlan, version: str, baseline: Baseline, language: str) -> Table:
    rules = rules_of(version)
    note = _word(
        "note_quarters",
        language,
        city=percent(rules.city_key_units_a_quarter, 0),
        county=percent(rules.county_key_units_a_quarter, 0),
    )
    names = _word("quarters", language).split()
    parts = ("key_owed", "owed", "all")
    columns = _names(NAMES, language)
    columns += [Column(_word(f"column_quarter_{part}", language, quarter=name)) for name in names for part in parts]
    first = len(NAMES)
    columns += [
        Column(_word("column_year_owed", language), sums=tuple(range(first + 1, first + 12, 3))),
        Column(_word("column_year", language), sums=tuple(range(first + 2, first + 12, 3))),
        Column(_word("column_short", language)),
    ]
    rows = []
    for p in _in_order(plan):
        owed, planned = plan.minimum[p], plan.by_quarter[p]
        quarters = np.stack([owed[KEY], owed.sum(axis=0), planned.sum(axis=0)], axis=1)
        amounts = [*_numbers(quarters), owed.sum().item(), planned.sum().item(), plan.short[p].sum().item()]
        rows.append([*_pool(*plan.pools[p], baseline, language), *amounts])
    return _table("quarters", note, columns, rows, language)


def _strength(plan: InspectionPlan, baseline: Baseline, language: str) -> Table:
    heads = {
        "days": (0, True),
        "frontline": (0, True),
        "officers": (0, True),
        "officers_most": (0, False),
        "crews": (1, True),
        "crews_out": (1, True),
        "crews_out_most": (1, False),
    }
    columns = _names(NAMES, language)
    columns += [
        Column(_word(f"column_{head}", language), decimals, adds=adds) for head, (decimals, adds) in heads.items()
    ]
    figures = np.stack(
        [
            whole(plan.time.inspections.sum(axis=1)),
            whole(plan.frontline),
            whole(plan.officers.mean(axis=1)),
            np.ceil(plan.officers.max(axis=1) - 1e-9),
            *(
                whole(10 * crews) / 10
                for crews in (plan.crews, plan.crews_out.mean(axis=1), plan.crews_out.max(axis=1))
            ),
        ],
        axis=1,
    )
    rows = [[*_pool(*plan.pools[p], baseline, language), *_numbers(figures[p])] for p in _in_order(plan)]
    return _table("strength", _word("note_strength", language), columns, rows, language)


def _time(plan: InspectionPlan, language: str) -> Table:
    time = plan.time
    parts = [whole(part.sum(axis=0)) for part in (time.inspections, time.complaints, time.contacts, time.cases)]
    field = whole(time.field.sum(axis=0))
    heads = ("inspections", "complaints", "contacts", "cases", "free")
    columns = [
        *_names(("month",), language),
        *(Column(_word(f"column_{head}", language)) for head in heads),
        Column(_word("column_field", language), sums=(1, 2, 3, 4, 5)),
    ]
    names = _word("months", language).split()
    figures = np.stack([*parts, field - sum(parts), field], axis=1)
    rows = [[name, *_numbers(row)] for name, row in zip(names, figures, strict=True)]
    return _table("time", _word("note_time", language), columns, rows, language)
