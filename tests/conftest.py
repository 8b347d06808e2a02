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
from component_scan import look_for_components_once
from hypothesis import HealthCheck, settings
from thorough import IS_THOROUGH, tries

# A worker a core: a second thread for the algebra of small matrices waits more than it works, in a worker and in what
# it starts.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# What is imported is compiled once, not anew in every process that tests start, whatever the shell says.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# Nobody's own base years are among those that tests find; a folder that is not there, nor can be made.
os.environ["FRONTLINE_BASELINES"] = str(Path(__file__).parent / "none" / "own")

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
    from xdist.scheduler import LoadFileScheduling

ROOT = Path(__file__).parents[1]
PATIENCE_MS = 60_000
"""How long a browser is waited for: two cores that are busy elsewhere redraw a page in many seconds."""
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
PROGRAM = sys.modules["__main__"]
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
SLOWEST = tuple(
    ROOT / "tests" / file
    for file in (
        "outputs/test_own_workbook.py",
        "outputs/test_other_base_years.py",
        "views/test_decide_page.py",
        "search/test_targets.py",
        "outputs/test_word.py",
        "outputs/test_comparison_package.py",
        "command_line/test_bundle.py",
        "outputs/test_handout.py",
        "outputs/test_workbook.py",
        "command_line/test_search_commands.py",
        "outputs/test_marks.py",
        "search/test_best_plan.py",
        "search/test_rival_searches.py",
        "projection/test_second_writing.py",
        "search/test_frontier.py",
        "failures/test_libraries.py",
        "views/test_base_years_page.py",
        "command_line/test_command_line.py",
        "year/test_queue_simulation.py",
    )
)
"""Files of tests that take longest, the longest first."""
SHARED = ("searches_once", "from remembered", "told_stories", "other_base_years", "from handouts")
"""What remembers searches, projections and files for all who use it, by a word in their files."""
# No property is one of time, least of all beside other workers.
settings.register_profile(
    "frontline", deadline=None, max_examples=tries(100), suppress_health_check=[HealthCheck.too_slow]
)
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
    return None if is_whole(config) else 0


def is_whole(config: pytest.Config) -> bool:
    """Whether a run is of the whole suite, not of a part of it that somebody named."""
    asked = {Path(argument).resolve() for argument in config.args}
    return bool({ROOT, ROOT / "tests"} & asked) and ROOT / "tests" / "bench" not in asked and not config.option.keyword


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> "LoadFileScheduling | None":
    """A file stays with one worker, since its tests share what they compute, as do files that share a helper which
    remembers; all files that drive a browser stay with one, so that there is one app and no journey waits for another.
    """
    if config.option.dist != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class OneBrowser(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            if drives_a_browser(config.rootpath / file):
                return "browser"
            return next((helper for helper in SHARED if helper in text_of(config.rootpath / file)), file)

    return OneBrowser(config, log)


@cache
def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def drives_a_browser(file: Path) -> bool:
    return "playwright" in text_of(file)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The whole suite leaves what is marked `by_night` to `pytest -m by_night` and to a thorough run.

    What drives a browser is by night, a few journeys marked `by_day` apart. Files that drive one and others that take
    long go first, that no core is left with them at the end.
    """
    for item in items:
        if drives_a_browser(item.path) and not item.get_closest_marker("by_day"):
            item.add_marker("by_night")
    if is_whole(config) and not config.option.markexpr and not IS_THOROUGH:
        left = [item for item in items if item.get_closest_marker("by_night")]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if not item.get_closest_marker("by_night")]
    place = {file: k for k, file in enumerate(SLOWEST)}
    items.sort(key=lambda item: (not drives_a_browser(item.path), place.get(item.path, len(place))))


def pytest_collection_finish() -> None:
    """Where no test runs a page, Streamlit is not imported; nor is Playwright, where none drives a browser."""
    if "streamlit.testing.v1" in sys.modules:
        look_for_components_once()
    if "playwright.sync_api" in sys.modules:
        sys.modules["playwright.sync_api"].expect.set_options(timeout=PATIENCE_MS)


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


def give_up(reason: str) -> None:
    """Skip, or fail where FRONTLINE_BROWSER=required says that browser and office were promised."""
    if os.environ.get("FRONTLINE_BROWSER") == "required":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium that can show Chinese."""
    found = find_chromium()
    if not found:
        give_up("no Chromium found: install chromium, or name one in FRONTLINE_CHROMIUM")
    if not has_chinese_font():
        give_up("no Chinese font found: install fonts-noto-cjk")
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
        seconds = 60 + 30 * len(files)
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
        give_up("no LibreOffice found: install libreoffice-calc, libreoffice-impress and libreoffice-writer")
    profile = tmp_path_factory.mktemp("office")
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir()
    settings.write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    return Office(program, profile)


@pytest.fixture
def searches_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The searches of the command line, each worked out once however often it is shown."""
    from remembered import COMMANDS

    for name, search in COMMANDS.items():
        monkeypatch.setattr(f"model.command_line.searches.{name}", search)


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str) -> dict:
    return {"executable_path": chromium, "args": FLAGS}


@pytest.fixture(scope="session")
def contexts() -> "dict[str, BrowserContext]":
    """The contexts of the browser that pages stand in, by their settings."""
    return {}


@pytest.fixture
def context(
    browser: "Browser",
    contexts: "dict[str, BrowserContext]",
    browser_context_args: dict,
    request: pytest.FixtureRequest,
) -> "Iterator[BrowserContext]":
    """The context of a test's page, as empty as a new one but for the app's files, which that would compile anew, and a
    blank page, which keeps its window: to open one for every page takes longer than to open the page."""
    mark = request.node.get_closest_marker("browser_context_args")
    settings = {**browser_context_args, **(mark.kwargs if mark else {})}
    if repr(settings) not in contexts:
        contexts[repr(settings)] = browser.new_context(**settings)
        contexts[repr(settings)].new_page()
    context = contexts[repr(settings)]
    context.set_default_timeout(PATIENCE_MS)
    yield context
    for page in context.pages[1:]:
        page.close()
    context.unroute_all()
    context.set_offline(False)
    context.clear_permissions()
    context.set_storage_state({"cookies": [], "origins": []})


@pytest.fixture(scope="session")
def app_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app, served as the README serves it, for the whole session; its library is a copy."""
    with served(ROOT / "app.py", tmp_path_factory.mktemp("app")) as url:
        yield url


@pytest.fixture(scope="session")
def second_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Another app, whose library each test has for itself, and that library."""
    folder = tmp_path_factory.mktemp("second-app")
    with served(ROOT / "app.py", folder) as url:
        yield url, folder / "scenarios"


@pytest.fixture
def own_app(second_app: tuple[str, Path]) -> tuple[str, Path]:
    """An app with a library of its own, as it ships, and that library."""
    url, library = second_app
    shutil.rmtree(library)
    shutil.copytree(ROOT / "scenarios", library)
    return url, library


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(
    script: Path,
    folder: Path,
    port: int | None = None,
    at: Path = ROOT,
    *,
    fails: bool = False,
    options: Sequence[str] = (),
    path: str = "",
) -> Iterator[str]:
    """The address of a script served with the settings of the folder `at`, the project's, on a port of its own if none
    is named; log and a copy of the library go to `folder`. `options` end the command; the app stands below
    `path`, which begins with a slash.
    Whether something `fails` inside is checked at the end."""
    port = port or free_port()
    url = f"http://localhost:{port}{path}"
    log = folder / "server.log"
    library = shutil.copytree(ROOT / "scenarios", folder / "scenarios", dirs_exist_ok=True)
    own = {"FRONTLINE_SCENARIOS": library, "FRONTLINE_BASELINES": folder / "base-years", "FRONTLINE_LOG": folder}
    own |= {"PYTHONFAULTHANDLER": 1}
    environment = os.environ | {name: str(path) for name, path in own.items()}
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true", f"--server.port={port}"]
    command += [*options, *([f"--server.baseUrlPath={path}"] if path else [])]
    with (
        log.open("wb") as out,
        subprocess.Popen(command, cwd=at, env=environment, stdout=out, stderr=subprocess.STDOUT) as server,
    ):
        try:
            _wait_until_healthy(f"{url}/_stcore/health", server, log)
            yield url
        finally:
            died = server.poll()
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
    assert died is None, f"the server ended with {died}:\n{log.read_text(encoding='utf-8', errors='replace')}"
    noted = folder / "failures.log"
    assert fails == noted.exists(), noted.read_text(encoding="utf-8") if noted.exists() else "nothing failed"


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


@pytest.fixture(autouse=True)
def program(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests as the running program: a page that is run in a test takes its place and leaves itself there, and every
    process that starts anew would run that page before its own work."""
    monkeypatch.setitem(sys.modules, "__main__", PROGRAM)


@pytest.fixture(autouse=True)
def failures(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[BaseException]]:
    """What a page told the reader as a failure inside: a test that expects one takes it from the list."""
    noted: list[BaseException] = []
    monkeypatch.setattr("model.failures.log.note", lambda failure: noted.append(failure) or f"n-{len(noted)}")
    yield noted
    for one in noted:
        raise one


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
