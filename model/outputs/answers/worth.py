"""Worth of one more (再添一人给谁): a person at each tier and place, a unit of each rule."""

from collections.abc import Iterable
from dataclasses import asdict

from model.evidence.baseline import Baseline
from model.outputs.answers.answer_table import Banded, Rate, Table, lines, plain_text
from model.outputs.answers.objective_terms import UNITS, scale
from model.outputs.phrasing.numbers import change_unit, count
from model.outputs.phrasing.sentences import place
from model.outputs.words import text
from model.projection.results import Band
from model.scenario.scenario import in_language
from model.search.worth import CRITERIA, OneMore, Row, Worth

PERSON, HOUR = "person", "hour"
TABLES = ("people", "rules", "pools")
"""One more person at each tier, one unit of each rule, one more person in each pool."""


def people(worth: Worth) -> list[Row]:
    """One more person at each tier."""
    return [row for row in worth.rows if row.unit.what == PERSON and row.unit.tier and not row.unit.prefecture]


def pools(worth: Worth, criterion: str) -> list[Row]:
    """One more person in each prefecture's pools, the most worth first."""
    rows = [row for row in worth.rows if row.unit.what == PERSON and row.unit.prefecture]
    return sorted(rows, key=lambda row: -row.gains[criterion].over_draws.p50)


def rules(worth: Worth) -> list[Row]:
    """One unit more of each rule, and an hour off other duties."""
    return [row for row in worth.rows if row.unit.what != PERSON]


def name(row: Row, baseline: Baseline, language: str) -> str:
    """What there is one more of."""
    if row.unit.what != PERSON:
        return text(f"worth.{row.unit.what}", language)
    return text("worth.person", language, where=where(row, baseline, language))


def where(row: Row, baseline: Baseline, language: str) -> str:
    """The tier or pool that one person more comes to."""
    if not row.unit.prefecture:
        return _tier(row, language)
    return place(row.unit.tier, row.unit.prefecture, baseline, language)


def scaled(band: Band, criterion: str) -> Band:
    """A band as it is read: shares in points."""
    factor = scale(UNITS[criterion])
    return Band(band.p10 * factor, band.p50 * factor, band.p90 * factor)


def sentences(worth: Worth, criterion: str, language: str) -> tuple[str, ...]:
    """Where one more person does most, and how many people an hour off other duties stands for."""
    best, *others = sorted(people(worth), key=lambda row: -row.gains[criterion].over_draws.p50)
    if _gain(best, criterion, language) == "0":
        return (text("worth.nothing", language, goal=text(f"best_plan.goal_{criterion}", language)),)
    rest = [
        text("worth.other", language, tier=_tier(row, language), gain=_gain(row, criterion, language)) for row in others
    ]
    first = text(
        "worth.sentence",
        language,
        tier=_tier(best, language),
        gain=_gain_in_words(best, criterion, language),
        others=text("plan.list_comma", language).join(rest),
    )
    return (first, *_hour(worth, best, criterion, language))


def _hour(worth: Worth, best: Row, criterion: str, language: str) -> Iterable[str]:
    """People at the best tier who bring what an hour a week off duties brings; none under one."""
    one, hour = best.gains[criterion].over_draws.p50, next(row for row in worth.rows if row.unit.what == HOUR)
    if 0 < one <= hour.gains[criterion].over_draws.p50:
        n, gain = count(hour.gains[criterion].over_draws.p50 / one), _gain_in_words(hour, criterion, language)
        yield text("worth.hour_in_people", language, gain=gain, n=n, tier=_tier(best, language))


def table(which: str, worth: Worth, criterion: str, baseline: Baseline, language: str) -> Table:
    """One of `TABLES`: over the draws, by the full model in the representative case, and by the programme."""
    rows = {"people": people(worth), "rules": rules(worth), "pools": pools(worth, criterion)}[which]
    factor = scale(UNITS[criterion])

    def cells(gain: OneMore) -> tuple[Banded, Rate, Rate]:
        return Banded(scaled(gain.over_draws, criterion)), Rate(gain.representative * factor), Rate(gain.dual * factor)

    return Table(
        tuple(text(f"worth.column_{column}", language) for column in ("more", "draws", "representative", "dual")),
        tuple((name(row, baseline, language), *cells(row.gains[criterion])) for row in rows),
        title=text(f"worth.{which}", language),
        unit=change_unit(UNITS[criterion], language),
        file=text(f"worth.file_{which}", language),
    )


def unusual(worth: Worth, criterion: str, baseline: Baseline, language: str) -> str:
    """The rows whose representative case lies outside the band, and what to go by; else empty."""
    names = [name(row, baseline, language) for row in worth.rows if not row.gains[criterion].is_usual]
    listed = text("plan.list_comma", language).join(names)
    return text("worth.unusual", language, names=listed) if names else ""


def in_terminal(worth: Worth, baseline: Baseline, language: str) -> str:
    """The answer as plain text, a part a criterion."""
    plan = in_language(worth.scenario.name, language) or text("plan.untitled", language)
    parts: list[str | Table] = [text("worth.asked", language, name=plan)]
    for criterion in CRITERIA:
        head = text(f"best_plan.goal_{criterion}", language)
        parts.append(lines([f"{head}{text('problems.where_end', language)}", *sentences(worth, criterion, language)]))
        parts += [table(which, worth, criterion, baseline, language) for which in TABLES]
        parts.append(unusual(worth, criterion, baseline, language))
    return plain_text(language, *parts, text("worth.how", language, draws=count(worth.draws)))


def document(worth: Worth) -> dict[str, object]:
    """One more of everything, by criterion: the dual, the difference in the case and its band."""
    return {
        "sample_draws": worth.draws,
        "one_more": [
            {
                "what": row.unit.what,
                "tier": row.unit.tier,
                "prefecture": row.unit.prefecture,
                **{name: asdict(one) for name, one in row.gains.items()},
            }
            for row in worth.rows
        ],
    }


def _tier(row: Row, language: str) -> str:
    return text(f"terms.tier_{row.unit.tier}", language)


def _gain(row: Row, criterion: str, language: str) -> str:
    return Rate(scaled(row.gains[criterion].over_draws, criterion).p50).written(language)


def _gain_in_words(row: Row, criterion: str, language: str) -> str:
    return text(f"worth.gain_{criterion}", language, n=_gain(row, criterion, language).lstrip("+"))
