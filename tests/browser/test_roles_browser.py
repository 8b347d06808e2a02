"""A viewer and a planner side by side, signed in by a real OpenID provider; the viewer forges what a planner may."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from bare_session import act, session, visit, widgets
from conftest import ROOT, free_port, served
from oidc_provider_mock import User, run_server_in_thread
from plans_on_screen import box_of_plans, choose, entry, modal, save, save_under, visits, visits_shown, word
from playwright.sync_api import Browser, BrowserContext, Page, expect

from model.files.problem import Problem
from model.outputs.phrasing.problems import what

PLAN = {"staff.change.city": "-10", "staff.change.county": "10", "lang": "zh"}
ADDRESS = "?staff.change.city=-10&staff.change.county=10&lang=zh"
USERS = [
    User(sub="1", claims={"name": "李明", "email": "li@bureau.cn", "email_verified": True}),
    User(sub="2", claims={"name": "王芳", "email": "wang@elsewhere.cn"}),
    # Whoever may write any address into his profile is not whom it names.
    User(sub="3", claims={"name": "李明", "email": "li@bureau.cn", "email_verified": False}),
]
PLANNER, VIEWER, IMPOSTOR = "1", "2", "3"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A server with a list of planners and a provider to sign in with, and its library."""
    folder = tmp_path_factory.mktemp("office")
    roles, secrets, port = folder / "roles.toml", folder / "secrets.toml", free_port()
    roles.write_text('planners = ["*@bureau.cn"]\n', encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, run_server_in_thread(user_claims=USERS) as provider:
        patch.setenv("FRONTLINE_ROLES", str(roles))
        secrets.write_text(
            f"""[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "only for this test, and long enough"
client_id = "frontline"
client_secret = "only for this test"
server_metadata_url = "http://localhost:{provider.server_port}/.well-known/openid-configuration"
""",
            encoding="utf-8",
        )
        with served(ROOT / "app.py", folder, port, options=[f"--secrets.files={secrets}"]) as url:
            yield url, folder / "scenarios"


@pytest.fixture
def people(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Two browsers that know nothing of each other."""
    contexts = [browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN") for _ in range(2)]
    yield contexts
    for context in contexts:
        context.close()


def open_plan(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(f"{url}/{ADDRESS}")
    expect(visits_shown(page)).to_have_text(visits(10))
    return page


def sign_in(page: Page, user: str) -> None:
    page.get_by_role("button", name=word("sign_in"), exact=True).click()
    page.get_by_role("button", name=user, exact=True).click()
    expect(visits_shown(page)).to_have_text(visits(10))
    expect(page.get_by_role("button", name=word("sign_in"), exact=True)).to_have_count(0)


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def forge(page: Page) -> None:
    """What a viewer can do to the page he has: make its button one that can be pressed, press it, and its key."""
    page.evaluate("""() => document.querySelectorAll("button[disabled]").forEach((one) => {
        one.removeAttribute("disabled"); one.disabled = false; one.click(); })""")
    save(page).click(force=True)
    page.keyboard.press("Control+s")


def forge_messages(context: BrowserContext, url: str) -> None:
    """What he can send past the page, with his own sign-in: that save was pressed, and a name was given."""
    cookies = {cookie["name"]: cookie["value"] for cookie in context.cookies(url)}
    with session(url, cookies=cookies) as opened:
        drawn = widgets(visit(opened, **PLAN))
        asked = widgets(act(opened, {drawn["save"]: True}, **PLAN))
        done = [id for key, id in asked.items() if key.startswith("FormSubmitter:plan-texts")]
        if done:
            act(opened, {asked["plan-name"]: "伪造", done[0]: True}, **PLAN)


def test_a_planner_saves_in_his_name_and_a_viewer_beside_him_cannot(office, people) -> None:
    url, library = office
    li, wang = (open_plan(context, url) for context in people)
    for page in (li, wang):
        expect(save(page)).to_be_disabled()
    sign_in(li, PLANNER)
    sign_in(wang, VIEWER)
    before = everything(library)
    expect(save(wang)).to_be_disabled()
    box = box_of_plans(wang)
    expect(box).to_contain_text("王芳")
    expect(box.locator(".st-key-plan-save_as button").first).to_be_disabled()
    wang.keyboard.press("Escape")
    forge(wang)
    forge_messages(people[1], url)
    expect(modal(wang)).to_have_count(0)
    assert everything(library) == before

    save(li).click()
    save_under(li, "下沉十人")
    noted = json.loads((library / ".history/下沉十人/0001.json").read_text("utf-8"))
    assert noted["author"] == "李明"

    choose(entry(box_of_plans(wang), "下沉十人"), "history")
    dialog = modal(wang)
    expect(dialog).to_contain_text(word("version_by", author="李明"))
    expect(dialog).to_contain_text(what(Problem("not_a_planner", "", given="王芳"), "zh"))
    expect(dialog.locator(".st-key-explain-1 button").first).to_be_disabled()


def test_the_messages_that_a_viewer_forges_do_save_for_a_planner(office, people) -> None:
    url, library = office
    sign_in(open_plan(people[0], url), PLANNER)
    forge_messages(people[0], url)
    assert (library / "伪造.toml").exists()


def test_an_address_that_the_provider_does_not_vouch_for_is_no_planner(office, people) -> None:
    url, library = office
    page = open_plan(people[0], url)
    sign_in(page, IMPOSTOR)
    expect(save(page)).to_be_disabled()
    before = everything(library)
    forge_messages(people[0], url)
    assert everything(library) == before
    box = box_of_plans(page)
    box.get_by_role("button", name=word("sign_out"), exact=True).click()
    page.wait_for_url("**/oauth2/end_session**")  # the provider's own question whether to sign out there too
    page.goto(f"{url}/{ADDRESS}")
    expect(page.get_by_role("button", name=word("sign_in"), exact=True)).to_be_visible()
