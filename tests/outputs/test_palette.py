"""The colours can be told apart: from the background by contrast, from each other also by colour-blind readers."""

import itertools
import re
import tomllib
from pathlib import Path

import numpy as np
import pytest

from model.outputs.charts import palette

ROOT = Path(__file__).parents[2]
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
COMPARED = {"base": palette.BASE, "scenario": palette.SCENARIO, "minimum": palette.MINIMUM}
BACKGROUNDS = [*palette.BACKGROUND.values(), *palette.PANEL.values()]

# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
SIGHT = {
    "full": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio, 1 to 21."""
    dark, light = sorted(float(TO_XYZ[1] @ linear(colour)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    x, y, z = TO_XYZ @ np.clip(rgb, 0, 1) / [0.9505, 1, 1.089]
    f = [np.cbrt(v) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z)]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_the_contrast_ratio_is_the_published_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("colour", [*palette.TIERS.values(), *COMPARED.values()])
def test_a_colour_stands_out_from_every_background(colour, background):
    assert contrast(colour, background) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_reads_on_its_own_backgrounds(theme):
    for background in (palette.BACKGROUND[theme], palette.PANEL[theme]):
        assert contrast(palette.INK[theme], background) >= 7
        assert contrast(palette.QUIET_INK[theme], background) >= 4.5
        assert contrast(THEME[theme]["linkColor"], background) >= 4.5
        assert contrast(THEME[theme]["primaryColor"], background) >= 3
    assert contrast("#ffffff", THEME[theme]["primaryColor"]) >= 4.5, "white on a primary button"


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("colours", [palette.TIERS, COMPARED], ids=["tiers", "compared"])
def test_colours_of_one_chart_differ_for_colour_blind_readers(colours, sight):
    for one, other in itertools.combinations(colours.values(), 2):
        seen = [lab(SIGHT[sight] @ linear(colour)) for colour in (one, other)]
        assert np.linalg.norm(seen[0] - seen[1]) >= 20, (one, other)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_uses_the_palette(theme):
    assert THEME[theme]["backgroundColor"] == palette.BACKGROUND[theme]
    assert THEME[theme]["secondaryBackgroundColor"] == palette.PANEL[theme]
    assert THEME[theme]["textColor"] == palette.INK[theme]
    assert THEME["chartCategoricalColors"] == [
        *[palette.SCENARIO, palette.BASE, palette.MINIMUM],
        *palette.TIERS.values(),
    ]


def test_a_spreadsheet_reads_on_its_colours():
    assert contrast(palette.INK["light"], palette.SHEET["input"]) >= 7
    assert contrast(palette.BACKGROUND["light"], palette.SHEET["wrong"]) >= 4.5
    assert contrast(palette.SHEET["good"], palette.BACKGROUND["light"]) >= 4.5


def test_no_page_brings_a_colour_of_its_own():
    files = [
        path for room in ("views", "model") for path in (ROOT / room).rglob("*.*") if path.suffix in (".py", ".css")
    ]
    written = {colour.lower() for path in files for colour in re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text("utf-8"))}
    by_theme = [palette.BACKGROUND, palette.PANEL, palette.INK, palette.QUIET_INK, palette.SHEET]
    assert written == {*palette.TIERS.values(), *COMPARED.values(), *(c for pair in by_theme for c in pair.values())}
