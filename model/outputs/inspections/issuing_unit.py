"""Who issues a plan: the department of a province or the bureau of a place, by its full name."""

import re
from collections.abc import Mapping

from model.evidence.baseline import Baseline
from model.outputs.words import LANGUAGES, text

_YEAR = re.compile(r"\W*(?:19|20)\d\d.*", re.DOTALL)
"""A year and what stands behind it, at the end of a base year's name."""
_OF_CITY = "市"
"""How the name of a city ends, whose authority is a bureau."""


def issuing_unit(place: str, baseline: Baseline, language: str) -> str:
    """The authority of a prefecture, or of the province (a `place` that is none), in full.

    Without a name where a base year does not say which province it is of.
    """
    here = next((one for one in baseline.prefectures if one.id == place), None)
    name = here.name if here else baseline.province_names.get(place) or own_name(baseline)
    if name is None:
        return _word("bureau_province", language)
    province = name["zh"] in _provinces("zh") and not name["zh"].endswith(_OF_CITY)
    return _word("department" if province else "bureau", language, place=name[language])


def own_name(baseline: Baseline) -> Mapping[str, str] | None:
    """The province or city of a base year, by its column of provinces, else by its own name.

    None where that is no province, nor a city in a base year of one city.
    """
    bare = {language: _YEAR.sub("", baseline.name[language]).strip() for language in LANGUAGES}
    if baseline.is_city:
        return bare if bare["zh"].endswith(_OF_CITY) else None
    called = (baseline.provinces[0], bare["zh"]) if len(baseline.provinces) == 1 else ()
    in_full = (k for one in called if len(one) > 1 for k, full in enumerate(_provinces("zh")) if full.startswith(one))
    found = next(in_full, None)
    return None if found is None else {language: _provinces(language)[found] for language in LANGUAGES}


def _provinces(language: str) -> list[str]:
    """The provinces in full, in the same order in both languages."""
    return _word("provinces", language).split(text("plan.list_comma", language))


def _word(key: str, language: str, **values: object) -> str:
    return text(f"bureau_plan.{key}", language, **values)
