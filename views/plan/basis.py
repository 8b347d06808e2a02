"""What the figures stand on: draws kept, held-out figures hit or missed, limits. Folded away under the page."""

import pandas as pd
import streamlit as st

from model import Projection
from model.evidence.baseline import Baseline
from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.numbers import amount, count, span, with_unit
from model.outputs.words import text
from model.projection.results import Holdout
from views.shell.session import session


def basis() -> None:
    projection, baseline, language = st.session_state.get("shown"), session.baseline(), session.language()
    if projection is None:
        return
    held = projection.holdouts
    kept, drawn = count(projection.draws.kept), count(projection.draws.drawn)
    head = text("plan.footer", language, kept=kept, drawn=drawn, hit=sum(h.hit for h in held), held=len(held))
    with st.expander(head, key="basis"):
        st.text(_draws(projection, baseline, language))
        st.text(text("plan.holdout_title", language))
        st.table(pd.DataFrame(_row(h, baseline, language) for h in held), hide_index=True, border="horizontal")
        st.text(text("plan.limits_title", language))
        st.text(text("plan.limits", language))


def _draws(projection: Projection, baseline: Baseline, language: str) -> str:
    return text(
        "plan.draws_kept",
        language,
        drawn=count(projection.draws.drawn),
        kept=count(projection.draws.kept),
        effective=count(projection.draws.effective),
        staff=count(baseline.reported("staff_total")),
        frontline=count(baseline.reported("frontline_total")),
        cases=count(baseline.reported("cases_total")),
        seed=projection.seed,
        version=projection.model_version,
    )


def _row(holdout: Holdout, baseline: Baseline, language: str) -> dict[str, str]:
    figure = baseline.benchmarks[holdout.id]
    unit = "" if figure.unit == "fraction" else word("unit", figure.unit, language)
    predicted = span(holdout.predicted, figure.unit, language)
    return {
        text("plan.holdout_what", language): figure.label[language],
        text("plan.holdout_observed", language): with_unit(amount(holdout.observed, figure.unit), unit, language),
        text("plan.holdout_predicted", language): with_unit(predicted, unit, language),
        text("plan.holdout_result", language): text(
            "plan.holdout_hit" if holdout.hit else "plan.holdout_missed", language
        ),
    }
