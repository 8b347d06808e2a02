"""The command that packs Frontline, and all it is made of, for machines without internet."""

import argparse
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from string import Template

from model.command_line.application.server import APP
from model.command_line.arguments import WRONG
from model.command_line.export import refuse
from model.command_line.terminal import complain, progress, say
from model.outputs.phrasing.library_sentences import unwritten
from model.outputs.words import text
from model.version import MODEL_VERSION

WHEELS, FILES = "wheels", Path(__file__).with_name("offline")
LAST_LINES = 3
"""Lines of what a program said before it gave up that are repeated."""


@dataclass(frozen=True)
class Platform:
    """A kind of machine: its name for uv, its tags in the names of wheels, the file that starts the app."""

    name: str
    tags: tuple[str, ...]
    start: str


def _linux(processor: str) -> tuple[str, ...]:
    """The tags of wheels that a Linux of 2018 or newer takes (glibc 2.28)."""
    return (*(f"manylinux_2_{minor}_{processor}" for minor in (28, 27, 17)), f"manylinux2014_{processor}")


PLATFORMS: Mapping[str, Platform] = {
    "windows": Platform("x86_64-pc-windows-msvc", ("win_amd64",), "start.bat"),
    "linux": Platform("x86_64-manylinux_2_28", _linux("x86_64"), "start.sh"),
    "linux-arm": Platform("aarch64-manylinux_2_28", _linux("aarch64"), "start.sh"),
    "macos": Platform("aarch64-apple-darwin", ("macosx_12_0_arm64", "macosx_11_0_arm64"), "start.command"),
}
THIS_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


class Failed(Exception):
    """A program that did not do its part; its message ends in what the program said last."""


def _bundle(chosen: argparse.Namespace, language: str) -> int:
    """Gather the wheels and write the ZIP; the exit code."""
    missing = [name for name in ("uv", "pip") if find_spec(name) is None]
    if not (APP.parent / "pyproject.toml").exists():
        complain(text("bundle.no_sources", language))
        return WRONG
    if missing:
        complain(text("bundle.missing", language, programs=", ".join(missing)))
        return WRONG
    out, platform = Path(chosen.out), PLATFORMS[chosen.platform]
    try:
        with tempfile.TemporaryDirectory(dir=out.absolute().parent, prefix=".frontline-") as folder:
            wheels = Path(folder) / WHEELS
            with progress(language) as tick:
                for place in _gather(platform, chosen.python, wheels):
                    tick(place)
            part = Path(folder) / "bundle.zip"
            pack(part, wheels, platform, chosen.python)
            os.replace(part, out)
            count = len([*wheels.iterdir()])
    except Failed as failed:
        complain(text("bundle.failed", language, reason=str(failed)))
        return WRONG
    except OSError as failed:
        return refuse(out.absolute().parent, unwritten(failed, out, language), language)
    size = f"{out.stat().st_size / 1e6:,.0f}"
    say(text("bundle.written", language, file=out, size=size, count=count, python=chosen.python, start=platform.start))
    return 0


def _gather(platform: Platform, python: str, wheels: Path) -> Iterator[float]:
    """Put the wheel of these sources, and of every package it needs, into a folder; yield the share done."""
    wheels.mkdir()
    pins = wheels.with_name("pins.txt")
    pin(platform, python, pins)
    yield 0.2
    tags = [part for tag in platform.tags for part in ("--platform", tag)]
    kind = ("--no-deps", "--only-binary", ":all:", "--implementation", "cp", "--python-version", python)
    with ThreadPoolExecutor(1) as beside:
        own = beside.submit(_pip, "wheel", "-q", "--no-deps", APP.parent, "-w", wheels)
        _pip("download", "-q", *kind, *tags, "-r", pins, "-d", wheels)
        yield 0.9
        own.result()


def pin(platform: Platform, python: str, out: Path) -> None:
    """Write which release of every package such a machine needs, of those that have a wheel for it.

    uv knows what another system needs; pip would look at this one's.
    """
    from uv import find_uv_bin

    which = ("--python-platform", platform.name, "--python-version", python, "--only-binary", ":all:")
    _run(find_uv_bin(), "pip", "compile", "-q", APP.parent / "pyproject.toml", *which, "--no-header", "-o", out)


def _pip(*arguments: str | Path) -> None:
    _run(sys.executable, "-m", "pip", *arguments)


def _run(*command: str | Path) -> None:
    """Run a program quietly; raise `Failed` with its last words."""
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, encoding="utf-8", errors="replace")
    if done.returncode:
        said = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        raise Failed("\n".join(said[-LAST_LINES:]))


def pack(out: Path, wheels: Path, platform: Platform, python: str) -> None:
    """Write the ZIP: the wheels, the file that starts the app, and what to do with them."""
    values = {"python": python, "version": MODEL_VERSION, "start": platform.start}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for wheel in sorted(wheels.iterdir()):
            packed.write(wheel, f"{WHEELS}/{wheel.name}")
        for name, source, ends in _texts(platform.start):
            words = Template((FILES / source).read_text(encoding="utf-8")).substitute(values)
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (0o755 if name == platform.start else 0o644) << 16
            packed.writestr(entry, words.replace("\n", ends).encode("utf-8-sig" if name.endswith(".txt") else "utf-8"))


def _texts(start: str) -> Sequence[tuple[str, str, str]]:
    """Name in the ZIP, file that it is made from, and end of a line."""
    windows = start.endswith(".bat")
    ends = "\r\n" if windows else "\n"
    return ((start, "start.bat" if windows else "start.sh", ends), ("README.txt", "README.txt", ends))


def add_bundle(parser: argparse.ArgumentParser, language: str) -> None:
    """The arguments of the command."""
    platforms = text("bundle.platform", language)
    parser.add_argument("--for", dest="platform", choices=[*PLATFORMS], required=True, help=platforms)
    python = text("bundle.python", language)
    parser.add_argument("--python", choices=PYTHONS, default=THIS_PYTHON, help=python)
    out = text("bundle.out", language)
    parser.add_argument("--out", metavar="ZIP", default="frontline-offline.zip", help=out)


RUNS = {"bundle": _bundle}
