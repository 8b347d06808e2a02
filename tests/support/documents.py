"""What a command prints with --json, held to the schema that ships."""

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from model.command_line.listings import SCHEMA


@cache
def validator() -> Draft202012Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def envelope(printed: str | bytes) -> dict[str, Any]:
    """The document in a text; AssertionError where it breaks the schema or holds what is no JSON number."""
    document = json.loads(printed, parse_constant=_no_number)
    faults = [(list(fault.absolute_path), fault.message) for fault in validator().iter_errors(document)]
    assert faults == [], faults[:5]
    return document


def result(printed: str | bytes) -> dict[str, Any]:
    """The result in the document of a command."""
    return envelope(printed)["result"]


def _no_number(word: str) -> float:
    raise AssertionError(f"{word} in the document")
