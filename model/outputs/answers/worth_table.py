"""What one more is worth, in words and as tables: a person at each tier and place, a unit of each rule."""

from collections.abc import Iterable

from model.evidence.baseline import Baseline
from model.outputs.answers.answer_table import Banded, Rate, Table
from model.outputs.answers.best_plan import UNITS
from model.outputs.phrasing.numbers import SHARE_UNITS, change_unit, count
from model.outputs.phrasing.sentences import place
from model.outputs.words import text
from model.projection.results import Band
from model.search.worth import OneMore, Row, Worth

PERSON, HOUR = "person", "hour"


def people(worth: Worth) -> list[Row]:
    """One more person at each tier."""
    return [row for row in worth.rows if row.unit.what == PERSON and row.unit.tier and not row.unit.prefecture]


def pools(worth: Worth, criterion: str) -> list[Row]:
    """One more person in each prefecture's pools, the most worth first."""
    rows = [row for row in worth.rows if row.unit.what == PERSON and row.unit.prefecture]
    return sorted(rows, key=lambda row: -row.gains[criterion].over_draws.p50)


def rules(worth: Worth) -> list[Row]:
    return [row for row in worth.rows if row.unit.what != PERSON]


def name(row: Row, baseline: Baseline, language: str) -> str:
    """What there is one more of."""
    if row.unit.what != PERSON:
        return text(f"decide.more_{row.unit.what}", language)
    return text("decide.more_person", language, where=where(row, baseline, language))


def where(row: Row, baseline: Baseline, language: str) -> str:
    """The tier or pool that one person more comes to."""
    if not row.unit.prefecture:
        return _tier(row, language)
    return place(row.unit.tier, row.unit.prefecture, baseline, language)


def scale(criterion: str) -> float:
    """What a criterion is multiplied by to be read: shares in points."""
    return 100.0 if UNITS[criterion] in SHARE_UNITS else 1.0


def scaled(band: Band, criterion: str) -> Band:
    factor = scale(criterion)
    return Band(band.p10 * factor, band.p50 * factor, band.p90 * factor)


def sentence(worth: Worth, criterion: str, language: str) -> str:
    """Where one more person does most, and what the other tiers would get of him; where none gains anything, that."""
    best, *others = sorted(people(worth), key=lambda row: -row.gains[criterion].over_draws.p50)
    if _gain(best, criterion, language) == "0":
        return text("decide.more_nothing", language, goal=text(f"decide.goal_{criterion}", language))
    rest = [
        text("decide.more_other", language, tier=_tier(row, language), gain=_gain(row, criterion, language))
        for row in others
    ]
    return text(
        "decide.more_said",
        language,
        tier=_tier(best, language),
        gain=text(f"decide.more_gain_{criterion}", language, n=_gain(best, criterion, language).lstrip("+")),
        others=text("plan.list_comma", language).join(rest),
    )


def equivalents(worth: Worth, criterion: str, language: str) -> str:
    """How many people more at the best tier bring what an hour a week off other duties brings; empty where nothing."""
    best = max(people(worth), key=lambda row: row.gains[criterion].over_draws.p50)
    hour = next((row for row in worth.rows if row.unit.what == HOUR), None)
    one = best.gains[criterion].over_draws.p50
    if hour is None or one <= 0 or hour.gains[criterion].over_draws.p50 < one:
        return ""
    n = count(hour.gains[criterion].over_draws.p50 / one)
    gain = text(f"decide.more_gain_{criterion}", language, n=_gain(hour, criterion, language).lstrip("+"))
    return text("decide.more_hour_said", language, gain=gain, n=n, tier=_tier(best, language))


def table(rows: Iterable[Row], criterion: str, baseline: Baseline, language: str) -> Table:
    """By the programme, by the full model in the central case, and over the draws."""
    heads = tuple(text(f"decide.column_{column}", language) for column in ("more", "dual", "central", "draws"))
    factor = scale(criterion)

    def cells(gain: OneMore) -> tuple[Rate, Rate, Banded]:
        return Rate(gain.dual * factor), Rate(gain.central * factor), Banded(scaled(gain.over_draws, criterion))

    found = tuple((name(row, baseline, language), *cells(row.gains[criterion])) for row in rows)
    return Table(heads, found, unit(criterion, language))


def unusual(worth: Worth, criterion: str, baseline: Baseline, language: str) -> str:
    """Which rows' figure of the central case lies outside the band of the draws, and what to go by; empty where none
    does."""
    names = [name(row, baseline, language) for row in worth.rows if not row.gains[criterion].is_usual]
    listed = text("plan.list_comma", language).join(names)
    return text("decide.more_unusual", language, names=listed) if names else ""


def unit(criterion: str, language: str) -> str:
    return change_unit(UNITS[criterion], language)


def _tier(row: Row, language: str) -> str:
    return text(f"terms.tier_{row.unit.tier}", language)


def _gain(row: Row, criterion: str, language: str) -> str:
    return Rate(row.gains[criterion].over_draws.p50 * scale(criterion)).written(language)
