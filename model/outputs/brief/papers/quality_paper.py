"""The quality sheet of a plan: what its figures rest on, how they are tested, and who stands for them."""

from collections.abc import Iterator

from model.files.scenario_head import saved_version
from model.files.toml_text import decoded
from model.outputs.brief import brief_tables
from model.outputs.brief.papers.paper import Grid, Heading, Paper, Paragraph, Part, paper
from model.outputs.compare.comparison import measure_name
from model.outputs.handout.handout import Handout
from model.outputs.phrasing.numbers import MINUS
from model.outputs.phrasing.table import Table
from model.outputs.phrasing.typesetting import clipped
from model.outputs.phrasing.version_notice import notice_since
from model.outputs.stability.sentence import sentence as stability_sentence
from model.outputs.stability.table import overview
from model.outputs.story.marks import assumption_mark, named
from model.outputs.story.story_notes import range_with_unit
from model.outputs.story.teller import NAME_EMS
from model.outputs.words import text
from model.version import MODEL_VERSION
from model.year.measures import HEADLINES

SIGNED_BY = ("made", "checked", "approved")
"""Who signs, in the order of signing."""
ROOM = 40
"""Height of a row to sign in, in points."""


def quality_sheet(handout: Handout) -> Paper:
    """The quality sheet of a plan, or of the base year where nothing is decided."""
    title = _word("title", handout, name=clipped(handout.passport.name, NAME_EMS))
    return paper(title, _parts(handout), handout.passport, handout.made_on, handout.language)


def _word(key: str, handout: Handout, **values: object) -> str:
    return text(f"paper.quality_{key}", handout.language, **values)


def _heads(handout: Handout, *keys: str) -> tuple[str, ...]:
    return tuple(_word(f"column_{key}", handout) for key in keys)


def _parts(handout: Handout) -> Iterator[Part]:
    scenario, language = handout.projection.scenario, handout.language
    yield Heading(_word("made", handout))
    yield Grid(_word("made_table", handout), Table(_heads(handout, "item", "content"), handout.passport.rows, words=2))
    yield Heading(_word("rests", handout))
    weights = _weights(handout)
    others = len(handout.baseline.assumptions) - len(weights.rows)
    yield Paragraph(_word("rests_note", handout, others=others))
    yield Grid(_word("rests_table", handout), weights)
    yield Heading(_word("tested", handout))
    holdouts = brief_tables.holdouts(handout)
    if holdouts.rows:
        yield Grid(_word("tested_table", handout), Table(holdouts.heads, holdouts.rows))
    else:
        yield Paragraph(_word("tested_none", handout))
    if scenario.levers:
        yield Heading(text("paper.stability", language))
        yield Paragraph(stability_sentence(handout.stability, scenario, handout.baseline, language))
        yield Grid(_word("stability_table", handout), overview(handout.stability, language))
    yield Heading(_word("model", handout))
    yield from _model(handout)
    yield Heading(_word("signed", handout))
    rows = tuple((_word(f"signed_{who}", handout), "", "") for who in SIGNED_BY)
    yield Grid(_word("signed_table", handout), Table(_heads(handout, "who", "name", "day"), rows, words=3), ROOM)


def _weights(handout: Handout) -> Table:
    """The assumptions that the headlines rest on, whose figures they are and how much they weigh."""
    projection, language, ours = handout.projection, handout.language, handout.baseline.assumptions
    weights: dict[str, list[str]] = {}
    for measure in HEADLINES:
        name = measure_name(measure, (projection,), language)
        for id, rank in projection.measures[measure].rests_on:
            weights.setdefault(id, []).append(f"{name} {rank:.2f}".replace(" -", f" {MINUS}"))
    changed = projection.scenario.assumptions
    rows = []
    for id in dict.fromkeys((*changed, *weights)):
        quality = named(assumption_mark(id, handout.baseline, changed), language)
        written = range_with_unit(id, handout.baseline, changed, language)
        weight = text("plan.list_comma", language).join(weights.get(id, [])) or _word("little", handout)
        rows.append((ours[id].label[language], written, quality, weight))
    return Table(_heads(handout, "assumption", "range", "quality", "weight"), tuple(rows), words=4)


def _model(handout: Handout) -> Iterator[Part]:
    """What became of the model since the plan was declared final, or else saved."""
    source, finality = decoded(handout.origin.source), handout.origin.finality
    final = finality.final if finality and finality.is_final else None
    if final:
        saved: str | None = final.declaration.model_version
    elif handout.origin.source and isinstance(source, str):
        saved = saved_version(source)
    else:
        yield Paragraph(_word("model_unsaved", handout, version=MODEL_VERSION))
        return
    notice = notice_since(saved, handout.language)
    if notice is None:
        yield Paragraph(_word("final_same" if final else "model_same", handout, version=MODEL_VERSION))
        return
    since = _word("final_since", handout, saved=saved, version=MODEL_VERSION)
    yield Paragraph(since if final else notice.sentence)
    if notice.releases:
        rows = tuple((one.title, one.about_numbers[0]) for one in notice.releases)
        yield Grid(_word("model_table", handout), Table(_heads(handout, "release", "numbers"), rows, words=2))
