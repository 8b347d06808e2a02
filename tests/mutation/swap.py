"""A mutant put into modules that are already loaded: the functions keep their place, and get other code."""

import ast
import inspect
import sys
from functools import cached_property
from pathlib import Path
from types import FunctionType, ModuleType

from mutants import Mutant


def can_swap(path: str, mutant: Mutant) -> bool:
    """Whether a change lies in a function, or one of a class, that no module has used while it was loaded."""
    statement = mutant.tree.body[mutant.way[0][1] or 0]
    if isinstance(statement, ast.ClassDef):
        statement = statement.body[mutant.way[1][1] or 0]
    return isinstance(statement, ast.FunctionDef) and Path(path).name != "kept.py"


def swap(path: str, mutant: Mutant) -> None:
    """Give the function or class in which the mutant lies the mutant's code."""
    module = sys.modules[path.removesuffix(".py").replace("/", ".")]
    statement = mutant.tree.body[mutant.way[0][1] or 0]
    _take_over(module, _loaded(module, mutant.source), statement.name)  # type: ignore[attr-defined]


def swap_all(path: str) -> None:
    """Give every function and class of a module its own code again, to see that swapping alone breaks nothing."""
    module = sys.modules[path.removesuffix(".py").replace("/", ".")]
    source = Path(path).read_text(encoding="utf-8")
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            _take_over(module, _loaded(module, source), statement.name)


def _loaded(module: ModuleType, source: str) -> dict[str, object]:
    """The names of a module with other source."""
    names: dict[str, object] = {"__name__": module.__name__, "__file__": module.__file__}
    exec(compile(source, str(module.__file__), "exec"), names)
    return names


def _take_over(module: ModuleType, names: dict[str, object], name: str) -> None:
    old, new = getattr(module, name), names[name]
    if not isinstance(old, type):
        _take_code(old, new)
        return
    for part, value in vars(new).items():
        before = vars(old).get(part)
        for one, other in ((_code_of(before), _code_of(value)),):
            if one is not None and other is not None:
                _take_code(one, other)
            elif isinstance(value, int | float | str):
                setattr(old, part, value)


def _code_of(value: object) -> object:
    """The function that a member of a class is, or wraps."""
    if isinstance(value, property):
        return value.fget
    if isinstance(value, cached_property):
        return value.func
    if isinstance(value, classmethod | staticmethod):
        return value.__func__
    return value if isinstance(value, FunctionType) else None


def _take_code(old: object, new: object) -> None:
    one, other = inspect.unwrap(old), inspect.unwrap(new)  # type: ignore[arg-type]
    one.__code__, one.__defaults__, one.__kwdefaults__ = other.__code__, other.__defaults__, other.__kwdefaults__
