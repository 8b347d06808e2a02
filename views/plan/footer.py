"""What the figures of the plan rest on, folded away under them: draws kept, held-out figures, limits."""

import pandas as pd
import streamlit as st

from model import Projection
from model.evidence.baseline import Baseline
from model.outputs.evidence.not_reported import limits
from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.numbers import amount, count, span, with_unit
from model.outputs.words import text
from model.projection.results import Holdout
from views.shell.refusal import LAST_GLANCE
from views.shell.session import last, session


def footer() -> None:
    """The folded part; nothing before the first projection on this base year."""
    baseline, language = session.baseline(), session.language()
    projection: Projection | None = last.kept(LAST_GLANCE, session.scenario())
    if projection is None:
        return
    holdouts, hits = projection.holdouts, sum(holdout.hit for holdout in projection.holdouts)
    kept, drawn = count(projection.draws.kept), count(projection.draws.drawn)
    title = text("plan.footer", language, kept=kept, drawn=drawn, hit=hits, held=len(holdouts))
    with st.expander(title, key="basis"):
        st.text(_draws(projection, baseline, language))
        st.text(text("plan.holdout_title", language))
        rows = pd.DataFrame(_row(holdout, baseline, language) for holdout in holdouts)
        st.table(rows, hide_index=True, border="horizontal")
        st.text(text("plan.limits_title", language))
        st.text(limits(baseline, language))


def _draws(projection: Projection, baseline: Baseline, language: str) -> str:
    return text(
        "plan.draws_kept",
        language,
        drawn=count(projection.draws.drawn),
        kept=count(projection.draws.kept),
        effective=count(projection.draws.effective),
        totals=_known_totals(baseline, language),
        seed=projection.seed,
        version=projection.model_version,
    )


def _known_totals(baseline: Baseline, language: str) -> str:
    """The totals of the report that every draw gives back; empty where it gives none."""
    totals = [
        text(f"plan.exactly_{id}", language, count=count(baseline.reported(id)))
        for id in ("staff_total", "frontline_total", "cases_total")
        if baseline.gives(id)
    ]
    return text("plan.exactly", language, totals=text("problems.list_comma", language).join(totals)) if totals else ""


def _row(holdout: Holdout, baseline: Baseline, language: str) -> dict[str, str]:
    """A held-out figure beside its prediction, by the heading of each column."""
    figure = baseline.benchmarks[holdout.id]
    unit = "" if figure.unit == "fraction" else word("unit", figure.unit, language)
    cells = {
        "what": figure.label[language],
        "observed": with_unit(amount(holdout.observed, figure.unit), unit, language),
        "predicted": with_unit(span(holdout.predicted, figure.unit, language), unit, language),
        "result": text("plan.holdout_hit" if holdout.hit else "plan.holdout_missed", language),
    }
    return {text(f"plan.holdout_{column}", language): cell for column, cell in cells.items()}
