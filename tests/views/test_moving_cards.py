"""The cards while a handle moves: those of the page at rest, near those that the page draws later, for nobody else."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import force_bar
import pytest
from one_page import drawn_html, opened_page
from starlette.responses import PlainTextResponse
from starlette.types import Message
from streamlit.testing.v1 import AppTest

from model import Scenario
from model.outputs.words import LANGUAGES
from views.plan import moving
from views.shell.address.scenario_address import to_link
from views.site.moving_cards import MovingCards

MOVED = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0})


def opened(scenario: Scenario, language: str = "zh") -> AppTest:
    return opened_page("plan", language, **to_link(scenario))


def untitled(cards: str) -> str:
    return re.sub(r' title="[^"]*"', "", cards)


def visits(cards: str) -> int:
    return int(re.search(r'data-measure="visits".*?<b[^>]*>([\d,]+)</b>', cards)[1].replace(",", ""))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scenario", [Scenario(), MOVED], ids=["no decision", "a decision"])
def test_a_plan_at_rest_has_the_cards_of_the_page(scenario: Scenario, language: str) -> None:
    app = opened(scenario, language)
    left, right = re.search(r'data-edges="(\d+),(\d+)"', drawn_html(app)).groups()
    assert (int(left), int(right)) == (77, 637 if not scenario.levers else 537)
    cards = moving.cards_between(app.session_state[moving.HAND], int(left), int(right))
    assert untitled(cards) in untitled(drawn_html(app))


def test_a_moved_handle_has_the_cards_that_the_page_draws_once_it_rests() -> None:
    app = opened(MOVED)
    cards = moving.cards_between(app.session_state[moving.HAND], 77, 487)
    drawn = drawn_html(force_bar.wish(app, edges=[77, 487]))
    assert visits(drawn) != visits(drawn_html(opened(MOVED)))
    assert visits(cards) == pytest.approx(visits(drawn), rel=0.001)
    back = moving.cards_between(app.session_state[moving.HAND], 77, 637)
    assert visits(back) == visits(drawn_html(opened(Scenario()))), "the base year's own figures"


def asked(path: str, **given: str | int) -> tuple[int, dict[bytes, bytes], str]:
    """Status, headers and body of an answer; all that the cards do not answer says that it is the rest of the app."""
    told: list[Message] = []

    async def send(message: Message) -> None:
        told.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": "http", "method": "GET", "path": path, "query_string": urlencode(given).encode(), "headers": []}
    with ThreadPoolExecutor() as threads:  # a browser's test may have an event loop of its own in this thread
        app = MovingCards(PlainTextResponse("the rest of the app"))
        threads.submit(asyncio.run, app(scope, receive, send)).result()
    begin, *parts = told
    return begin["status"], dict(begin["headers"]), b"".join(part["body"] for part in parts).decode()


def test_the_server_answers_a_hand_that_it_knows_and_nobody_else() -> None:
    known = {"hand": opened(MOVED).session_state[moving.HAND], "left": 77, "right": 487}
    status, headers, cards = asked("/office/moving", **known)
    assert status == 200 and cards.count("<section") == 4
    assert headers[b"cache-control"] == b"no-store" and headers[b"content-type"].startswith(b"text/html")
    for wrong in ({"hand": "x"}, {"left": "many"}, {"right": "9" * 5000}):
        assert asked("/moving", **{**known, **wrong})[0] == 404, wrong
    assert asked("/moving")[0] == 404
    assert asked("/elsewhere")[2] == "the rest of the app"


def test_hands_are_forgotten_once_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "MOST_HANDS", 2)
    first, *others = (opened(Scenario()) for _ in range(3))
    with pytest.raises(KeyError):
        moving.cards_between(first.session_state[moving.HAND], 77, 637)
    for app in others:
        assert moving.cards_between(app.session_state[moving.HAND], 77, 637)
