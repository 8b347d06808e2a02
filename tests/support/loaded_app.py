"""The app on a loaded machine: projections take a while, and threads wait long for their turn, so that what one run
sends is seldom on its way before the next begins."""

import runpy
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS = 0.2

sys.path.insert(0, str(ROOT))
sys.setswitchinterval(0.1)

from views.shell.session import session  # noqa: E402
from views.shell.session.whole import keep_callbacks_whole  # noqa: E402

keep_callbacks_whole()


def slow(project):
    def projection(*scenario):
        time.sleep(SECONDS)
        return project(*scenario)

    projection.is_slow = True
    return projection


if not hasattr(session.glance, "is_slow"):
    session.projection, session.glance = slow(session.projection), slow(session.glance)

runpy.run_path(str(ROOT / "views" / "site" / "pages.py"), run_name="__main__")
