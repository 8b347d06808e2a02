"""The cards of a plan while a handle of its force bar moves, at `/moving`."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from views.plan.moving import ADDRESS, HAND, cards_between

UNKNOWN = 404
FRESH = {"cache-control": "no-store"}


class MovingCards:
    """Answers with the cards of a hand that is known; all else goes on."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].endswith(ADDRESS):
            await self.app(scope, receive, send)
            return
        answer = await run_in_threadpool(_answer, Request(scope))
        await answer(scope, receive, send)


def _answer(asked: Request) -> Response:
    """The cards; not found for an unknown hand, for handles that are no numbers, or with too few draws."""
    given = asked.query_params
    try:
        cards = cards_between(given[HAND], int(given["left"]), int(given["right"]))
    except (KeyError, ValueError):
        return PlainTextResponse("Not found", UNKNOWN)
    return HTMLResponse(cards, headers=FRESH)
