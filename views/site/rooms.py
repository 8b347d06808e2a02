"""The pages, their addresses, and the script that frames them."""

from pathlib import Path

from views.base_years import form, keeping
from views.base_years.page import base_years
from views.compare.page import compare
from views.decide.page import decide
from views.evidence.page import evidence
from views.plan.page import plan
from views.prefectures.page import prefectures
from views.present.page import present
from views.shell.files import history, library, saving

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
LEFT_OPEN = (saving.DIALOG, history.OF, library.RENAMING, keeping.CHOSEN, form.SHEET)
"""Keys of the session: an open dialog and the plan whose versions it shows, a plan to rename, a base year and a sheet
of it."""
