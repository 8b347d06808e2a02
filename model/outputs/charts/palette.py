"""The colours of charts and pages, one a meaning, the same on a light and a dark page.

Each stands out at least 3 to 1 from every background, and within a set also for readers blind to red, green or blue
(`tests/outputs/test_palette.py` computes both). Backgrounds and inks are those of `.streamlit/config.toml`.
"""

PROVINCE = "#8e63c7"
CITY = "#0f8f7e"
COUNTY = "#b9770e"
TIERS = {"province": PROVINCE, "city": CITY, "county": COUNTY}

BASE = "#808892"
SCENARIO = "#1b6ec2"
MINIMUM = "#c8552b"
PLANS = (SCENARIO, MINIMUM, CITY, PROVINCE, COUNTY)
"""Plans of a comparison in their order; a letter stands beside each, and the base year has its own colour."""

BACKGROUND = {"light": "#ffffff", "dark": "#0f1720"}
PANEL = {"light": "#f3f6fa", "dark": "#18222e"}
INK = {"light": "#16212e", "dark": "#e8edf3"}
QUIET_INK = {"light": "#55616f", "dark": "#a3afbd"}

SHEET = {"input": "#fff2b8", "wrong": "#b3261e", "good": "#1d7044"}
"""Colours of spreadsheets: a cell to fill in, a check that fails, a check that holds."""
