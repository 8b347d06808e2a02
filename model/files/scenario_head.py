"""What the top of a scenario file says, read without the rest: its name, and what saved it."""

import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress

from model.files.problem import Problem
from model.files.toml_text import decoded
from model.version.changes import VERSION

VERSION_KEY = "model_version"
"""The key under which a saved file names the model version that saved it."""
_OTHER_TABLE = re.compile(r"^\[(?!\s*name\s*\])", re.MULTILINE)


def saved_version(text: str) -> str | None:
    """The model version that a scenario file names; None where it names none or cannot be read.

    >>> saved_version('model_version = "1.2.0"'), saved_version("schema = 1")
    ('1.2.0', None)
    """
    try:
        version = tomllib.loads(text).get(VERSION_KEY)
    except (ValueError, RecursionError):
        return None
    return version if isinstance(version, str) and VERSION.fullmatch(version) else None


def name_in(data: bytes) -> Mapping[str, str]:
    """The name that the top of a scenario file gives, by language; empty where none can be read there.

    Much quicker than reading the whole file, whose other faults it does not see.
    """
    text = decoded(data)
    if isinstance(text, Problem):
        return {}
    name: object = ""
    for part in (_OTHER_TABLE.split(text, maxsplit=1)[0], text):  # a text of several lines may look like a table
        with suppress(ValueError, RecursionError):
            name = tomllib.loads(part).get("name", "")
            break
    by_language = name if isinstance(name, dict) else {language_of(name): name} if isinstance(name, str) else {}
    return {one: word for one, word in by_language.items() if one in ("zh", "en") and word and isinstance(word, str)}


def language_of(text: str) -> str:
    """ "zh" for a text with a Chinese character, else "en"."""
    return "zh" if re.search(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]", text) else "en"
