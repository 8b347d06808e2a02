"""What is installed lies in one package, with app, shipped scenarios and command, and runs away from this folder."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from model.files.library import SHIPPED
from model.version import MODEL_VERSION

pytest.importorskip("setuptools", "77")
ROOT = Path(__file__).parents[1]
ALONE = "import sys; sys.modules.update(model=None, views=None); "
"""Makes every import of the names as they are in this folder fail."""


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """The folder with wheel and source archive, made from a copy with somebody's own plan and secrets in it."""
    copy, out = tmp_path_factory.mktemp("project") / "copy", tmp_path_factory.mktemp("built")
    ignored = shutil.ignore_patterns("__pycache__", ".git", "tests", ".venv", "build", "*.egg-info")
    shutil.copytree(ROOT, copy, ignore=ignored)
    (copy / "scenarios" / "own-plan.toml").write_text("schema = 1\n", encoding="utf-8")
    (copy / ".streamlit" / "secrets.toml").write_text("a = 1\n", encoding="utf-8")
    code = f"import backend; backend.build_wheel({str(out)!r}); backend.build_sdist({str(out)!r})"
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy / ".packaging")},
        check=True,
        capture_output=True,
    )
    return out


@pytest.fixture(scope="module")
def site(built, tmp_path_factory) -> Path:
    """A folder of installed packages with the wheel in it."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        wheel.extractall(folder)
    return folder


def run(site: Path, code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    data = {"XDG_DATA_HOME": str(site.parent / "data"), "HOME": str(site.parent), "PYTHONIOENCODING": "utf-8"}
    clean = {name: value for name, value in os.environ.items() if name != "FRONTLINE_SCENARIOS"}
    return subprocess.run(
        [sys.executable, "-c", ALONE + code, *arguments],
        cwd=site.parent,
        env={**clean, "PYTHONPATH": str(site), **data, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.by_night
def test_the_wheel_has_one_name_and_nobodys_own_files(built):
    names = zipfile.ZipFile(next(built.glob("*.whl"))).namelist()
    assert {name.split("/")[0] for name in names} == {"frontline", f"frontline-{MODEL_VERSION}.dist-info"}
    scenarios = {Path(name).stem for name in names if name.startswith("frontline/scenarios/")}
    assert scenarios == SHIPPED and not any("secrets" in name or "own-plan" in name for name in names)
    here = {path.relative_to(ROOT).as_posix() for top in ("model", "views") for path in (ROOT / top).rglob("*.*")}
    kept = {name for name in here if "__pycache__" not in name and "/." not in name}
    assert {f"frontline/{name}" for name in kept | {"app.py", ".streamlit/config.toml"}} <= set(names)


def test_the_archive_of_sources_builds_the_same_wheel(built, tmp_path):
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path, filter="data")
    folder = next(tmp_path.iterdir())
    assert not (folder / "scenarios" / "own-plan.toml").exists()
    code = f"import backend; backend.build_wheel({str(tmp_path)!r})"
    environment = {**os.environ, "PYTHONPATH": str(folder / ".packaging")}
    subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment, check=True, capture_output=True)
    one, other = (zipfile.ZipFile(next(place.glob("*.whl"))) for place in (built, tmp_path))
    assert {one.getinfo(name).CRC for name in one.namelist() if name.startswith("frontline/")} == {
        other.getinfo(name).CRC for name in other.namelist() if name.startswith("frontline/")
    }


@pytest.mark.by_night
def test_the_installed_command_projects_and_names_itself(site):
    points = (site / f"frontline-{MODEL_VERSION}.dist-info" / "entry_points.txt").read_text(encoding="utf-8")
    module, function = points.split("=")[1].strip().split(":")
    start = f"from {module} import {function} as run; run()"
    shipped = str(site / "frontline" / "scenarios" / "sink-to-counties.toml")
    done = run(site, start, "project", shipped, "--draws", "256", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["result"]["measures"]["visits"]["total"]["difference"]["p50"] > 0
    helped = run(site, "import runpy; sys.argv[0] = 'x'; runpy.run_module('frontline', run_name='__main__')", "--help")
    assert "python -m frontline" in helped.stdout and "python -m model" not in helped.stdout


def test_python_has_the_same_names(site):
    code = (
        "import frontline; from frontline import Scenario, WrongScenario, load, project; "
        "print(frontline.__version__, project(Scenario(), draws=512).measures['staff'].total.base.p50)"
    )
    done = run(site, code)
    assert done.stdout.split() == [MODEL_VERSION, "2359.0"], done.stderr


@pytest.mark.by_night
def test_the_installed_app_opens_with_a_library_of_the_users_own(site):
    code = (
        "from streamlit.testing.v1 import AppTest; import frontline; "
        "app = AppTest.from_file(frontline.__path__[0] + '/app.py', default_timeout=120); "
        "app.run(); assert not app.exception, app.exception; "
        "from frontline.model.files.library import Library; print(Library().folder, *sorted(Library().names()))"
    )
    done = run(site, code)
    assert done.returncode == 0, done.stderr
    folder, *names = done.stdout.split()
    assert Path(folder) == site.parent / "data" / "frontline" / "scenarios" and set(names) == SHIPPED
    (Path(folder) / "base-year.toml").unlink()
    again = run(site, "from frontline.model.files.library import Library; print(*Library().names())")
    assert set(again.stdout.split()) == SHIPPED - {"base-year"}, "what a person deletes stays deleted"
    where = "from frontline.model.files.library import library_folder; print(library_folder())"
    named = run(site, where, FRONTLINE_SCENARIOS="/x")
    assert named.stdout.strip() == str(Path("/x"))


def test_the_build_backend_is_the_one_that_is_tested():
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]
    assert (build["build-backend"], build["backend-path"]) == ("backend", [".packaging"])
