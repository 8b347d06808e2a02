"""What every answer of the Decide page is drawn with: the sentence to read out, pictures with their tables, files."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from typing import TypeVar

import pandas as pd
import streamlit as st

from model.outputs.answers.answer_table import Banded, Cell, Chance, Table, capital
from model.outputs.charts.palette import BASE, MINIMUM, SCENARIO, TIERS
from model.outputs.phrasing.numbers import count
from model.outputs.phrasing.sentences import Clause
from model.outputs.words import text
from model.projection.results import DrawsCount
from model.scenario.scenario import Scenario
from model.version import MODEL_VERSION
from views.shell.session import session, work

Answer = TypeVar("Answer")
DRAWS = 4096
"""As many as every other page takes, so that a plan adopted here has the same figures there."""
KEPT = "answers"
LOOKS = {
    "decide.key_better": f"background:{SCENARIO}",
    "decide.key_worse": f"background:{MINIMUM}",
    "decide.key_whole": f"background:{BASE}",
    "decide.key_now": f"background:{BASE};opacity:0.45",
    "decide.key_known": f"background:{SCENARIO}",
    "decide.key_middle": "background:currentColor;border-radius:50%;width:10px",
    "decide.key_worst": f"background:{MINIMUM};width:4px;height:16px",
    "decide.key_band": "background:currentColor;opacity:0.6;height:5px",
    "decide.dot_found": f"background:{SCENARIO};border-radius:50%;width:10px",
    "decide.dot_chosen": "background:currentColor;border-radius:50%;width:10px",
    "decide.dot_own": f"background:{MINIMUM};transform:rotate(45deg);border-radius:0;width:10px",
    **{f"terms.tier_{tier}": f"background:{colour}" for tier, colour in TIERS.items()},
}
"""What the keys of a legend look like, by their phrase."""
_TEXT = ' class="text"'


@dataclass(frozen=True)
class Made:
    """What an answer was asked of, and the draws behind it."""

    scenario: Scenario
    draws: DrawsCount
    seed: int


def answer(
    name: str, scenario: Scenario, settings: Hashable, do: Callable[[work.Tick], Answer]
) -> tuple[Answer | None, Scenario, bool]:
    """The answer to a question about a scenario, the scenario it is about, and whether it is the one asked for: while
    that is worked out, the one before stays, and says so."""
    question = (scenario, settings)
    found = work.answer(name, question, do)
    kept = st.session_state.setdefault(KEPT, {})
    if found is not None:
        kept[name] = (found, scenario)
        return found, scenario, True
    if name in kept:
        st.caption(text("decide.still_shown", session.language()))
    return *kept.get(name, (None, scenario)), False


def said(sentence: str) -> None:
    """The answer in one sentence."""
    st.html(f'<p class="answer" role="status">{escape(capital(sentence))}</p>')


def clauses(parts: Iterable[Clause], language: str) -> None:
    end = text("plan.sentence_end", language)
    rows = "".join(f"<p><b>{escape(capital(part.head))}</b>{escape(part.body + end)}</p>" for part in parts)
    st.html(f'<div class="words">{rows}</div>')


def heading(title: str, more: str = "") -> None:
    small = f"<small>{escape(more)}</small>" if more else ""
    st.html(f'<h3 class="chart-title">{escape(title)}{small}</h3>', width="content")


def notes(*lines: str) -> None:
    """What an answer rests on and where it ends."""
    st.html(f'<div class="limits">{"".join(f"<p>{escape(line)}</p>" for line in lines if line)}</div>')


def picture(name: str, title: str, frame: pd.DataFrame, spec: Mapping, alt: str, more: str = "") -> None:
    heading(title, more)
    st.vega_lite_chart(frame, spec, key=f"decide-{name}", alt=alt)


def legend(*keys: str) -> None:
    language = session.language()
    spans = "".join(
        f'<span><i class="box" style="{LOOKS[key]}"></i>{escape(text(key, language))}</span>' for key in keys
    )
    st.html(f'<div class="legend">{spans}</div>')


def drawn(made: Made, language: str) -> str:
    """How an answer was made."""
    return text(
        "decide.made",
        language,
        drawn=count(made.draws.drawn),
        kept=count(made.draws.kept),
        seed=made.seed,
        version=MODEL_VERSION,
    )


def table(shown: Table, language: str, kind: str = "") -> None:
    """A short table as text; chances are shaded by how likely they are."""
    words = [all(isinstance(row[column], str) for row in shown.rows) for column in range(len(shown.heads))]
    heads = "".join(
        f'<th scope="col"{_TEXT if is_text else ""}>{escape(capital(head))}</th>'
        for head, is_text in zip(shown.heads, words, strict=True)
    )
    rows = "".join(
        f'<tr><th scope="row"{_TEXT}>{escape(capital(first))}</th>{"".join(map(_cell, cells, raw))}</tr>'
        for (first, *cells), (_, *raw) in zip(shown.written(language), shown.rows, strict=True)
    )
    st.html(
        f'<div class="scroll" tabindex="0"><table class="figures {kind}"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _cell(written: str, raw: Cell) -> str:
    shade = f' style="--share:{raw.share:.0%}"' if isinstance(raw, Chance) else ""
    words = _TEXT if isinstance(raw, str) else ""
    band = raw.span(session.language()) if isinstance(raw, Banded) else ""
    return f"<td{shade}{words}>{escape(written)}{f'<small>{escape(band)}</small>' if band else ''}</td>"


def titled(name: str, shown: Table, made: Made, language: str, kind: str = "") -> None:
    """A table under its title, with its file beside that."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
        heading(text(f"decide.{name}", language), shown.unit)
        download(name, shown, made, language)
    table(shown, language, kind)


def folded(name: str, shown: Table, made: Made, language: str, kind: str = "") -> None:
    """A table folded away under its title; nothing for an empty one."""
    if shown.rows:
        title = text(f"decide.{name}", language)
        title = text("prefectures.heading_unit", language, name=title, unit=shown.unit) if shown.unit else title
        with st.expander(title, key=f"folded-{name}"):
            table(shown, language, kind)
            download(name, shown, made, language)


def download(name: str, shown: Table, made: Made, language: str) -> None:
    """The table as a file; an answer does not depend on the plan's name, so that comes from the current one."""
    scenario = replace(made.scenario, name=session.scenario().name)
    st.download_button(
        text("decide.download", language),
        data=lambda: shown.to_csv(scenario, made.draws, made.seed, date.today().isoformat(), language),
        file_name=text(f"decide.file_{name}", language),
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"download-{name}",
    )
