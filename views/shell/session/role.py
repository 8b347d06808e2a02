"""Who sits at a session, signed in or named by a proxy, and whether he may save."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import streamlit as st

from model.files.problem import Problem, shown
from model.files.roles import SETTING, read_roles
from model.outputs.phrasing.problems import sentence, what
from model.outputs.words import text

HEADER = "FRONTLINE_USER_HEADER"
"""The variable that names the header in which a trusted proxy says who is signed in; no other header is believed."""
LONGEST_NAME = 80


@dataclass(frozen=True)
class User:
    """Who is signed in: his name, and the address that the list may know; empty where he has none."""

    name: str
    address: str


class Lock(TypedDict):
    """How a button looks that only a planner may press."""

    disabled: bool
    help: str | None


def user() -> User | None:
    """Who is signed in at this session; None where nobody is."""
    return _named_by_proxy() or _signed_in()


def refusals() -> tuple[Problem, ...]:
    """Why this session may save nothing, by the list as it is now; empty where it may."""
    named = os.environ.get(SETTING)
    if not named and not _has_sign_in():
        return ()
    who = user()
    if named:
        path = Path(named).expanduser()
        try:
            roles, problems = read_roles(path.read_bytes(), path.name)
        except OSError as error:
            return (Problem("roles_unreadable", path.name, given=shown(error.strerror or "")),)
        if roles is None:
            return problems
        if who and not roles.is_planner(who.address):
            return (Problem("not_a_planner", "", given=who.name),)
    return () if who else (Problem("not_signed_in", ""),)


def is_viewer() -> bool:
    """Whether this session may look and try, and save nothing."""
    return bool(refusals())


def lock(language: str, help: str | None = None, *, disabled: bool = False) -> Lock:
    """How a button looks that saves: for a viewer it cannot be pressed, and says why and whom to ask."""
    if problems := refusals():
        return Lock(disabled=True, help=_in_words(problems[0], language))
    return Lock(disabled=disabled, help=help)


def say(language: str) -> None:
    """Say to a viewer that he is one and why; nothing to a planner."""
    if problems := refusals():
        st.text(_in_words(problems[0], language))


def wrong_list(language: str) -> list[str]:
    """That the list of planners cannot be used, and so nobody may save; nothing where it can."""
    return [_in_words(problem, language) for problem in refusals() if problem.code.startswith("roles_")]


def sign_in(language: str) -> None:
    """A button to sign in, where nobody is signed in and a provider is set up."""
    auth = _auth()
    if not auth or user():
        return
    providers = [None] if "client_id" in auth else [name for name, one in auth.items() if isinstance(one, Mapping)]
    for name in providers:
        args = () if name is None else (name,)
        st.button(text("plans.sign_in", language), key=f"sign-in-{name or ''}", on_click=st.login, args=args)


def sign_out(language: str) -> None:
    """Who is signed in, and a button to sign out, where he signed in here and not at the proxy."""
    if _named_by_proxy() or not (who := _signed_in()):
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.text(text("plans.signed_in", language, name=who.name), width="stretch")
        st.button(text("plans.sign_out", language), key="sign-out", on_click=st.logout)


def _in_words(problem: Problem, language: str) -> str:
    return sentence(problem, language) if problem.file else what(problem, language)


def _named_by_proxy() -> User | None:
    """Whom the proxy names, where one is trusted; nobody where the header came twice."""
    header = os.environ.get(HEADER)
    if not header:
        return None
    given = st.context.headers.get_all(header)
    name = shown(_as_sent(given[0]).strip(), LONGEST_NAME) if len(given) == 1 else ""
    return User(name, name) if name else None


def _as_sent(value: str) -> str:
    """The text of a header: the server reads its bytes as Latin letters, a Chinese name comes in UTF-8."""
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return value


def _signed_in() -> User | None:
    """Who signed in here; an address that the provider itself calls unverified is not one."""
    if not getattr(st.user, "is_logged_in", False):
        return None
    claims = st.user.to_dict()
    name = next((str(claims[key]) for key in ("name", "email", "sub") if claims.get(key)), "")
    email = claims.get("email") if _is_verified(claims.get("email_verified", True)) else ""
    address = claims.get("sub") if claims.get("email") is None else email
    return User(shown(name, LONGEST_NAME), str(address or ""))


def _is_verified(claim: object) -> bool:
    """Whether a provider vouches for an address; some say so as a text.

    >>> [_is_verified(claim) for claim in (True, "true", False, "false", None, 0, 1)]
    [True, True, False, False, False, False, False]
    """
    return claim is True or claim == "true"


def _has_sign_in() -> bool:
    """Whether a save needs a sign-in: one is set up, or may be, in a file that cannot be read."""
    if os.environ.get(HEADER):
        return True
    return bool(_auth()) if _has_secrets() else any(map(os.path.exists, st.get_option("secrets.files")))


def _auth() -> Mapping[str, object]:
    """What is set up of a sign-in; nothing where none is."""
    return st.secrets.get("auth", {}) if _has_secrets() else {}


def _has_secrets() -> bool:
    """Whether the file in which a sign-in is set up is there and can be read."""
    try:
        return st.secrets.load_if_toml_exists()
    except OSError:
        return False
