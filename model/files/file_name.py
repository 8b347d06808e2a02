"""Stems of file names, made from any text, that are good on Windows, macOS and Linux alike."""

import re
import unicodedata

UNNAMED = "scenario"
MOST_BYTES = 96

_MOST_FOREIGN_BYTES = 200
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\ud800-\udfff]')
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}


def stem_of(name: str) -> str:
    """A stem for any name: its letters and digits, of whatever script, in no more than 96 bytes.

    >>> [stem_of(name) for name in ("下沉到县（2022）", "../../etc/passwd", "CON", "Q1: 50 %?", "🙂")]
    ['下沉到县-2022', 'etc-passwd', 'con-1', 'q1-50', 'scenario']
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name[:1000]).lower())
    words = re.sub(r"[\W_]+", "-", plain).strip("-")
    stem = words.encode()[:MOST_BYTES].decode(errors="ignore").strip("-") or UNNAMED
    return f"{stem}-1" if stem in _DEVICES else stem


def is_safe(stem: str) -> bool:
    """Whether a stem from outside names one file of its folder, on every system.

    >>> is_safe("Plan (2)"), is_safe("../plan"), is_safe("C:plan"), is_safe("nul.old")
    (True, False, False, False)
    """
    return (
        bool(stem)
        and not stem.startswith(".")
        and not _UNSAFE.search(stem)
        and len(stem.encode()) <= _MOST_FOREIGN_BYTES
        and stem.split(".")[0].rstrip(" ").lower() not in _DEVICES
    )


def folded(name: str) -> str:
    """One key for names that some system takes for the same: without capitals and composed letters."""
    return unicodedata.normalize("NFC", name).casefold()
