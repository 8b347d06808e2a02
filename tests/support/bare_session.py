"""A session of the app without a browser: the framework's own protocol over a web socket."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ssl import SSLContext
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

PATIENCE_SECONDS = 120
MOST_BYTES = 50_000_000


@contextmanager
def session(url: str, trust: SSLContext | None = None) -> Iterator[ClientConnection]:
    """An open session at the address of a server of this machine, whatever its name; `trust` is for HTTPS."""
    address, place = url.replace("http", "ws", 1) + "/_stcore/stream", urlsplit(url)
    here = socket.create_connection(("localhost", place.port or 0))
    origin = Origin(f"{place.scheme}://{place.netloc}")
    with connect(
        address, sock=here, ssl=trust, origin=origin, subprotocols=[Subprotocol("streamlit")], max_size=MOST_BYTES
    ) as opened:
        yield opened


def visit(opened: ClientConnection, page: str = "", **address: str) -> list[ForwardMsg]:
    """Draw a page at an address; what the server sent until the page was whole."""
    ask = BackMsg()
    ask.rerun_script.query_string = urlencode(address)
    ask.rerun_script.page_name = page
    ask.rerun_script.context_info.locale = "zh-CN"
    opened.send(ask.SerializeToString())
    sent = []
    while not sent or sent[-1].WhichOneof("type") != "script_finished":
        sent.append(ForwardMsg.FromString(opened.recv(timeout=PATIENCE_SECONDS)))
    return sent
