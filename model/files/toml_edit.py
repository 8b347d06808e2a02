"""Single values changed in a TOML text; every other character stays, comments and order included."""

import json
import tomllib
from collections.abc import Mapping

from model.files.toml_layout import Layout, Statement, layout
from model.files.toml_layout import Path as Key

Plain = str | float | list | Mapping


def with_value(text: str, key: Key, value: Plain, comment: str = "") -> str:
    r"""The text with `value` at `key`, in the place of the value that stands there.

    Where none stands there, a new line with the comment follows the last one of its table, or opens a new table at the
    end.

    >>> with_value("a = 1 # mine\n[t]\nb = 2\n\n# of u\n[u]\n", ("t", "c"), 0.5, "people")
    'a = 1 # mine\n[t]\nb = 2\nc = 0.5  # people\n\n# of u\n[u]\n'
    """
    places = layout(text)
    inside = [statement for statement in places.statements if statement.path[: len(key)] == key]
    if isinstance(value, Mapping) and any(len(statement.path) > len(key) for statement in inside):
        return _with_entries(text, key, value)
    if around := _inline_table_around(text, places, key):
        return _with_part(text, around, key, value)
    if [statement.path for statement in inside] == [key]:
        place = inside[0].value
        return text[: place.start] + literal(value, _line_break(text)) + text[place.end :]
    # A plain value that stands where the key needs a table is dropped.
    plain = next((s.path for s in places.statements if s.path == key[: len(s.path)]), key)
    return _inserted(without(text, plain), key, value, comment)


def without(text: str, key: Key) -> str:
    r"""The text without a key and all keys below it, and without tables that this empties.

    >>> without("a = 1\n[t] # about t\nb = 2\n# end\n", ("t", "b"))
    'a = 1\n# end\n'
    """
    places = layout(text)
    if around := _inline_table_around(text, places, key):
        return _with_part(text, around, key, None)
    for header in reversed(places.headers):
        own = [statement for statement in places.statements if statement.table == header.path]
        below = [statement for statement in own if statement.path[: len(key)] == key]
        for statement in reversed(below):
            text = text[: statement.start] + text[statement.end :]
        if (below and len(below) == len(own)) or header.path[: len(key)] == key:
            text = _without_gap(text[: header.start], text[header.end :])
    for statement in reversed([statement for statement in places.statements if not statement.table]):
        if statement.path[: len(key)] == key:
            text = text[: statement.start] + text[statement.end :]
    return text


def _without_gap(before: str, after: str) -> str:
    """Two texts joined where a table was taken out, with one empty line between them, none at the end."""
    if before.endswith(("\n\n", "\n\r\n")):
        after = after.lstrip("\r\n")
        before = before if after else before.rstrip("\r\n") + _line_break(before)
    return before + after


def literal(value: Plain, line_break: str = "") -> str:
    r"""A value in TOML, whole numbers without a point.

    A text of several lines is written as such where a line break is given.

    >>> literal({"zh": '他说"好"', "share": 0.4, "people": -100.0})
    '{ zh = "他说\\"好\\"", share = 0.4, people = -100 }'
    """
    if isinstance(value, Mapping):
        entries = ", ".join(f"{_key((name,))} = {literal(entry)}" for name, entry in value.items())
        return f"{{ {entries} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(literal(entry) for entry in value)}]"
    if isinstance(value, str):
        if line_break and "\n" in value:
            lines = line_break.join(_quoted(line)[1:-1] for line in value.split("\n"))
            return f'"""{line_break}{lines}"""'
        return _quoted(value)
    return str(int(value)) if value == int(value) else repr(float(value))


def _quoted(text: str) -> str:
    """A text as a basic TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _key(key: Key) -> str:
    """A dotted key, its parts quoted where TOML asks for it."""
    bare = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
    return ".".join(part if part and not part.strip(bare) else _quoted(part) for part in key)


def _line_break(text: str) -> str:
    """The line break that a text uses."""
    return "\r\n" if "\r\n" in text else "\n"


def _with_entries(text: str, key: Key, value: Mapping) -> str:
    """The text with a table of several lines changed entry by entry."""
    old = _at(tomllib.loads(text), key)
    for name in old.keys() - value.keys():
        text = without(text, (*key, name))
    for name, entry in value.items():
        if name not in old or old[name] != entry:
            text = with_value(text, (*key, name), entry)
    return text


def _inline_table_around(text: str, places: Layout, key: Key) -> Statement | None:
    """The statement whose inline table holds `key` or would hold it; None where there is none."""
    for statement in places.statements:
        is_around = len(statement.path) < len(key) and statement.path == key[: len(statement.path)]
        if is_around and text[statement.value.start] == "{":
            return statement
    return None


def _with_part(text: str, around: Statement, key: Key, value: Plain | None) -> str:
    """The text with an inline table written anew, a part of it changed or taken out.

    A table that this empties is taken out too.
    """
    whole = _at(tomllib.loads(text), around.path)
    changed = _changed(whole, key[len(around.path) :], value)
    if not changed:
        return without(text, around.path)
    return text[: around.value.start] + literal(changed) + text[around.value.end :]


def _changed(table: Mapping, key: Key, value: Plain | None) -> dict:
    """A table with another value at a key below it; None takes the key out."""
    rest = {name: entry for name, entry in table.items() if name != key[0]}
    if len(key) > 1:
        below = table.get(key[0])
        value = _changed(below if isinstance(below, Mapping) else {}, key[1:], value) or None
    if value is None:
        return rest
    return {**table, key[0]: value}


def _at(tree: Mapping, key: Key) -> Mapping:
    """The table at a key."""
    for part in key:
        tree = tree[part]
    return tree


def _inserted(text: str, key: Key, value: Plain, comment: str) -> str:
    """The text with a new line for a key that it does not hold."""
    places, line_break = layout(text), _line_break(text)
    tail = f"{literal(value, line_break)}{f'  # {comment}' if comment else ''}{line_break}"
    table = key[:-1]
    siblings = [s for s in places.statements if s.table == table] or [
        s for s in places.statements if table and s.path[: len(table)] == table and len(s.table) < len(table)
    ]
    headers = [header for header in places.headers if header.path == table]
    if siblings:
        at, name = siblings[-1].end, key[len(siblings[-1].table) :]
    elif headers:
        at, name = headers[0].end, key[-1:]
    elif not table:
        at, name = 0, key
    else:
        gap = "" if not text.strip() or text.endswith(line_break * 2) else line_break
        return f"{_ended(text, line_break)}{gap}[{_key(table)}]{line_break}{_key(key[-1:])} = {tail}"
    return f"{_ended(text[:at], line_break)}{_key(name)} = {tail}{text[at:]}"


def _ended(text: str, line_break: str) -> str:
    """A text whose last line has a line break."""
    return text if not text or text.endswith("\n") else text + line_break
