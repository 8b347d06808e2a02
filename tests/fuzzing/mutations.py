"""Inputs that are nearly right: good ones with bytes, numbers, lines or parts of their ZIP changed."""

import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable, Sequence

NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
ODD_NUMBERS = [b"nan", b"inf", b"-inf", b"1e309", b"-1", b"0", b"1e-320", b"9" * 400, b"0x10", b"1_0", b"-0.0", b"1/0"]
ODD_SIGNS = [b"", b"\0", b"\r", b"\n\n", b",,", b'"', b"'''", b"[[", b"]]", b"{", b"=", b"%ff", b"%00", b"&#0;", b"]]>"]
ODD_TEXTS = [one.encode() for one in ("１２", "½", "，", "“", "：", "\u200b", "\ufeff", "\u202e", "层级", "<a>", "../")]
ODD = [*ODD_NUMBERS, *ODD_SIGNS, *ODD_TEXTS, b"\xff\xfe", b"A" * 3_000, b"true", b"1979-05-27", b"None"]
Change = Callable[[bytes, random.Random], bytes]


def mutated(good: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """One input with some changes; of a ZIP often one part is changed and all packed again, which a reader opens."""
    if good[:2] == b"PK" and chance.random() < 0.8:
        return _in_a_part(good, others, chance)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 12))):
        good = chance.choice(CHANGES)(good, chance) if chance.random() < 0.9 else _spliced(good, others, chance)
    return good


def _in_a_part(good: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(good)) as packed:
        parts = [(entry.filename, packed.read(entry)) for entry in packed.infolist()]
    for _ in range(chance.choice((1, 1, 2, 3))):
        at = chance.randrange(len(parts))
        name, data = parts[at]
        how = chance.random()
        if how < 0.8:
            parts[at] = name, mutated(data, [part for _, part in parts], chance)
        elif how < 0.87 and len(parts) > 1:
            del parts[at]
        elif how < 0.94:
            parts.insert(at, (name if chance.random() < 0.5 else f"x/{name}", data))
        else:
            parts[at] = name, data * chance.choice((2, 20, 200))
    packed_again = io.BytesIO()
    warnings.simplefilter("ignore", UserWarning)  # of parts of one name
    with zipfile.ZipFile(packed_again, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in parts:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(entry, data[:20_000_000])
    return packed_again.getvalue()


def _spliced(good: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    other = chance.choice(others)
    start, end = _place(other, chance)
    at, after = _place(good, chance)
    return good[:at] + other[start:end] + good[after:]


def _place(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + int(chance.expovariate(1 / 12)))


def _flipped(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + data[end:]


def _ended(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _repeated(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + data[start:end] * chance.choice((2, 3, 50, 2_000)) + data[end:]


def _odd(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + chance.choice(ODD) + data[end:]


def _odd_number(data: bytes, chance: random.Random) -> bytes:
    numbers = list(NUMBER.finditer(data[:200_000]))
    if not numbers:
        return _odd(data, chance)
    at = chance.choice(numbers)
    others = chance.uniform(-1e6, 1e6), chance.randrange(10**9)
    value = chance.choice([*ODD_NUMBERS, *(str(one).encode() for one in others)])
    return data[: at.start()] + value + data[at.end() :]


def _lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    if chance.random() < 0.5:
        lines[one], lines[other] = lines[other], lines[one]
    else:
        lines.insert(one, lines[other])
    return b"\n".join(lines)


CHANGES: tuple[Change, ...] = (_flipped, _cut, _ended, _repeated, _odd, _odd_number, _odd_number, _lines)
