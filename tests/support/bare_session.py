"""A session of the app without a browser: the framework's own protocol over a web socket."""

import re
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from ssl import SSLContext
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

PATIENCE_SECONDS = 120
MOST_BYTES = 50_000_000


@contextmanager
def session(
    url: str,
    trust: SSLContext | None = None,
    headers: Sequence[tuple[str, str]] = (),
    cookies: Mapping[str, str] | None = None,
) -> Iterator[ClientConnection]:
    """An open session at the address of a server of this machine, whatever its name; `trust` is for HTTPS.

    With the `cookies` of a browser it is signed in as that is."""
    address, place = url.replace("http", "ws", 1) + "/_stcore/stream", urlsplit(url)
    here = socket.create_connection(("localhost", place.port or 0))
    origin = Origin(f"{place.scheme}://{place.netloc}")
    kept, protocols = dict(cookies or {}), [Subprotocol("streamlit")]
    sent = [*headers, ("Cookie", "; ".join(f"{name}={value}" for name, value in kept.items()))]
    if token := kept.get("_streamlit_xsrf"):
        protocols.append(Subprotocol(token))
    with connect(
        address,
        sock=here,
        ssl=trust,
        origin=origin,
        subprotocols=protocols,
        additional_headers=sent if kept else list(headers),
        max_size=MOST_BYTES,
    ) as opened:
        yield opened


def visit(opened: ClientConnection, page: str = "", **address: str) -> list[ForwardMsg]:
    """Draw a page at an address; what the server sent until the page was whole."""
    return _answers(opened, _question(page, address))


def act(opened: ClientConnection, does: Mapping[str, str | bool], page: str = "", **address: str) -> list[ForwardMsg]:
    """Draw the page again after what a browser, honest or not, says was done: by a widget's id a text typed, or True
    for a button pressed."""
    ask = _question(page, address)
    for id, what in does.items():
        widget = ask.rerun_script.widget_states.widgets.add(id=id)
        if isinstance(what, bool):
            widget.trigger_value = what
        else:
            widget.string_value = what
    return _answers(opened, ask)


@dataclass(frozen=True)
class Drawn:
    """A page as it was sent, for what is done on it next."""

    sent: Sequence[ForwardMsg]

    @cached_property
    def _fragments(self) -> dict[str, str]:
        """The fragment of each widget by the widget's id."""
        found = {}
        for message in self.sent:
            for id in re.findall(r'id: "(\$\$ID-[^"]+)"', str(message)):
                found[id] = message.delta.fragment_id
        return found

    def widget(self, key: str) -> tuple[str, str]:
        """The id of the widget whose key begins so, and its fragment."""
        return next((id, fragment) for id, fragment in self._fragments.items() if f"-{key}" in id)


def move(opened: ClientConnection, page: Drawn, key: str, to: float) -> list[ForwardMsg]:
    """Move a slider, by the beginning of its key; what the server sent until all that follows it was drawn."""
    ask = BackMsg()
    id, ask.rerun_script.fragment_id = page.widget(key)
    ask.rerun_script.context_info.locale = "zh-CN"
    ask.rerun_script.widget_states.widgets.add(id=id).double_array_value.data.append(to)
    return _answers(opened, ask)


def widgets(sent: Sequence[ForwardMsg]) -> dict[str, str]:
    """The ids of the widgets that were sent, disabled ones too, by their keys."""
    found = re.findall(r'id: "(\$\$ID-[0-9a-f]+-([^"]+))"', "".join(map(str, sent)))
    return {key: id for id, key in found}


def _question(page: str, address: Mapping[str, str]) -> BackMsg:
    ask = BackMsg()
    ask.rerun_script.query_string = urlencode(address)
    ask.rerun_script.page_name = page
    ask.rerun_script.context_info.locale = "zh-CN"
    return ask


def _answers(opened: ClientConnection, ask: BackMsg) -> list[ForwardMsg]:
    opened.send(ask.SerializeToString())
    sent: list[ForwardMsg] = []
    while not sent or not _is_end(sent[-1]):
        sent.append(ForwardMsg.FromString(opened.recv(timeout=PATIENCE_SECONDS)))
    return sent


def _is_end(message: ForwardMsg) -> bool:
    """Whether a page is whole; a run that ended for another one did not draw it."""
    is_over = message.WhichOneof("type") == "script_finished"
    return is_over and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
