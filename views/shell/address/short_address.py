"""Addresses that every proxy takes: they carry a key of what is too long for them."""

import json
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from model.files.library.kept_texts import keep, kept

KEPT = "kept"
"""Parameter of the address: the key of what it does not carry itself."""
MOST_BYTES = 1_800
"""Longest address, encoded and without host and page: proxies stop at 4 kB and more, mail programs at 2 kB."""
PROSE = ("name", "note", "reason", "author", "reading", "staff_list", "assumptions")
"""Parameters that are kept first, by their first part: decisions stay in sight as long as they fit."""
_ORIGINAL, _PARAMETERS = "original", "parameters"


class Address(NamedTuple):
    """What an address says: its parameters and the text of the file that its plan came from.

    `is_lacking` says that parts of it are kept on another server, or no longer.
    """

    parameters: Mapping[str, str]
    original: str = ""
    is_lacking: bool = False


def shortened(address: Address) -> dict[str, str]:
    """The parameters of an address that is short enough."""
    parameters = dict(address.parameters)
    if not address.original and _size(parameters) <= MOST_BYTES:
        return parameters
    away = {key for key in parameters if key.partition(".")[0] in PROSE}
    rest = {key: value for key, value in parameters.items() if key not in away}
    # Of the rest no more than must, the longest tables first: what a slider moves stays, and one key serves its steps.
    tables = {table: _size(_of_table(rest, table)) for table in dict.fromkeys(map(_table, rest))}
    for table in sorted(tables, key=lambda table: -tables[table]):
        if _size(rest) <= MOST_BYTES:
            break
        away |= _of_table(rest, table).keys()
        rest = {key: value for key, value in rest.items() if key not in away}
    kept_parts = {key: parameters[key] for key in sorted(away)}
    text = json.dumps({_PARAMETERS: kept_parts, _ORIGINAL: address.original}, ensure_ascii=False)
    return {**rest, KEPT: keep(text)}


def whole(parameters: Mapping[str, str]) -> Address:
    """The address that some parameters stand for; one of before says all by itself."""
    if KEPT not in parameters:
        return Address(parameters)
    others = {key: value for key, value in parameters.items() if key != KEPT}
    try:
        found = json.loads(kept(parameters[KEPT]) or "")
        kept_parts = {str(key): str(value) for key, value in dict(found[_PARAMETERS]).items()}
        return Address({**kept_parts, **others}, str(found[_ORIGINAL]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return Address(others, is_lacking=True)


def _table(key: str) -> str:
    """The table that a parameter stands in: `staff.moves` of `staff.moves.county.xiangxi`."""
    return ".".join(key.split(".")[:2])


def _of_table(parameters: Mapping[str, str], table: str) -> dict[str, str]:
    return {key: value for key, value in parameters.items() if _table(key) == table}


def _size(parameters: Mapping[str, str]) -> int:
    return len(urlencode(parameters, errors="replace"))
