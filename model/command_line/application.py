"""The command that opens the app in a browser, wherever it is installed."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from model.files.library import SETTING, library_folder

APP = Path(__file__).parents[2] / "app.py"


def _app(chosen: argparse.Namespace, language: str) -> int:
    """Serve the app until it is stopped; the exit code of the server."""
    command = [sys.executable, "-m", "streamlit", "run", str(APP)]
    command += ["--server.port", str(chosen.port)] if chosen.port else []
    command += ["--server.headless", "true"] if chosen.no_browser else []
    try:
        return subprocess.call(command, env={**os.environ, SETTING: str(library_folder())})
    except KeyboardInterrupt:  # The server has it too, and ends by itself.
        return 0


RUNS = {"app": _app}
