"""The pages, their addresses, and the script that frames them."""

from pathlib import Path

from views.base_years.page import base_years
from views.compare.page import compare
from views.decide.page import decide
from views.evidence.page import evidence
from views.plan.page import plan
from views.prefectures.page import prefectures
from views.present.page import present

FRAME = Path(__file__).with_name("pages.py")
PAGES = {
    "plan": plan,
    "compare": compare,
    "decide": decide,
    "prefectures": prefectures,
    "present": present,
    "evidence": evidence,
    "base_years": base_years,
}
PATHS = {"plan": "start"}
"""Pages whose path is not their name."""
