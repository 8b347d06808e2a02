"""Votes of the room: tapped in over a question, shown beside the truth over its answer."""

from pathlib import Path

import streamlit as st

from model.outputs.phrasing.markup import Markup, element
from model.outputs.phrasing.numbers import percent
from model.outputs.story.layout import Box, QuestionCard, places_of, question_card
from model.outputs.story.story import ANSWER, QUESTION, Question, Slide
from model.outputs.words import text

VOTES = "votes"
"""Key of the session: votes by question and option."""
Votes = list[list[int]]
_ballot = st.components.v2.component(
    "frontline_ballot",
    html=element("div", class_="votes"),
    js=Path(__file__).with_name("votes.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def draw(slide: Slide, bottom: float, language: str) -> None:
    """Over a question the options to tap, over its answer the votes that were tapped in."""
    if slide.id not in (QUESTION, ANSWER):
        return
    boxes = places_of(slide, bottom).questions
    cards = [question_card(question, box) for question, box in zip(slide.questions, boxes, strict=True)]
    votes = _votes(slide)
    if slide.id == QUESTION:
        _tap(slide, cards, votes, language)
    elif any(map(sum, votes)):
        told = (_told(*one, language) for one in zip(slide.questions, cards, votes, strict=True))
        st.html(element("div", *told, class_="votes"))


def _votes(slide: Slide) -> Votes:
    """The votes on a slide's questions; none where those that were tapped in are on others."""
    votes: Votes = st.session_state.get(VOTES, [])
    is_same = [len(one) for one in votes] == [len(question.options) for question in slide.questions]
    return votes if is_same else [[0] * len(question.options) for question in slide.questions]


def _tap(slide: Slide, cards: list[QuestionCard], votes: Votes, language: str) -> None:
    def keep() -> None:
        counts = st.session_state.ballot.get("counts")
        if isinstance(counts, list):
            st.session_state[VOTES] = counts

    _ballot(
        key="ballot",
        data={
            "counts": votes,
            "options": [
                [[option, _box(line.box)] for option, line in zip(question.options, card.options, strict=True)]
                for question, card in zip(slide.questions, cards, strict=True)
            ],
            "totals": [_box(card.prompt.box) for card in cards],
            "words": {word: text(f"present.vote_{word}", language) for word in ("more", "fewer", "total", "clear")},
        },
        on_counts_change=keep,
    )


def _told(question: Question, card: QuestionCard, votes: list[int], language: str) -> Markup:
    """The votes of each option in its corner, and how many expected the truth."""
    total, right = sum(votes), sum(votes[k] for k in question.right)
    corners = (
        element("div", element("b", str(n or "")), class_="vote at", style=_box(line.box))
        for n, line in zip(votes, card.options, strict=True)
    )
    share = percent(right / total) if total else ""
    said = text("present.vote_right", language, total=total, right=right, share=share) if total else ""
    return Markup("".join([*corners, element("p", said, class_="vote-total at", style=_box(card.prompt.box))]))


def _box(box: Box) -> str:
    return f"--l:{box.left:.1f};--t:{box.top:.1f};--w:{box.width:.1f};--h:{box.height:.1f};--s:24"
