"""Writes the template of slides that ships with the model: theme, master, and four layouts with their placeholders.

Run it after a change of the palette or of a place: `python tests/support/slide_template.py`.
"""

import io
import re
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from model.outputs.charts.palette import BACKGROUND, BASE, INK, MINIMUM, PANEL, QUIET_INK, SCENARIO, TIERS
from model.outputs.handout.office_file import reproducible
from model.outputs.story.layout import BOTTOM, FOOT, HIGH, MARGIN, OWN, TOP, WIDE, Box
from model.outputs.story.office.template import LAYOUTS, SHIPPED

A_PIXEL = 6350
WIDTH = WIDE - 2 * MARGIN
HEAD = Box(MARGIN, TOP, WIDTH, 146)
BODY = Box(MARGIN, 230, WIDTH, BOTTOM - 230)
REMARKS = Box(MARGIN, BOTTOM - 128, WIDTH, 128)
LEAD = Box(MARGIN, 200, WIDTH, 60)
HALF = WIDTH / 2 - 14
FOOTER, NUMBER = Box(MARGIN, FOOT, WIDE - 2 * MARGIN - 140, 44), Box(WIDE - MARGIN - 120, FOOT, 120, 44)
PROMPTS = {
    "title": "标题 Title",
    "subTitle": "副标题 Subtitle",
    "body": "正文 Text",
    "chart": "图 Chart",
    "tbl": "表 Table",
    "ftr": "",
}
PLACES = {
    "cover": {"title": OWN.title, "subTitle": OWN.lead, "body": OWN.points},
    "text": {"title": HEAD, "subTitle": LEAD, "body": BODY},
    "cards": {"title": HEAD, "subTitle": LEAD, "body": REMARKS},
    "charts": {
        "title": HEAD,
        "chart": Box(MARGIN, 230, HALF, 600),
        "chart2": Box(MARGIN + HALF + 28, 230, HALF, 600),
        "tbl": Box(MARGIN + HALF + 28, 230, HALF, 600),
        "body": REMARKS,
    },
}
THEME = {
    "dk1": INK["light"],
    "lt1": BACKGROUND["light"],
    "dk2": QUIET_INK["light"],
    "lt2": PANEL["light"],
    "accent1": SCENARIO,
    "accent2": BASE,
    "accent3": MINIMUM,
    **{f"accent{k}": colour for k, colour in enumerate(TIERS.values(), 4)},
    "hlink": SCENARIO,
    "folHlink": QUIET_INK["light"],
}
RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
LATIN, CHINESE = "Segoe UI", "Microsoft YaHei"


def extent(box: Box) -> str:
    left, top, width, height = (round(side * A_PIXEL) for side in box)
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def placeholder(id: int, kind: str, index: int, box: Box) -> str:
    """A placeholder of the master (index 0 of the title) or of a layout."""
    text = (
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="zh-CN"/><a:t>‹#›</a:t></a:fld>'
    )
    if kind != "sldNum":
        text = f'<a:r><a:rPr lang="zh-CN"/><a:t>{PROMPTS[kind]}</a:t></a:r>' if PROMPTS[kind] else ""
    anchor = "b" if kind == "title" and box != HEAD else "t"
    foot, align = kind in ("ftr", "sldNum"), "r" if kind == "sldNum" else "l"
    size = f'<a:defRPr sz="{1200 if foot else 1600}"><a:solidFill><a:schemeClr val="tx2"/></a:solidFill></a:defRPr>'
    style = (
        f'<a:lvl1pPr marL="0" indent="0" algn="{align}"><a:buNone/>{size}</a:lvl1pPr>'
        if foot or kind == "subTitle"
        else ""
    )
    at = f'<p:ph type="{kind}"' + (f' idx="{index}"' if index else "") + (' sz="quarter"' if foot else "") + "/>"
    return (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{id}" name="{kind} {id}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{at}</p:nvPr></p:nvSpPr>'
        f"<p:spPr>{extent(box)}{RECTANGLE}</p:spPr>"
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"/>'
        f"<a:lstStyle>{style}</a:lstStyle><a:p>{text}</a:p></p:txBody></p:sp>"
    )


def stripe(id: int, k: int, high: float) -> str:
    return (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{id}" name="stripe {k + 1}"/>'
        f'<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f"<p:spPr>{extent(Box(k * WIDE / 3, 0, WIDE / 3, high))}"
        f'{RECTANGLE}<a:solidFill><a:schemeClr val="accent{4 + k}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )


def fill_tree(tree, shapes: list[str]) -> None:
    for old in tree.findall(qn("p:sp")):
        tree.remove(old)
    tree.extend(parse_xml(shape) for shape in shapes)


def theme(xml: str) -> str:
    for name, colour in THEME.items():
        new = f'<a:{name}><a:srgbClr val="{colour.removeprefix("#").upper()}"/></a:{name}>'
        xml = re.sub(rf"<a:{name}>.*?</a:{name}>", new, xml, count=1, flags=re.DOTALL)
    faces = f'<a:latin typeface="{LATIN}"/><a:ea typeface="{CHINESE}"/><a:cs typeface=""/>'
    for name in ("majorFont", "minorFont"):
        hans = f'<a:font script="Hans" typeface="{CHINESE}"/>'
        xml = re.sub(rf"<a:{name}>.*?</a:{name}>", f"<a:{name}>{faces}{hans}</a:{name}>", xml, flags=re.DOTALL)
    xml = re.sub(r'<a:theme ([^>]*)name="[^"]*"', r'<a:theme \1name="Frontline 一线"', xml)
    return re.sub(r'<a:(clrScheme|fontScheme) name="[^"]*"', r'<a:\1 name="Frontline"', xml)


def styles() -> str:
    def level(size: int, bold: bool, face: str) -> str:
        return (
            f'<a:lvl1pPr marL="0" indent="0" algn="l"><a:buNone/><a:defRPr sz="{size}" b="{int(bold)}">'
            f'<a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+{face}-lt"/>'
            f'<a:ea typeface="+{face}-ea"/><a:cs typeface="+{face}-cs"/></a:defRPr></a:lvl1pPr>'
        )

    return (
        f"<p:txStyles {nsdecls('p', 'a')}><p:titleStyle>{level(3000, True, 'mj')}</p:titleStyle>"
        f"<p:bodyStyle>{level(1800, False, 'mn')}</p:bodyStyle><p:otherStyle>{level(1800, False, 'mn')}</p:otherStyle>"
        "</p:txStyles>"
    )


def template() -> bytes:
    show = Presentation()
    show.slide_width, show.slide_height = WIDE * A_PIXEL, HIGH * A_PIXEL
    about = show.core_properties
    about.title, about.author, about.last_modified_by, about.subject = "Frontline 一线", "Frontline 一线", "", ""
    about.keywords, about.language = "", "zh-CN"
    master = show.slide_master
    foot = [placeholder(8, "ftr", 11, FOOTER), placeholder(9, "sldNum", 12, NUMBER)]
    stripes = [stripe(20 + k, k, 14) for k in range(3)]
    fill_tree(
        master.element.cSld.spTree, [*stripes, placeholder(2, "title", 0, HEAD), placeholder(3, "body", 1, BODY), *foot]
    )
    master.element.replace(master.element.find(qn("p:txStyles")), parse_xml(styles()))
    of_slides, of_notes = (
        next(rel.target_part for rel in part.rels.values() if rel.reltype.endswith("/theme"))
        for part in (master.part, show.notes_master.part)
    )
    of_slides._blob = theme(of_slides.blob.decode()).encode()
    of_notes._element = parse_xml(theme(of_notes.blob.decode()).encode())
    layouts = list(show.slide_layouts)
    for layout in layouts[len(LAYOUTS) :]:
        show.slide_layouts.remove(layout)
    for layout, (id, names) in zip(layouts, LAYOUTS.items(), strict=False):
        layout.element.cSld.set("name", " ".join(names))
        layout.element.attrib.pop("type", None)
        shapes = []
        if id == "cover":
            layout.element.set("showMasterSp", "0")
            shapes += [stripe(20 + k, k, 36) for k in range(3)]
        for k, (kind, box) in enumerate(PLACES[id].items()):
            shapes.append(placeholder(2 + k, kind.removesuffix("2"), (0, *range(13, 20))[k], box))
        fill_tree(layout.element.cSld.spTree, [*shapes, *foot])
    for id, rel in [*show.part.rels.items()]:
        if "printerSettings" in rel.reltype:
            show.part.rels.pop(id)
    package = show.part.package
    for id, rel in [*package._rels.items()]:
        if "thumbnail" in rel.reltype:
            package._rels.pop(id)
    written = io.BytesIO()
    show.save(written)
    return reproducible(written.getvalue(), date(2026, 11, 27))


if __name__ == "__main__":
    SHIPPED.write_bytes(template())
