"""What a base year stands on: its places, what closes, what is inherited, how it fits."""

from collections.abc import Mapping

from model.evidence.base_year_folders import find_baseline
from model.evidence.baseline import Baseline
from model.files.base_years.folder_files import Files, about_of, rows_of
from model.files.base_years.form import fixed_rows
from model.outputs.evidence.fit import closing_sentences
from model.outputs.words import text
from model.projection.unknowns.closing import Closing


def in_terminal(baseline: Baseline, files: Files, closing: Closing, language: str) -> str:
    """The lines on a base year."""
    say = _Lines(files, language)
    places = len(baseline.prefectures)
    without = sum(p.county_level_units == 0 for p in baseline.prefectures)
    lines = [
        text("base_years.check_name", language, name=baseline.name[language], id=baseline.id, year=baseline.year),
        text("base_years.check_source", language, source=baseline.source[language]),
        text("base_years.check_places", language, places=places, without=without),
        say.closed(),
        say.own(),
        say.inherited(),
        text("base_year_page.fit_title", language, name=baseline.name[language]),
        *closing_sentences(closing, baseline, language),
    ]
    return "\n".join(filter(None, lines))


class _Lines:
    """The lines that stand on the files of a base year."""

    def __init__(self, files: Files, language: str):
        self.language = language
        self.assumptions = rows_of(files["assumptions.csv"])
        self.report = {row["id"]: row for row in rows_of(files["report.csv"])}
        self.template = about_of(files).get("template")

    def closed(self) -> str:
        """What follows from what is known."""
        return self._named("closed", [row for row in self.assumptions if row["role"] == "closed"])

    def own(self) -> str:
        """The assumptions that are the base year's own."""
        return self._named("own", [row for row in self.assumptions if row.get("inherited") != "yes"])

    def inherited(self) -> str:
        """The counts of the report that still are the template's, which holds for the same place only."""
        template = self._template_report()
        ids = {row.id for row in fixed_rows() if row.kind == "report"}
        same = [row for id, row in self.report.items() if id in ids and template.get(id) == float(row["value"])]
        return self._named("inherited", same, template=self.template or "")

    def _template_report(self) -> Mapping[str, float]:
        try:
            figures = find_baseline(self.template or "").report
        except KeyError:
            return {}
        return {id: figure.value for id, figure in figures.items() if isinstance(figure.value, float)}

    def _named(self, kind: str, rows: list[dict[str, str]], **values: str) -> str:
        if not rows:
            return ""
        names = text("problems.list_comma", self.language).join(row[f"label_{self.language}"] for row in rows)
        return text(f"base_years.check_{kind}", self.language, count=len(rows), names=names, **values)
