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
if not hasattr(session, "at_once"):
    session.at_once = session.projection

    def projection(*scenario):
        time.sleep(SECONDS)
        return session.at_once(*scenario)

    session.projection = projection

runpy.run_path(str(ROOT / "views" / "site" / "pages.py"), run_name="__main__")
