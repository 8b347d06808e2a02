"""What a reader is told who opens a scenario that another version of the model saved."""

from dataclasses import dataclass

from model.files.scenario_head import saved_version
from model.outputs.words import text
from model.version import MODEL_VERSION
from model.version.changes import LAST_UNMARKED, Release, parts, releases_since


@dataclass(frozen=True)
class ReleaseNotice:
    """One release in one language: its title, what became of the numbers, and what else changed."""

    title: str
    about_numbers: tuple[str, ...]
    about_use: tuple[str, ...]


@dataclass(frozen=True)
class VersionNotice:
    """A sentence, and under it the releases since, the newest first.

    There are none where the file is newer than the model.
    """

    sentence: str
    releases: tuple[ReleaseNotice, ...]


def version_notice(original: str, language: str) -> VersionNotice | None:
    """The notice for the text of a scenario file; None where this version saved it."""
    return notice_since(saved_version(original), language)


def notice_since(saved: str | None, language: str) -> VersionNotice | None:
    """The notice for what a version saved (None: it does not say); None where it is this version."""
    if saved == MODEL_VERSION:
        return None
    is_newer = _is_newer(saved)
    sentence = text(
        f"changes.{'newer' if is_newer else 'older'}", language, saved=_name(saved, language), now=MODEL_VERSION
    )
    releases = () if is_newer else tuple(_release(release, language) for release in releases_since(saved))
    return VersionNotice(sentence, releases)


def version_line(file: str, original: str, language: str) -> str | None:
    """The notice in one line: the file's name and how many releases since changed figures.

    None as of `version_notice`.
    """
    saved = saved_version(original)
    if saved == MODEL_VERSION:
        return None
    told = {"file": file, "saved": _name(saved, language), "now": MODEL_VERSION}
    if _is_newer(saved):
        return text("changes.line_newer", language, **told)
    since = releases_since(saved)
    changed = sum(release.numbers == "changed" for release in since)
    return text("changes.line_older", language, **told, releases=len(since), changed=changed)


def _is_newer(saved: str | None) -> bool:
    return saved is not None and parts(saved) > parts(MODEL_VERSION)


def _name(saved: str | None, language: str) -> str:
    return saved or text("changes.unmarked", language, version=LAST_UNMARKED)


def _release(release: Release, language: str) -> ReleaseNotice:
    about_numbers = tuple(change[language] for change in release.about_numbers)
    return ReleaseNotice(
        text("changes.release", language, version=release.version, day=release.day),
        about_numbers or (text("changes.unchanged", language),),
        tuple(change[language] for change in release.about_use),
    )
