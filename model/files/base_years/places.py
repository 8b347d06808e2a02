"""The tables of places that a filled form gives: prefectures, people known by pool, records."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from model.evidence.pools import HEADS, heads_id
from model.files.base_years.cell_values import Amount
from model.files.base_years.folder_files import COLUMNS, Rows, data_of
from model.files.base_years.form import Form, Template
from model.files.base_years.words import Texts

PREFECTURE_COLUMNS = (
    *("id", "name_zh", "name_en", "county_level_units", "population", "area_km2", "letters", "gdp_100m_yuan"),
    *("short_zh", "short_en", "tile_row", "tile_column", "code", "province"),
)
MEASURES = ("visits", "cases", "decided")
ONE_YEAR = "1"


_DASH = "–"


def amount_text(amount: Amount | None) -> str:
    """An amount as a cell holds it: a number, or low, mid and high with dashes between.

    >>> amount_text((20.0, 77.0, 100.0)), amount_text((2359.0,) * 3), amount_text(None)
    ('20–77–100', '2359', '')
    """
    if amount is None:
        return ""
    return number_text(amount[1]) if amount[0] == amount[2] else _DASH.join(map(number_text, amount))


def amount_of(text: str) -> Amount | None:
    """The amount in the text of a cell as `amount_text` writes it."""
    ends = [float(end) for end in text.split(_DASH)] if text else []
    return (ends[0], ends[len(ends) // 2], ends[-1]) if ends else None


def number_text(value: float) -> str:
    """A number as a file holds it, from which the same number is read again.

    >>> number_text(2359.0), number_text(0.1 + 0.2)
    ('2359', '0.30000000000000004')
    """
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def place_files(template: Template, form: Form, reason: Texts) -> dict[str, bytes]:
    """The files of places; a table in which nothing changed stays as the template has it, to the byte.

    `reason` is that of a count that changed while the source beside it did not.
    """
    tables: tuple[tuple[str, Sequence[str], Rows, Rows], ...] = (
        ("prefectures.csv", PREFECTURE_COLUMNS, prefecture_rows(form), template.prefectures),
        ("pools.csv", COLUMNS["pools.csv"], pool_rows(form), template.pools),
        ("records.csv", COLUMNS["records.csv"], _sourced(record_rows(form), template, reason), template.records),
    )
    return {
        name: template.files[name] if _is_same(columns, rows, before) else data_of(columns, rows)
        for name, columns, rows, before in tables
        if rows
    }


def prefecture_rows(form: Form) -> Rows:
    """The rows of `prefectures.csv`."""
    return [{column: row.get(column, "") for column in PREFECTURE_COLUMNS} for row in form.prefectures]


def pool_rows(form: Form) -> Rows:
    """The rows of `pools.csv`: pools whose people or officers are known, with the mids of ranges."""

    def mid(text: str) -> str:
        amount = amount_of(text)
        return number_text(amount[1]) if amount else ""

    return [
        {"tier": tier, "prefecture": row["id"], **{head: mid(row.get(f"{head}.{tier}", "")) for head in HEADS}}
        for tier in ("city", "county")
        for row in form.prefectures
        if any(row.get(f"{head}.{tier}") for head in HEADS)
    ]


def pool_ranges(form: Form) -> Iterator[tuple[str, str, Mapping[str, str], Amount]]:
    """People and frontline officers of pools that are known about: which, tier, prefecture and range."""
    for heads in HEADS:
        for tier in ("city", "county"):
            for row in form.prefectures:
                amount = amount_of(row.get(f"{heads}.{tier}", ""))
                if amount and amount[0] != amount[2]:
                    yield heads, tier, row, amount


def record_rows(form: Form) -> Rows:
    """The rows of `records.csv`: tiers and single pools, then prefectures with their counties."""
    of_places = [
        {
            **{"measure": measure, "tier": "", "prefecture": row["id"], "value": row[measure]},
            "window_years": row.get("window_years") or ONE_YEAR,
            **dict.fromkeys(("source_zh", "source_en"), row.get("source", "")),
        }
        for measure in MEASURES
        for row in form.prefectures
        if row.get(measure)
    ]
    return [*map(dict, form.records), *of_places]


def _sourced(rows: Rows, template: Template, reason: Texts) -> Rows:
    """Records, with the reason in place of a source that stood beside another count of a place before.

    The counts of a place share one source.
    """

    def key(row: Mapping[str, str]) -> tuple[str, str, str]:
        return row["tier"], row["prefecture"], row["source_zh"]

    def counts(row: Mapping[str, str]) -> tuple[str, float, float]:
        return row["measure"], float(row["value"]), float(row["window_years"])

    languages = [f"source_{language}" for language in reason]
    sources = {
        (row["tier"], row["prefecture"], row[one]): {language: row[language] for language in languages}
        for row in template.records
        for one in languages
    }
    before = {(row["tier"], row["prefecture"], *counts(row)) for row in template.records}
    stale = {key(row) for row in rows if key(row) in sources and (*key(row)[:2], *counts(row)) not in before}
    unsourced = dict(zip(languages, reason.values(), strict=True))
    return [row | (unsourced if key(row) in stale else sources.get(key(row), {})) for row in rows]


def first_places(template: Template) -> list[dict[str, str]]:
    """The prefectures of a template as a form holds them, with people by pool and records."""
    pools = {(row["tier"], row["prefecture"]): row for row in template.pools}

    def text(heads: str, tier: str, place: str) -> str:
        if (about := template.assumptions.get(heads_id(heads, tier, place))) is not None:
            return _DASH.join(about[end] for end in ("low", "mid", "high"))
        return pools.get((tier, place), {}).get(heads, "")

    return [
        {
            **row,
            **{f"{head}.{tier}": text(head, tier, row["id"]) for head in HEADS for tier in ("city", "county")},
            **_records_of(template, row["id"]),
        }
        for row in template.prefectures
    ]


def first_records(template: Template) -> Rows:
    """The records of a template that no prefecture has as a whole."""
    return [row for row in template.records if row["tier"] or not row["prefecture"]]


def _records_of(template: Template, id: str) -> dict[str, str]:
    """The records of a prefecture with its counties; they share one window and one source."""
    own = [row for row in template.records if row["prefecture"] == id and not row["tier"]]
    if not own:
        return {}
    values = {row["measure"]: row["value"] for row in own}
    return {**values, "window_years": own[0]["window_years"], "source": own[0]["source_zh"]}


def of_tier(form: Form, head: str, tier: str) -> Amount | None:
    """People or frontline officers of all pools of a tier together, None where one of them is not known."""
    heads = [
        row.get(f"{head}.{tier}", "") for row in form.prefectures if tier == "city" or row["county_level_units"] != "0"
    ]
    amounts = [amount for text in heads if (amount := amount_of(text))]
    if not amounts or len(amounts) < len(heads):
        return None
    low, mid, high = map(sum, zip(*amounts, strict=True))
    return low, mid, high


def total(rows: Iterable[Mapping[str, str]], column: str) -> float:
    """The sum of a column, cells that are empty left out."""
    return sum(float(row[column]) for row in rows if row.get(column))


def _is_same(columns: Iterable[str], rows: Rows, before: Rows) -> bool:
    def plain(table: Rows) -> list[tuple[str, ...]]:
        return [tuple(row.get(column, "") for column in columns) for row in table]

    return sorted(plain(rows)) == sorted(plain(before)) if "measure" in columns else plain(rows) == plain(before)
