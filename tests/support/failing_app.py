"""The app with faults inside: a long drill breaks the model; the table of prefectures, the way back and the file of the
evidence always break."""

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from views.evidence import page as evidence  # noqa: E402
from views.prefectures import page  # noqa: E402
from views.shell import failure  # noqa: E402
from views.shell.session import session  # noqa: E402

LONGEST_DRILL = 13


def broken(project):
    def projection(scenario=None):
        plan = scenario or session.scenario()
        if (drill := plan.levers.get("training_days", 0)) > LONGEST_DRILL:
            raise ZeroDivisionError(f"a drill of {drill} days")
        return project(plan)

    return projection


def lost(*_):
    raise FileNotFoundError("the table is gone")


def stuck():
    raise KeyError("the base year")


session.projection, session.glance = broken(session.projection), broken(session.glance)
session.reset_levers = stuck
page._table = evidence.to_csv = lost
app = st.App(ROOT / "views" / "site" / "pages.py", on_script_error=failure.say)
