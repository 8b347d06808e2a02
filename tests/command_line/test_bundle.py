"""`frontline bundle`: packed with internet, installed and served without it."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import free_port

from model.command_line.application.bundle import PLATFORMS, Failed, pack, pin
from model.command_line.main import main
from model.version import MODEL_VERSION

IS_PROMISED = os.environ.get("FRONTLINE_BROWSER") == "required"
WITHOUT_NETWORK = ("unshare", "--net")
"""A network of its own, in which there is nobody."""
SERVED = """
ip link set lo up 2>/dev/null
sh start.sh --no-browser --port "$1" > server.log 2>&1 &
"$2" -c "$3" "http://localhost:$1/health"
kill $!
"""
ASKING = """
import sys, time, urllib.request
ask = urllib.request.build_opener(urllib.request.ProxyHandler({}))
for _ in range(480):
    try:
        print(ask.open(sys.argv[1], timeout=5).read().decode())
        break
    except OSError:
        time.sleep(0.5)
"""
OTHERS = {"windows": "3.14", "linux-arm": "3.13", "macos": "3.12"}
"""Other systems, each with a Python."""


@pytest.fixture(scope="module", autouse=True)
def pinned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Future[Path]]]:
    """The pins for every other system, asked for side by side and beside all else, since an index is waited for."""

    def pins(name: str, folder: Path) -> Path:
        pin(PLATFORMS[name], OTHERS[name], folder / "pins.txt")
        return folder / "pins.txt"

    with ThreadPoolExecutor(len(OTHERS)) as beside:
        yield {name: beside.submit(pins, name, tmp_path_factory.mktemp(name)) for name in OTHERS}


def give_up(why: str) -> None:
    (pytest.fail if IS_PROMISED else pytest.skip)(why)


@pytest.mark.by_night
@pytest.mark.skipif(sys.platform != "linux", reason="cuts off the network as Linux does")
def test_a_bundle_installs_and_serves_without_a_network(tmp_path: Path) -> None:
    out = tmp_path / "frontline-offline.zip"
    if main(["bundle", "--for", "linux", "--out", str(out), "--language", "en"]) != 0:
        give_up("no packages can be fetched")
    with zipfile.ZipFile(out) as files:
        files.extractall(tmp_path)
    if not shutil.which("unshare") or subprocess.run([*WITHOUT_NETWORK, "true"], capture_output=True).returncode:
        give_up("the network cannot be cut off")
    own = {"FRONTLINE_SCENARIOS": "plans", "FRONTLINE_LOG": ".", "HOME": ".", "PIP_CONFIG_FILE": os.devnull}
    others = {
        name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON", "FRONTLINE_"))
    }
    served = subprocess.run(
        [*WITHOUT_NETWORK, "sh", "-c", SERVED, "sh", str(free_port()), sys.executable, ASKING],
        cwd=tmp_path,
        env=others | own,
        capture_output=True,
        encoding="utf-8",
    )
    assert served.stdout, (tmp_path / "server.log").read_text(encoding="utf-8")
    told = json.loads(served.stdout)
    assert (told["version"], told["library"]) == (MODEL_VERSION, "writable")
    assert (tmp_path / "environment" / "installed").read_text().strip() == MODEL_VERSION


@pytest.mark.parametrize("name", OTHERS)
def test_every_package_has_a_wheel_for(name: str, pinned: Mapping[str, Future[Path]]) -> None:
    try:
        pins = pinned[name].result().read_text(encoding="utf-8")
    except Failed as failed:
        give_up(str(failed))
    assert "streamlit==" in pins and "scipy==" in pins and ("uvloop==" in pins) is (name != "windows")


def test_the_file_that_starts_it_is_one_of_its_system(tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    (wheels / "one.whl").write_bytes(b"wheel")
    for name, start, end in (("windows", "start.bat", b"\r\n"), ("macos", "start.command", b"\n")):
        pack(tmp_path / "bundle.zip", wheels, PLATFORMS[name], "3.12")
        with zipfile.ZipFile(tmp_path / "bundle.zip") as files:
            assert files.namelist() == ["wheels/one.whl", start, "README.txt"]
            script = files.read(start)
            assert script.count(b"\n") == script.count(end) and f"frontline=={MODEL_VERSION}".encode() in script
            assert b"$" not in script if name == "windows" else script.startswith(b"#!/bin/sh\n")
            assert files.getinfo(start).external_attr >> 16 & 0o111
            assert "Python 3.12" in files.read("README.txt").decode("utf-8-sig")


def test_a_bundle_that_cannot_be_written_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "nowhere" / "bundle.zip"
    assert main(["bundle", "--for", "linux", "--out", str(out), "--language", "en"]) == 2
    assert "nowhere" in capsys.readouterr().err
