"""The door of the server: whom it answers, under which headers, and that it asks nobody outside."""

import json
import shutil
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest
from conftest import ROOT, served
from starlette.responses import RedirectResponse

from model.evidence.base_year_folders import baseline_ids
from model.version import MODEL_VERSION
from views.site.door import MOST_SECONDS, WAY_BACK, WayBack

HERE = {"localhost", "127.0.0.1", "0.0.0.0", "::1"}
direct = build_opener(ProxyHandler({}))


def asked(url: str, **headers: str) -> tuple[int, dict[str, str]]:
    """The status of an answer and its headers, names in small letters."""
    try:
        with direct.open(Request(url, headers=headers), timeout=30) as answer:
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}
    except HTTPError as refused:
        return refused.code, {}


@pytest.mark.by_night
@pytest.mark.parametrize("options", [(), ("--server.address=0.0.0.0",)], ids=["alone", "an office"])
def test_the_door(options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = tmp_path / "asked"
    monkeypatch.setenv("ASKED", str(noted))
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "tests" / "support" / "outside"))
    with served(ROOT / "app.py", tmp_path, options=options) as url:
        status, headers = asked(url)
        assert status == 200 and "frame-ancestors 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "SAMEORIGIN"
        assert headers["referrer-policy"] == "same-origin"
        page = f"{url}/_stcore/health"
        assert asked(page)[0] == asked(page, Origin=url)[0] == asked(page, Host="127.0.0.1")[0] == 200
        assert asked(url, Host="frontline.example")[0] == 400, "another name for this server"
        assert asked(page, Origin="http://frontline.example")[0] == 403, "a page of another server"
        assert asked(f"{url}/_stcore/stream", Origin="http://frontline.example")[0] == 403
        assert asked(page, Origin="http://[")[0] == 403, "no address"
        assert asked(f"{url}/_stcore/metrics")[0] == asked(f"{url}/start/_stcore/metrics")[0] == 404
        told = json.loads(direct.open(f"{url}/health", timeout=30).read())
        assert told == {"version": MODEL_VERSION, "base_years": baseline_ids(), "library": "writable"}
        shutil.rmtree(tmp_path / "scenarios")
        assert asked(f"{url}/health")[0] == 200, "the first save makes the folder"
        (tmp_path / "scenarios").write_bytes(b"no folder")
        assert asked(f"{url}/health")[0] == 503
        assert json.loads(direct.open(f"{url}/_stcore/host-config", timeout=30).read())["allowedOrigins"]
    addresses = set(noted.read_text(encoding="utf-8").split())
    assert "listening" in addresses and addresses - {"listening"} <= HERE


def answered(path: str, leads_to: str, **headers: str) -> dict[str, str]:
    """The headers of a redirection that passes the way back."""
    heard: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        heard.append(message)

    given = {"host": "frontline.office", **headers}
    raw = [(name.encode(), value.encode("latin-1")) for name, value in given.items()]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": raw}
    # Nothing in it waits; and a browser's test may have an event loop of its own in this thread.
    with pytest.raises(StopIteration):
        WayBack(RedirectResponse(leads_to, 302))(scope, receive, send).send(None)
    return {name.decode(): value.decode() for name, value in heard[0]["headers"]}


def way_back(referer: str, base: str = "/frontline", **other: str) -> str | None:
    """Where a sign-in that was begun on a page leads to; None where the page is not remembered."""
    begun = answered(f"{base}/auth/login", "https://provider.example/", referer=referer, **other)
    assert begun["location"] == "https://provider.example/"
    if "set-cookie" not in begun:
        return None
    assert f"Path={base}/; Max-Age={MOST_SECONDS}; HttpOnly; SameSite=Lax" in begun["set-cookie"]
    cookie = begun["set-cookie"].partition(";")[0]
    assert len(cookie) < 4_000
    ended = answered(f"{base}/oauth2callback", f"{base}/", cookie=f"other=1; {cookie}")
    assert f"{WAY_BACK}=; Path={base}/; Max-Age=0" in ended["set-cookie"], "and it is forgotten"
    return ended["location"]


LONGEST = "name=" + "%E9%95%BF" * 200


@pytest.mark.parametrize("base", ["", "/frontline"])
@pytest.mark.parametrize(
    "place", ["/", "/?staff.change.city=-100&lang=zh", "/prefectures?kept=0a1b", f"/start?{LONGEST}"]
)
def test_a_sign_in_leads_back_to_the_address_that_asked_for_it(base, place):
    assert way_back(f"https://frontline.office{base}{place}", base) == f"{base}{place}"


@pytest.mark.parametrize(
    "referer",
    [
        "",
        "https://elsewhere.example/frontline/?a=1",
        "https://frontline.office.example/frontline/",
        "https://frontline.office//elsewhere.example/",
        "https://frontline.office/other/",
        "https://frontline.office@elsewhere.example/frontline/",
        "https://frontline.office/frontline/\x80",
        "http://[",
    ],
)
def test_a_sign_in_remembers_no_other_place(referer):
    assert way_back(referer) is None


EVIL = f"{WAY_BACK}=L1xldmlsLmV4YW1wbGUv"
"""`/\\evil.example/`, which a browser takes for another host."""


@pytest.mark.parametrize(
    "cookie",
    ["", "other=1", f"{WAY_BACK}=", f"{WAY_BACK}=!", f"{WAY_BACK}=Ly9ldmlsLmV4YW1wbGUv", f"{WAY_BACK}=gA==", EVIL],
)
@pytest.mark.parametrize("base", ["", "/frontline"])
def test_a_forged_way_back_leads_nowhere(cookie, base):
    ended = answered(f"{base}/oauth2callback", f"{base}/", cookie=cookie)
    assert ended["location"] == f"{base}/" and "set-cookie" not in ended


def test_only_the_way_to_the_first_page_is_changed():
    page = "https://frontline.office/frontline/?a=1"
    cookie = answered("/frontline/auth/login", "/x", referer=page)["set-cookie"].partition(";")[0]
    assert answered("/frontline/oauth2callback", "https://provider.example/", cookie=cookie)["location"] == (
        "https://provider.example/"
    )
    assert "set-cookie" not in answered("/frontline/auth/logout", "/frontline/", cookie=cookie)
