"""The app behind a sign-in, as Streamlit's own goes about it, with a provider that lets everybody in at once.

Streamlit's needs a library that the project does not; this says what it says: the page sends the browser to
`/auth/login`, that to the provider, that back to `/oauth2callback`, and that to the first page.
"""

import runpy
import sys
from pathlib import Path

import streamlit as st
from starlette.datastructures import URL
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from views.site.door import SIGN_IN, SIGNED_IN, door  # noqa: E402
from views.site.rooms import FRAME  # noqa: E402

PROVIDER, SIGNED = "/provider", "signed"


class SignIn:
    """The places of a sign-in; the provider stands under another name of this machine."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self.app
        if scope["type"] == "http":
            url = URL(scope=scope)
            if url.path == SIGN_IN:
                answer = RedirectResponse(str(url.replace(hostname="127.0.0.1", path=PROVIDER)), 302)
            elif url.path == PROVIDER:
                answer = RedirectResponse(str(url.replace(hostname="localhost", path=SIGNED_IN)), 302)
            elif url.path == SIGNED_IN:
                answer = RedirectResponse("/", 302)
                answer.set_cookie(SIGNED, "yes", samesite="lax", httponly=True)
        await answer(scope, receive, send)


def pages() -> None:
    if SIGNED in st.context.cookies:
        runpy.run_path(str(FRAME))
        return
    message = ForwardMsg()
    message.auth_redirect.url = f"{SIGN_IN}?provider=one"
    get_script_run_ctx().enqueue(message)
    st.stop()


if get_script_run_ctx() is None:
    app = st.App(Path(__file__), middleware=[*door(), Middleware(SignIn)])
else:
    pages()
