"""Where a plan comes from, as every file that is made of it says: its file, and its final version."""

from dataclasses import dataclass

from model.files.library import Declaration, Final, Library
from model.outputs.phrasing.library_sentences import figures_in_words, moment
from model.outputs.words import text
from model.projection.results import Band, Projection


@dataclass(frozen=True)
class Finality:
    """The final version that a plan is, or that it was changed since (a draft)."""

    final: Final
    is_final: bool

    def mark(self, language: str) -> str:
        """One word for titles."""
        return text("passport.mark_final" if self.is_final else "passport.mark_draft", language)

    def sentence(self, language: str) -> str:
        """Which version is final, since when and by whom; of a draft, that it was changed since."""
        author = self.final.declaration.author
        key = ("final" if author else "final_unsigned") if self.is_final else "draft"
        time, number = moment(self.final.declared), self.final.number
        return text(f"passport.{key}", language, number=number, time=time, author=author)

    def then(self, now: Projection, language: str) -> str:
        """The figures declared final where those of now read otherwise, else empty, as of a draft."""
        declaration = self.final.declaration
        then = figures_in_words(declaration.medians, language)
        medians = {id: result.total.scenario.p50 for id, result in now.measures.items()}
        if not self.is_final or then == figures_in_words(medians, language):
            return ""
        return text("passport.then", language, figures=then, model=declaration.model_version)


@dataclass(frozen=True)
class Origin:
    """The file that a plan came from, empty for none, and how it stands to a final version, if any."""

    source: bytes = b""
    finality: Finality | None = None


NOWHERE = Origin()


def finality_of(library: Library, stem: str, stamp: str) -> Finality | None:
    """How a plan's version with this stamp stands to the plan's final one; None where it has none."""
    final = library.final(stem, stamp)
    return Finality(final, final.stamp == stamp) if final else None


def marked(name: str, finality: Finality | None, language: str) -> str:
    """The name of a plan with the word for its finality, if it has any."""
    return text("passport.marked", language, name=name, mark=finality.mark(language)) if finality else name


def declaration(projection: Projection, baseline_stamp: str, author: str) -> Declaration:
    """What is written of a plan that somebody declares final, with these figures of it."""
    draws, figures = projection.draws, {}
    for id, result in projection.measures.items():
        total = result.total
        figures[id] = {"base": _band(total.base), "plan": _band(total.scenario), "change": _band(total.difference)}
    baseline = projection.scenario.baseline
    made = projection.model_version, baseline, baseline_stamp, draws.drawn, draws.kept, projection.seed
    return Declaration(author, *made, figures)


def _band(of: Band) -> tuple[float, float, float]:
    return of.p10, of.p50, of.p90
