"""The app with a frontier of few points, on a machine on which every long question takes some seconds more, so that
there is time to stop it."""

import runpy
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS = 2.5

sys.path.insert(0, str(ROOT))

from model.search import frontier  # noqa: E402
from views.shell.session.work import Work  # noqa: E402

frontier.LEVELS, frontier.ALONG = 3, 2

if not hasattr(Work, "at_once"):
    Work.at_once = Work._tick

    def _tick(work: Work, share: float) -> None:
        time.sleep(max(share - work.share, 0.0) * SECONDS)
        work.at_once(share)

    Work._tick = _tick

runpy.run_path(str(ROOT / "views" / "site" / "pages.py"), run_name="__main__")
