"""The build backend: setuptools, for a wheel on a copy in which everything lies in one package, `frontline`.

In this folder `model` and `views` stand at the top, and `pip install -e .` uses them there. Among the packages of an
environment such names would collide with others', so the wheel has `frontline.model` and `frontline.views`, with app,
shipped scenarios and settings beside them.
"""

import ast
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from setuptools import build_meta
from setuptools.build_meta import (
    build_editable,
    get_requires_for_build_editable,
    get_requires_for_build_sdist,
    get_requires_for_build_wheel,
    prepare_metadata_for_build_editable,
)

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
]

ROOT = Path(__file__).parents[1]
BESIDE = ("pyproject.toml", "README.md", "LICENSE", "CHANGES.md", ".packaging/backend.py")
IMPORTED = re.compile(r"^(\s*(?:>>> )?(?:from|import) )(?=(?:model|views)\b)", re.MULTILINE)
QUOTED = re.compile(r'"(?=(?:model|views)[."])')
FACES = {
    "__init__.py": (
        '"""Frontline (一线): `from frontline import Scenario, project`, or the command `frontline app`."""\n'
        "from frontline.model import *\nfrom frontline.model import __all__, __version__\n"
    ),
    "__main__.py": (
        '"""`python -m frontline`: the command line."""\n\n'
        'from frontline.model.command_line.main import run\n\nif __name__ == "__main__":\n    run()\n'
    ),
}


def build_wheel(
    wheel_directory: str, config_settings: dict | None = None, metadata_directory: str | None = None
) -> str:
    """Build the wheel of the one package."""

    def stage(folder: Path) -> None:
        copy(folder / "frontline")
        for name in ("README.md", "LICENSE"):
            shutil.copy(ROOT / name, folder / name)
        for path in (folder / "frontline").rglob("*.py"):
            path.write_text(IMPORTED.sub(r"\1frontline.", path.read_text(encoding="utf-8")), encoding="utf-8")
        for name, text in FACES.items():
            (folder / "frontline" / name).write_text(text, encoding="utf-8")
        (folder / "pyproject.toml").write_text(project_of_one_package(), encoding="utf-8")

    with staged(stage):
        return build_meta.build_wheel(wheel_directory, config_settings)


def build_sdist(sdist_directory: str, config_settings: dict | None = None) -> str:
    """Build the archive of the sources that a wheel is built from, tests left out."""

    def stage(folder: Path) -> None:
        copy(folder)
        for name in BESIDE:
            (folder / name).parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
        (folder / "MANIFEST.in").write_text("graft .\n", encoding="utf-8")

    with staged(stage):
        return build_meta.build_sdist(sdist_directory, config_settings)


def copy(folder: Path) -> None:
    """Copy what the app is made of: code, data, shipped scenarios, settings; nobody's own plans and secrets."""
    for name in ("model", "views"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "app.py", folder / "app.py")
    for name in ("scenarios", ".streamlit"):
        (folder / name).mkdir()
    shutil.copy(ROOT / ".streamlit" / "config.toml", folder / ".streamlit" / "config.toml")
    for stem in shipped():
        shutil.copy(ROOT / "scenarios" / f"{stem}.toml", folder / "scenarios" / f"{stem}.toml")


def shipped() -> set[str]:
    """Stems of the scenarios that ship, as the library names them."""
    library = ast.parse((ROOT / "model" / "files" / "library" / "library.py").read_text(encoding="utf-8"))
    named = next(
        one for one in library.body if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == "SHIPPED"
    )
    assert isinstance(named.value, ast.Call)
    return ast.literal_eval(named.value.args[0])


def project_of_one_package() -> str:
    """The project's table with `frontline` before every name, and its own data."""
    text = QUOTED.sub('"frontline.', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    text = text.replace("\npackages = [\n", '\npackages = [\n    "frontline",\n', 1)
    data = '"frontline" = ["scenarios/*.toml", ".streamlit/*.toml"]\n'  # folders of data, and no packages
    return text.replace("[tool.setuptools.package-data]\n", f"[tool.setuptools.package-data]\n{data}", 1)


@contextmanager
def staged(stage: Callable[[Path], None]) -> Iterator[None]:
    """Work in a folder that `stage` has filled, and come back."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        stage(Path(folder))
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)
