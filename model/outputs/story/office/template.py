"""The template of slides: the shipped one or a bureau's own, whose layouts are found by their names."""

import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.presentation import Presentation as Show
from pptx.slide import SlideLayout

from model.outputs.story.layout import HIGH, WIDE, Box, Frame
from model.outputs.story.office.slide_text import EMU_A_PIXEL
from model.outputs.words import LANGUAGES, text

IDS = ("cover", "text", "cards", "charts")
SHIPPED = Path(__file__).with_name("template.pptx")
LAYOUTS = {id: tuple(text(f"story.layout_{id}", language) for language in LANGUAGES) for id in IDS}
"""The layouts of a template by the names that a person gives them: in either language, or in both."""
KINDS = {
    PP_PLACEHOLDER.TITLE: "title",
    PP_PLACEHOLDER.CENTER_TITLE: "title",
    PP_PLACEHOLDER.SUBTITLE: "subtitle",
    PP_PLACEHOLDER.BODY: "body",
    PP_PLACEHOLDER.CHART: "chart",
    PP_PLACEHOLDER.TABLE: "table",
    PP_PLACEHOLDER.FOOTER: "footer",
    PP_PLACEHOLDER.SLIDE_NUMBER: "number",
}
"""The placeholders that a slide is written into, by their kind."""
NEEDED = {
    "cover": Counter(title=1, subtitle=1, body=1, footer=1, number=1),
    "text": Counter(title=1, subtitle=1, body=1, footer=1, number=1),
    "cards": Counter(title=1, subtitle=1, body=1, footer=1, number=1),
    "charts": Counter(title=1, body=1, chart=2, table=1, footer=1, number=1),
}
"""How many placeholders of each kind a layout has."""
CM = 360_000
"""Office units (EMU) in a centimetre."""


class WrongTemplate(ValueError):
    """A file that is no template; `problems` has a sentence for each fault, and how to mend it."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


def shipped() -> Show:
    """The shipped template, without slides."""
    return Presentation(str(SHIPPED))


def own(file: bytes, name: str, language: str) -> Show:
    """A bureau's template without its slides; WrongTemplate for a file that is none."""
    try:
        show = Presentation(io.BytesIO(file))
        problems = list(_problems(show, language))
        _empty(show)
    except Exception as unreadable:  # python-pptx raises whatever damaged parts lead it into
        raise WrongTemplate([_say("not_pptx", language, file=name)]) from unreadable
    if problems:
        raise WrongTemplate([*problems, _say("how", language)])
    return show


def _empty(show: Show) -> None:
    """Take out all slides and their sections."""
    slides = show.slides._sldIdLst
    for slide in list(slides):
        show.part.drop_rel(slide.rId)
        slides.remove(slide)
    for section in show.element.findall(".//{*}sectionLst"):
        section.getparent().remove(section)


def _problems(show: Show, language: str) -> Iterator[str]:
    size = (show.slide_width or 0, show.slide_height or 0)
    if any(abs(one - side * EMU_A_PIXEL) > CM / 10 for one, side in zip(size, (WIDE, HIGH), strict=True)):
        wide, high = (f"{one / CM:.2f}" for one in size)
        yield _say("size", language, wide=wide, high=high)
    for id, names in LAYOUTS.items():
        layout = layouts(show).get(id)
        if layout is None:
            yield _say("layout", language, names=" ".join(names))
            continue
        found = Counter(kind for kind, _ in placeholders(layout))
        for kind, count in NEEDED[id].items():
            if found[kind] < count:
                what = text(f"story.kind_{kind}", language)
                yield _say("placeholder", language, names=" ".join(names), count=count, kind=what, found=found[kind])


def _say(key: str, language: str, **values: object) -> str:
    return text(f"story.template_{key}", language, **values)


def layouts(show: Show) -> dict[str, SlideLayout]:
    """The layouts of LAYOUTS that a template has."""
    named = {layout.name.strip().casefold(): layout for layout in show.slide_layouts}
    known = {id: (*names, " ".join(names)) for id, names in LAYOUTS.items()}
    return {id: named[name.casefold()] for id, names in known.items() for name in names if name.casefold() in named}


def placeholders(layout: SlideLayout) -> Iterator[tuple[str, Any]]:
    """The placeholders of a layout, each with its kind, empty for one that no slide is written into."""
    own: Any = layout.placeholders
    return ((KINDS.get(one.placeholder_format.type, ""), one) for one in own)


def frame_of(layout: SlideLayout) -> Frame:
    """The room that a bureau's layout leaves for headline, body and the texts of a cover."""
    boxes: dict[str, list[Box]] = {}
    for kind, one in placeholders(layout):
        sides = (one.left, one.top, one.width, one.height)
        boxes.setdefault(kind, []).append(Box(*(side / EMU_A_PIXEL for side in sides)))
    body = [box for kind in ("subtitle", "body", "chart", "table") for box in boxes.get(kind, [])]
    left, top = min(box.left for box in body), min(box.top for box in body)
    right, bottom = max(box.left + box.width for box in body), max(box.top + box.height for box in body)
    (title,) = boxes["title"][:1]
    lead = boxes.get("subtitle", body)[0]
    return Frame(title, Box(left, top, right - left, bottom - top), title, lead, boxes["body"][0])
