"""The app in a real browser: finds a Chromium, serves the app, and listens for what a page should never do. And how the
suite is spread over the cores."""

import csv
import glob
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page
    from xdist.scheduler import LoadFileScheduling

ROOT = Path(__file__).parents[1]
COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    *(
        str(Path(os.environ[folder]) / program)
        for folder in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        if folder in os.environ
        for program in ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
    ),
)
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
FONT_NAMES = ("*CJK*", "*SourceHan*", "*NotoSansSC*", "wqy-*", "*DroidSansFallback*")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-sync",
    "--disable-component-update",
]
PATIENCE_SECONDS = 60
# No property is one of time, least of all beside other workers.
settings.register_profile("frontline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("frontline")
# Else it trusts the values that a workbook carries, and a test of its formulas would prove nothing.
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """A worker a core for the whole suite. No worker for a part of it, which one process has done before workers start,
    nor for the benchmarks, which want the machine for themselves; `-n 2` asks for some all the same."""
    asked = {Path(argument).resolve() for argument in config.args}
    is_whole = {ROOT, ROOT / "tests"} & asked and ROOT / "tests" / "bench" not in asked
    return None if is_whole and not config.option.keyword else 0


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> "LoadFileScheduling | None":
    """A file stays with one worker, since its tests share what they compute; all files that drive a browser stay with
    one, so that there is one app and no journey waits for another."""
    if config.option.dist != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class OneBrowser(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            return "browser" if drives_a_browser(config.rootpath / file) else file

    return OneBrowser(config, log)


@cache
def drives_a_browser(file: Path) -> bool:
    return "playwright" in file.read_text(encoding="utf-8")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that need a browser or an office take longest and go first, that no core is left with them at the end."""
    office = {item.path for item in items if "office" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: (not drives_a_browser(item.path), item.path not in office))


def find_chromium() -> str | None:
    """The browser named by FRONTLINE_CHROMIUM, else the first one on the path or in its usual place."""
    if named := os.environ.get("FRONTLINE_CHROMIUM"):
        return named if Path(named).is_file() else None
    return next(filter(None, map(shutil.which, COMMANDS)), None) or next(filter(os.path.isfile, PLACES), None)


def has_chinese_font() -> bool:
    """Windows and macOS bring one; elsewhere fontconfig is asked, or the usual folders are searched."""
    if sys.platform in ("win32", "darwin"):
        return True
    if fc_list := shutil.which("fc-list"):
        return bool(subprocess.run([fc_list, ":lang=zh"], capture_output=True, check=False).stdout.strip())
    return any(next(folder.rglob(name), None) for folder in FONT_FOLDERS for name in FONT_NAMES)


def _give_up(reason: str) -> None:
    """Skip, or fail where FRONTLINE_BROWSER=required says that browser and office were promised."""
    if os.environ.get("FRONTLINE_BROWSER") == "required":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium that can show Chinese."""
    found = find_chromium()
    if not found:
        _give_up("no Chromium found: install chromium, or name one in FRONTLINE_CHROMIUM")
    if not has_chinese_font():
        _give_up("no Chinese font found: install fonts-noto-cjk")
    return found


@dataclass(frozen=True)
class Office:
    """LibreOffice without a window: opens what we write, as a reader would, and saves it in another format."""

    program: str
    profile: Path

    def convert(self, file: Path, to: str, folder: Path) -> Path:
        """The file saved as `to` ("xlsx" recalculates a workbook, "pdf" renders slides) in another folder."""
        self.convert_all([file], to, folder)
        return folder / f"{file.stem}.{to.partition(':')[0]}"

    def convert_all(self, files: Sequence[Path], to: str, folder: Path) -> None:
        """As `convert`, many files in one start of the program."""
        command = [self.program, f"-env:UserInstallation={self.profile.as_uri()}", "--headless", "--convert-to", to]
        seconds = 60 + 10 * len(files)
        subprocess.run([*command, "--outdir", folder, *files], check=True, capture_output=True, timeout=seconds)

    def recalculated(self, files: Sequence[Path], sheet: int, folder: Path) -> dict[str, list[list[str]]]:
        """The cells of one sheet (from 1) of each workbook, computed anew, by the file's stem: numbers in full."""
        self.convert_all(
            files, f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,{sheet}", folder
        )
        read = {}
        for file in files:
            (written,) = folder.glob(f"{glob.escape(file.stem)}-*.csv")
            with written.open(encoding="utf-8", newline="") as text:
                read[file.stem] = list(csv.reader(text))
        return read


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        _give_up("no LibreOffice found: install libreoffice-calc and libreoffice-impress")
    profile = tmp_path_factory.mktemp("office")
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir()
    settings.write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    return Office(program, profile)


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str) -> dict:
    return {"executable_path": chromium, "args": FLAGS}


@pytest.fixture(scope="session")
def app_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app, served as the README serves it, for the whole session; its library is a copy."""
    with served(ROOT / "app.py", tmp_path_factory.mktemp("app")) as url:
        yield url


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(script: Path, folder: Path, port: int | None = None, at: Path = ROOT) -> Iterator[str]:
    """The address of a script served with the settings of the folder `at`, the project's, on a port of its own if none
    is named; log and a copy of the library go to `folder`."""
    port = port or free_port()
    url = f"http://localhost:{port}"
    log = folder / "server.log"
    library = shutil.copytree(ROOT / "scenarios", folder / "scenarios", dirs_exist_ok=True)
    environment = os.environ | {"FRONTLINE_SCENARIOS": str(library)}
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true", f"--server.port={port}"]
    with (
        log.open("wb") as out,
        subprocess.Popen(command, cwd=at, env=environment, stdout=out, stderr=subprocess.STDOUT) as server,
    ):
        try:
            _wait_until_healthy(f"{url}/_stcore/health", server, log)
            yield url
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()


def _wait_until_healthy(url: str, server: subprocess.Popen, log: Path) -> None:
    direct = build_opener(ProxyHandler({}))
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with direct.open(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the app did not start:\n{log.read_text(encoding='utf-8', errors='replace')}", pytrace=False)


# Opened by its own path, a page of Streamlit's asks for its server under that path first and then at the root, and the
# console shows the answer 404 to both questions. No setting tells it where the server is; answering there would make it
# take the page for the root. These two, once each for a page opened, are Streamlit's own.
PROBES = ("_stcore/health", "_stcore/host-config")


@dataclass
class Trouble:
    """What a page should never do: `errors` in its console or in a red box, `strangers` asked besides the app. `probes`
    are the questions that Streamlit asks in vain."""

    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    probes: list[str] = field(default_factory=list, compare=False)


@pytest.fixture
def trouble(page: "Page") -> Iterator[Trouble]:
    """Listens to the page from before its first request; the journey fails at its end if there was any trouble."""
    heard = Trouble()

    def note_request(url: str) -> None:
        if urlsplit(url).hostname not in (None, "localhost", "127.0.0.1"):
            heard.strangers.append(url)

    def note_message(message: "ConsoleMessage") -> None:
        path = urlsplit(message.location.get("url", "")).path.strip("/")
        if message.type == "error" and path.partition("/")[2] in PROBES and "404" in message.text:
            heard.probes.append(path)
        elif message.type == "error":
            heard.errors.append(message.text)

    page.on("console", note_message)
    page.on("pageerror", lambda error: heard.errors.append(str(error)))
    page.on("request", lambda request: note_request(request.url))
    page.on("websocket", lambda websocket: note_request(websocket.url))
    yield heard
    heard.errors += page.get_by_test_id("stException").all_inner_texts()
    assert heard == Trouble()
