"""What every answer of the Decide page is drawn with: sentence, pictures with tables, files."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

import pandas as pd
import streamlit as st

from model.outputs.answers.answer_table import Banded, Cell, Chance, Table, capital
from model.outputs.charts.palette import BASE, MINIMUM, SCENARIO, TIERS
from model.outputs.phrasing.markup import Markup, element, unbroken
from model.outputs.phrasing.numbers import count
from model.outputs.phrasing.sentences import Clause
from model.outputs.words import text
from model.projection.base_year import follows_from
from model.projection.results import DrawsCount
from model.scenario.scenario import Scenario
from model.version import MODEL_VERSION
from views.shell.session import last, session, work

Answer = TypeVar("Answer")
DRAWS = 4096
"""As many as every other page takes, so that a plan adopted here has the same figures there."""
ANSWER = "answer"
"""What the key of the session for the last answer of a question begins with."""
LOOKS = {
    "explain.key_better": f"background:{SCENARIO}",
    "explain.key_worse": f"background:{MINIMUM}",
    "explain.whole": f"background:{BASE}",
    "ask_first.key_now": f"background:{BASE};opacity:0.45",
    "ask_first.key_known": f"background:{SCENARIO}",
    "decide.key_middle": "background:currentColor;border-radius:50%;width:10px",
    "robust.key_worst": f"background:{MINIMUM};width:4px;height:16px",
    "decide.key_band": "background:currentColor;opacity:0.6;height:5px",
    "frontier.dot_found": f"background:{SCENARIO};border-radius:50%;width:10px",
    "frontier.dot_chosen": "background:currentColor;border-radius:50%;width:10px",
    "frontier.dot_own": f"background:{MINIMUM};transform:rotate(45deg);border-radius:0;width:10px",
    **{f"terms.tier_{tier}": f"background:{colour}" for tier, colour in TIERS.items()},
}
"""What the keys of a legend look like, by their phrase."""
TEXT = "text"
"""The class of a cell of words."""


@dataclass(frozen=True)
class Origin:
    """The scenario that an answer is about, and the draws behind it."""

    scenario: Scenario
    draws: DrawsCount
    seed: int


def about_current(name: str, do: Callable[[Scenario, work.Tick], Answer]) -> Answer | None:
    """The answer to a question about the current plan; None while there is none."""
    scenario = session.scenario().without_texts
    result, *_ = answer(name, scenario, (), lambda tick: do(scenario, tick))
    return result


def answer(
    name: str, scenario: Scenario, settings: Hashable, do: Callable[[work.Tick], Answer]
) -> tuple[Answer | None, Scenario, bool]:
    """The answer to a question, the scenario it is about, and whether that is the one asked for.

    While that is worked out, the answer before stays if it is of the same base year, and says so.
    """
    result, key = work.answer(name, (follows_from(scenario), settings), do), f"{ANSWER}-{name}"
    if result is not None:
        last.keep(key, (result, scenario), scenario)
        return result, scenario, True
    before: tuple[Answer, Scenario] | None = last.kept(key, scenario)
    if before is None:
        return None, scenario, False
    st.caption(text("decide.still_shown", session.language()))
    return *before, False


def sentences(*lines: str) -> None:
    """The answer in one sentence to read out, and what else is to say in smaller type."""
    first, *others = lines
    st.html(element("p", capital(first), class_="answer", role="status"))
    for line in others:
        st.text(capital(line))


def clauses(parts: Iterable[Clause], language: str) -> None:
    """Sentences under a head of one word each."""
    end = text("plan.sentence_end", language)
    rows = (element("p", element("b", capital(part.head)), part.body + end) for part in parts)
    st.html(element("div", *rows, class_="words"))


def heading(title: str, more: str = "") -> None:
    """The title over a picture or table, in small type what its figures are in."""
    small = [element("small", more)] if more else []
    st.html(element("h3", title, *small, class_="chart-title"), width="content")


def notes(lines: Sequence[str], origin: Origin, language: str) -> None:
    """What an answer rests on and where it ends, last the draws behind it."""
    draws = text(
        "decide.made",
        language,
        drawn=count(origin.draws.drawn),
        kept=count(origin.draws.kept),
        seed=origin.seed,
        version=MODEL_VERSION,
    )
    st.html(element("div", *(element("p", line) for line in (*lines, draws) if line), class_="limits"))


def picture(name: str, title: str, frame: pd.DataFrame, spec: dict, alt: str, more: str = "") -> None:
    """A chart under its title."""
    heading(title, more)
    st.vega_lite_chart(frame, spec, key=f"decide-{name}", alt=alt)


def legend(*keys: str) -> None:
    """The keys of a chart, by their phrases."""
    language = session.language()
    spans = (
        element("span", element("i", class_="box", style=LOOKS[key]), capital(text(key, language))) for key in keys
    )
    st.html(element("div", *spans, class_="legend"))


def table(shown: Table, language: str, kind: str = "") -> None:
    """A short table as text; chances are shaded by how likely they are."""
    words = [all(isinstance(row[column], str) for row in shown.rows) for column in range(len(shown.heads))]
    heads = [
        element("th", unbroken(capital(head)), scope="col", class_=TEXT if is_text else "")
        for head, is_text in zip(shown.heads, words, strict=True)
    ]
    rows = [
        element("tr", element("th", unbroken(capital(first)), scope="row", class_=TEXT), *map(_cell, cells, raw))
        for (first, *cells), (_, *raw) in zip(shown.written(language), shown.rows, strict=True)
    ]
    inside = element("thead", element("tr", *heads)), element("tbody", *rows)
    figures = element("table", *inside, class_=f"figures {kind}")
    st.html(element("div", figures, class_="scroll", tabindex="0"))


def _cell(written: str, raw: Cell) -> Markup:
    language = session.language()
    band = [element("small", raw.span(language))] if isinstance(raw, Banded) and not raw.is_point(language) else []
    attributes = {"style": f"--share:{raw.share:.0%}"} if isinstance(raw, Chance) else {}
    if isinstance(raw, str):
        attributes["class_"] = TEXT
    return element("td", written, *band, **attributes)


def titled(name: str, shown: Table, origin: Origin, language: str, kind: str = "") -> None:
    """A table under its title, with its file beside that."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
        heading(shown.title, shown.unit)
        download(name, shown, origin, language)
    table(shown, language, kind)


def folded(name: str, shown: Table, origin: Origin, language: str, kind: str = "") -> None:
    """A table folded away under its title; nothing for an empty one."""
    if shown.rows:
        with st.expander(shown.caption(language), key=f"folded-{name}"):
            table(shown, language, kind)
            download(name, shown, origin, language)


def download(name: str, shown: Table, origin: Origin, language: str) -> None:
    """The table as a file, under the name of the current plan.

    An answer does not depend on the plan's name.
    """
    scenario = replace(origin.scenario, name=session.scenario().name)
    st.download_button(
        text("decide.download", language),
        data=lambda: shown.to_csv(scenario, origin.draws, origin.seed, date.today().isoformat(), language),
        file_name=shown.file,
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"download-{name}",
    )
