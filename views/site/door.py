"""What stands before Streamlit: who is answered, under which headers, where a sign-in leads."""

import base64
import binascii
from urllib.parse import SplitResult, urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from views.site.health import Health
from views.site.moving_cards import MovingCards

METRICS = "/_stcore/metrics"
"""Where Streamlit tells anybody its memory and sessions."""
SIGN_IN, SIGNED_IN = "/auth/login", "/oauth2callback"
"""Where Streamlit's sign-in begins, and where the provider sends the reader back to."""
WAY_BACK, MOST_SECONDS = "frontline_way_back", 900
"""The cookie that remembers during a sign-in which address asked for it, and the seconds that it stays."""
# Streamlit's scripts and the charts need inline code, code made at run time and workers of their own.
SOURCES = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "worker-src": "'self' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' data: blob:",
    "frame-src": "'self' data: blob:",
    "frame-ancestors": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}
HEADERS = {
    "content-security-policy": "; ".join(f"{what} {where}" for what, where in SOURCES.items()),
    "x-frame-options": "SAMEORIGIN",
    "x-content-type-options": "nosniff",
    # An address carries a plan.
    "referrer-policy": "same-origin",
}


def door() -> list[Middleware]:
    """The middleware: known hosts and origins, headers, ways back from a sign-in, health, moving cards."""
    hosts = st.get_option("server.allowedHosts") or ["*"]
    return [
        Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
        Middleware(Door, hosts=hosts),
        Middleware(WayBack),
        Middleware(Health),
        Middleware(MovingCards),
    ]


class Door:
    """Refuses pages of other hosts and questions about the server; adds the headers to every answer.

    Streamlit would ask an outside host for its own address to judge a foreign origin.
    """

    def __init__(self, app: ASGIApp, hosts: list[str]):
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif not self._is_known_origin(Headers(scope=scope)):
            await PlainTextResponse("Unknown origin", 403)(scope, receive, send)
        elif scope["path"].endswith(METRICS):
            await PlainTextResponse("Not found", 404)(scope, receive, send)
        else:
            await self.app(scope, receive, _with_headers(send))

    def _is_known_origin(self, headers: Headers) -> bool:
        """Whether a request comes from a page of this server, or from no page."""
        origin = headers.get("origin")
        if origin is None or "*" in self.hosts:
            return True
        name = _parts_of(origin).hostname
        return name in {urlsplit(f"//{headers.get('host', '')}").hostname, *self.hosts}


def _parts_of(url: str) -> SplitResult:
    """The parts of an address; of one that is none, empty parts."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _with_headers(send: Send) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sender


class WayBack:
    """Leads back from a sign-in to the address that asked for it, with the plan in it.

    Streamlit itself leads to the first page, without the address's parameters. The browser names the page that it comes
    from; a page of this server alone is remembered, by its path.
    """

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        if path.endswith(SIGN_IN):
            await self.app(scope, receive, _remembering(Headers(scope=scope), path.removesuffix(SIGN_IN), send))
        elif path.endswith(SIGNED_IN):
            await self.app(scope, receive, _leading_back(Request(scope), path.removesuffix(SIGNED_IN), send))
        else:
            await self.app(scope, receive, send)


def _remembering(headers: Headers, base: str, send: Send) -> Send:
    """Sends an answer with the cookie that remembers the page it was asked from."""
    page = _parts_of(headers.get("referer", ""))
    way = page._replace(scheme="", netloc="", fragment="").geturl()
    if page.netloc != headers.get("host") or not _is_here(way, base):
        return send
    kept = base64.urlsafe_b64encode(way.encode()).decode()
    return _with_cookie(send, kept, base, MOST_SECONDS)


def _leading_back(request: Request, base: str, send: Send) -> Send:
    """Sends an answer that leads to the page remembered, if any, and forgets it."""
    try:
        way = base64.urlsafe_b64decode(request.cookies.get(WAY_BACK, "")).decode()
    except (binascii.Error, UnicodeDecodeError):
        way = ""

    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if headers.get("location") == f"{base}/":
                headers["location"] = way
        await send(message)

    return _with_cookie(sender, "", base, 0) if _is_here(way, base) else send


def _is_here(way: str, base: str) -> bool:
    """Whether a path with its parameters is one of this server, and no way to another."""
    is_path = way.startswith(f"{base}/") and not way.startswith(("//", "/\\"))
    return is_path and way.isascii() and way.isprintable()


def _with_cookie(send: Send, value: str, base: str, seconds: int) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            cookie = f"{WAY_BACK}={value}; Path={base}/; Max-Age={seconds}; HttpOnly; SameSite=Lax"
            MutableHeaders(scope=message).append("set-cookie", cookie)
        await send(message)

    return sender
