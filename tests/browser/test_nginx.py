"""Behind nginx as the README configures it: any plan reloads from its address, over HTTPS and below a path."""

import http.client
import os
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from bare_session import session, visit
from conftest import FLAGS, ROOT, free_port, give_up, served
from playwright.sync_api import Browser, Playwright, expect

from model.evidence.baseline import shipped_baseline
from model.files.tables.staff_list import mid_split
from model.outputs.words import text
from model.scenario.scenario import ChangedAssumption, Scenario
from views.shell.address.scenario_address import to_link
from views.shell.address.short_address import Address, shortened

HUNAN = shipped_baseline("hunan-2021")
NAME, PATH = "frontline.office", "/frontline"
BLOCK = re.compile(r"```nginx\n(.*?)```", re.DOTALL)
PATIENCE_SECONDS = 10
ANSWERED = "answered.log"
BROWSERS = 24
BUFFER = 8192
"""Bytes of one of nginx's own buffers, into which a line of headers must fit."""
PLANS = {
    "short": Scenario(name={"zh": "下沉一百人"}, levers={"staff.change.city": -100.0, "staff.change.county": 100.0}),
    "signs": Scenario(name={"zh": "[链](http://a) & <b>%2F#?+ \\ \"'"}, note={"zh": "换行\n第二行\t制表"}),
    "long": Scenario(
        name={"zh": "长" * 200},
        note={"zh": "说明，" * 1_600},
        reason={"zh": "理由" * 400},
        levers={"staff.change.city": -100.0, "staff.change.county": 100.0},
        assumptions={
            id: ChangedAssumption(one.low, one.mid, one.high, "自查")
            for id, one in HUNAN.assumptions.items()
            if not one.closed
        },
    ),
    "own list": Scenario(name={"zh": "自有名册"}, staff_list=mid_split(HUNAN)),
}


@contextmanager
def nginx(program: str, folder: Path, app: int, second: int) -> Iterator[int]:
    """The port of nginx with the README's configuration, whose names of files and ports are those of this test.

    It notes which of the two processes of the app answers.
    """
    (folder / "nginx").mkdir()
    port = free_port()
    (block,) = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    for written, here in {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "/etc/nginx/frontline": str(folder / "frontline"),
        "localhost:8501": f"localhost:{app}",
        "localhost:8502": f"localhost:{second}",
    }.items():
        assert written in block
        block = block.replace(written, here)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {folder}/nginx/{kind};\n" for kind in kinds)
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"pid {folder}/nginx.pid;\ndaemon off;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\nlog_format process '$upstream_addr';\naccess_log {folder}/{ANSWERED} process;\n{places}{block}}}\n",
        encoding="utf-8",
    )
    certify = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
    certify += ["-keyout", f"{folder}/frontline.key", "-out", f"{folder}/frontline.pem"]
    subprocess.run([*certify, "-addext", f"subjectAltName=DNS:{NAME}"], check=True, capture_output=True)
    command = [program, "-c", str(configuration), "-e", f"{folder}/error.log"]
    checked = subprocess.run([*command, "-t"], capture_output=True, encoding="utf-8", check=False)
    assert checked.returncode == 0, checked.stderr
    with subprocess.Popen(command) as server:
        try:
            deadline = time.monotonic() + PATIENCE_SECONDS
            while status(port, folder, "/")[0] != 302:
                assert time.monotonic() < deadline, (folder / "error.log").read_text(encoding="utf-8")
                time.sleep(0.1)
            yield port
        finally:
            server.terminate()
            server.wait(PATIENCE_SECONDS)


def status(port: int, folder: Path, path: str, **headers: str) -> tuple[int, Mapping[str, str]]:
    """Status and headers of an answer over HTTPS to the server's name; 0 where nobody answers."""
    trust = ssl.create_default_context(cafile=str(folder / "frontline.pem"))
    trust.check_hostname = False  # asked by number, named in the header
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=trust, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", path, headers={"Host": f"{NAME}:{port}", **headers})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}
    except ConnectionRefusedError:
        return 0, {}
    finally:
        connection.close()


@pytest.fixture(scope="module")
def office_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int, Path]]:
    """The ports of nginx and of the first of two processes behind it, and the folder of all."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
    if not program:
        give_up("no nginx found: install nginx-light")
    folder, app, second = tmp_path_factory.mktemp("office"), free_port(), free_port()
    names = [f"--server.allowedHosts={name}" for name in (NAME, "localhost")]
    options = (*names, f"--browser.serverAddress={NAME}")
    with (
        served(ROOT / "app.py", folder, port=app, options=options, path=PATH),
        served(ROOT / "app.py", folder, port=second, options=options, path=PATH),
        nginx(program, folder, app, second) as port,
    ):
        yield port, app, folder


def address_of(plan: Scenario, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The address that the app gives a plan, long texts of it kept in the library that it serves."""
    monkeypatch.setenv("FRONTLINE_SCENARIOS", str(folder / "scenarios"))
    return shortened(Address({**to_link(plan), "lang": "zh"}))


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_a_plan_reloads_from_its_address(plan, office_server, monkeypatch):
    port, app, folder = office_server
    address = address_of(plan, folder, monkeypatch)
    asked = f"{PATH}/?{urlencode(address)}"
    # A sign-in's cookies stand beside it, each line in a buffer of its own.
    cookie = "_streamlit_user=" + "c" * (BUFFER - 100)
    answer, headers = status(port, folder, asked, Cookie=cookie, Referer=f"https://{NAME}:{port}{asked}")
    assert answer == 200 and "frame-ancestors 'self'" in headers["content-security-policy"]
    trust = ssl.create_default_context(cafile=str(folder / "frontline.pem"))
    for url, trusted in {f"http://localhost:{app}{PATH}": None, f"https://{NAME}:{port}{PATH}": trust}.items():
        with session(url, trusted) as one:
            drawn = b"".join(message.SerializeToString() for message in visit(one, **address)).decode("utf-8", "ignore")
        assert plan.name["zh"][:20] in drawn and 'role="alert"' not in drawn, url


def test_a_stranger_is_refused_behind_nginx_too(office_server):
    port, _, folder = office_server
    assert status(port, folder, f"{PATH}/_stcore/health")[0] == 200
    assert status(port, folder, f"{PATH}/_stcore/metrics")[0] == 404
    assert status(port, folder, f"{PATH}/", Host="elsewhere.example")[0] == 400
    assert status(port, folder, f"{PATH}/_stcore/health", Origin="https://elsewhere.example")[0] == 403


def test_a_browser_stays_with_its_process_and_all_share_both(office_server):
    port, _, folder = office_server
    log = folder / ANSWERED

    def answered(**headers: str) -> tuple[str, str]:
        """The process that answered, which is noted once it has, and the cookie that came with it."""
        noted = len(log.read_text(encoding="utf-8").split())
        code, given = status(port, folder, f"{PATH}/_stcore/health", **headers)
        assert code == 200
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(processes := log.read_text(encoding="utf-8").split()) == noted and time.monotonic() < deadline:
            time.sleep(0.01)
        return processes[noted], given.get("set-cookie", "").partition(";")[0]

    firsts = [answered() for _ in range(BROWSERS)]
    assert len({process for process, _ in firsts}) == 2
    for process, cookie in firsts:
        assert cookie.startswith("frontline=")
        assert answered(Cookie=cookie)[0] == process


def test_a_mailed_plan_opens_and_moves_in_a_browser(office_server, chromium, playwright: Playwright, monkeypatch):
    port, _, folder = office_server
    address = address_of(PLANS["long"], folder, monkeypatch)
    flags = [*FLAGS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1", "--ignore-certificate-errors"]
    browser: Browser = playwright.chromium.launch(executable_path=chromium, args=flags)
    try:
        page = browser.new_context(locale="zh-CN", ignore_https_errors=True).new_page()
        hosts = set()
        page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        for _ in range(2):
            page.goto(f"https://{NAME}:{port}{PATH}/?{urlencode(address)}")
            expect(page.locator(".refusal")).to_have_count(0)
            expect(page.get_by_role("textbox", name="方案名称")).to_have_value("长" * 200)
        link = page.get_by_role("button", name=text("plan.link_label", "zh"))  # Not the box of the plan's file.
        expect(link).to_have_attribute("title", text("plan.link_help_open", "zh"))
        page.get_by_role("link", name="市州").click()
        expect(page.get_by_role("heading", name="市州").first).to_be_visible()
        assert page.url.startswith(f"https://{NAME}:{port}{PATH}/prefectures?") and "kept=" in page.url
        assert hosts == {f"{NAME}:{port}"}
    finally:
        browser.close()
