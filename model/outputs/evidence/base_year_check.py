"""What a base year stands on: its places, what closes, what is inherited, how it fits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from model.evidence.base_year_folders import find_baseline
from model.evidence.baseline import Baseline
from model.files.base_years.folder_files import Files, about_of, rows_of
from model.files.base_years.form import fixed_rows
from model.files.problem import Problem
from model.files.tables.sheets import CellProblem
from model.outputs.evidence.base_year_sentences import problem_document
from model.outputs.evidence.fit import closing_sentences
from model.outputs.words import text
from model.projection.unknowns.closing import Closing


@dataclass(frozen=True)
class Checked:
    """A workbook or ZIP of a base year: what is wrong with it, or what it holds and how that fits."""

    path: Path
    files: Files = field(default_factory=dict)
    baseline: Baseline | None = None
    closing: Closing | None = None
    problems: Sequence[Problem | CellProblem] = ()


def in_terminal(checked: Checked, language: str) -> str:
    """The lines on a base year that has no problem."""
    baseline, closing, say = checked.baseline, checked.closing, _Lines(checked.files, language)
    assert baseline and closing
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


def document(checked: Checked) -> dict[str, object]:
    """The same as a document, with the problems of a file that has some."""
    problems = [problem_document(one) for one in checked.problems]
    return {
        "file": str(checked.path),
        "good": not problems,
        "problems": problems,
        "base_year": checked.baseline and _about(checked.baseline),
        "closing": checked.closing and _closing(checked.closing),
    }


def _about(baseline: Baseline) -> dict[str, object]:
    return {
        "id": baseline.id,
        "name": dict(baseline.name),
        "year": baseline.year,
        "source": dict(baseline.source),
        "prefectures": [prefecture.id for prefecture in baseline.prefectures],
    }


def _closing(closing: Closing) -> dict[str, object]:
    figures = {name: getattr(closing, name) for name in ("work_over_time", "least_of_time", "most_of_time")}
    return {
        "drawn": closing.drawn,
        "kept": closing.kept,
        "closes": closing.closes,
        "refused": dict(closing.refused),
        **figures,
        "causes": [{"figure": id, "may_be_too": "high" if way > 0 else "low"} for id, way in closing.causes],
        "pools": [{"pool": key, "lacks_time_in": share} for key, share in closing.pools],
    }


class _Lines:
    """The lines that stand on the files of a base year."""

    def __init__(self, files: Files, language: str):
        self.language = language
        self.assumptions = rows_of(files["assumptions.csv"])
        self.report = {row["id"]: row for row in rows_of(files["report.csv"])}
        self.template = about_of(files).get("template")

    def closed(self) -> str:
        """What follows from what is known."""
        return self._named("closed", [row for row in self.assumptions if self._follows(row)])

    def own(self) -> str:
        """The assumptions that are the base year's own."""
        own = (row for row in self.assumptions if row.get("inherited") != "yes")
        return self._named("own", [row for row in own if not self._follows(row)])

    @staticmethod
    def _follows(row: Mapping[str, str]) -> bool:
        """Whether a number was worked out from others."""
        return row["role"] == "closed" or (row.get("mark") == "derived" and row["low"] == row["high"])

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
