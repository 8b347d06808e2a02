"""`frontline app`: a server that ends with the command that started it."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from conftest import ROOT, free_port


def is_open(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("localhost", port)) == 0


def wait_until(there: bool, port: int, seconds: float = 60) -> bool:
    """Whether something listens on a port, or no longer, before the time is over."""
    end = time.monotonic() + seconds
    while is_open(port) is not there and time.monotonic() < end:
        time.sleep(0.1)
    return is_open(port) is there


@pytest.mark.by_night
@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a program without telling it")
@pytest.mark.parametrize(("how", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 0)], ids=["ended", "stopped"])
def test_who_ends_the_command_ends_the_server(how, code, tmp_path):
    port = free_port()
    own = {"FRONTLINE_SCENARIOS": str(tmp_path), "FRONTLINE_LOG": str(tmp_path)}
    command = [sys.executable, "-m", "model", "app", "--no-browser", "--port", str(port)]
    # A group of its own: a Ctrl-C of a terminal comes to the command and the server alike.
    app = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | own,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert wait_until(True, port)
        if how == signal.SIGINT:
            os.killpg(app.pid, how)
        else:
            app.send_signal(how)
        assert wait_until(False, port, 20) and app.wait(20) == code
    finally:
        with suppress(ProcessLookupError):
            os.killpg(app.pid, signal.SIGKILL)
