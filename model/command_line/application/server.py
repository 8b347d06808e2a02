"""The command that opens the app in a browser, wherever it is installed."""

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path

from model.command_line.terminal import answer_stop
from model.files.library import SETTING, library_folder

STOPPED_BY = 128
"""What a shell adds to the number of the signal that ended a program, for its exit code."""
APP = Path(__file__).parents[3] / "app.py"


def _app(chosen: argparse.Namespace, language: str) -> int:
    """Serve the app until it is stopped; the exit code of the server."""
    command = [sys.executable, "-m", "streamlit", "run", str(APP)]
    command += ["--server.port", str(chosen.port)] if chosen.port else []
    command += ["--server.headless", "true"] if chosen.no_browser else []
    command += chosen.settings
    server = subprocess.Popen(command, env={**os.environ, SETTING: str(library_folder())})
    # Who ends this command, such as a service of the system, ends the server with it.
    before = signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        code = server.wait()
        return code if code >= 0 else STOPPED_BY - code
    except KeyboardInterrupt:  # The server has it too, and ends by itself.
        answer_stop()
        return 0
    finally:
        signal.signal(signal.SIGTERM, before)


RUNS = {"app": _app}
