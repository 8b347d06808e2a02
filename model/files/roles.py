"""Who may save on a server that many share: the planners whom `roles.toml` lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from model.files.problem import Problem, shown
from model.files.toml_text import read_toml

SETTING = "FRONTLINE_ROLES"
"""The variable that names the list; without it, whoever may open the pages may save."""
KEY, ALL_OF = "planners", "*@"
"""The only key of the list, and how an entry begins that stands for all addresses of one office."""


@dataclass(frozen=True)
class Roles:
    """The planners, by whole addresses, or by `*@office.cn` all of an office; all others are viewers.

    >>> roles = Roles(("li@hunan.cn", "*@office.cn"))
    >>> roles.is_planner("Li@Hunan.cn"), roles.is_planner("wang@office.cn"), roles.is_planner("wang@hunan.cn")
    (True, True, False)
    """

    planners: tuple[str, ...]

    def is_planner(self, address: str) -> bool:
        """Whether whoever signed in with this address may save; never without an address."""
        name = _folded(address)
        office = ALL_OF + name.rpartition("@")[2] if "@" in name else ""
        return bool(name) and not {name, office}.isdisjoint(map(_folded, self.planners))


def _folded(address: str) -> str:
    """An address in small letters; one beyond ASCII stays as it is, so that no two become one."""
    return address.strip().lower() if address.isascii() else address.strip()


@lru_cache(maxsize=8)
def read_roles(data: bytes, file: str) -> tuple[Roles | None, tuple[Problem, ...]]:
    """The planners in the bytes of a list, or none and the problems.

    A problem names the line and never what stands there, which is not for all who open a page.
    """
    document, faults = read_toml(data, file)
    if document is None or faults:
        return None, tuple(Problem("roles_no_toml", file, line=fault.line) for fault in faults[:1])
    tree: Mapping[str, object] = document.tree
    if others := [key for key in tree if key != KEY]:
        return None, (Problem("roles_key_unknown", file, given=shown(others[0])),)
    planners = tree.get(KEY)
    if not isinstance(planners, list) or not all(_is_entry(one) for one in planners):
        return None, (Problem("roles_planners_wrong", file),)
    return Roles(tuple(planners)), ()


def _is_entry(one: object) -> bool:
    """Whether an entry is a name or an office; a star elsewhere would let in whom nobody meant."""
    if not isinstance(one, str) or not one.strip():
        return False
    name = one.strip()
    office = name.removeprefix(ALL_OF)
    return "*" not in office and (office == name or (bool(office) and "@" not in office))
