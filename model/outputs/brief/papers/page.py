"""A paper as an HTML page that stands alone, for a screen and to print."""

from base64 import b64encode
from collections.abc import Iterator

from model.outputs.brief.brief import how_it_was_made, page, table
from model.outputs.brief.papers.paper import Figures, Grid, Heading, Paper, Paragraph, Signature, day_in_words
from model.outputs.handout.passport import Passport
from model.outputs.phrasing.markup import Markup, element, typed


def paper_page(paper: Paper, passport: Passport, language: str) -> bytes:
    """The page of a paper, how it was made at its end; the same paper gives the same bytes."""
    head = element("header", element("h1", typed(paper.title)))
    end = element("div", how_it_was_made(passport, language), class_="end")
    return page(paper.title, [head, *_parts(paper, language), end], language)


def _parts(paper: Paper, language: str) -> Iterator[Markup]:
    for part in paper.parts:
        match part:
            case Heading(words, level):
                yield element("h2" if level == 1 else "h3", words)
            case Paragraph(words, look):
                yield element("p", typed(words), class_="note" if look == "note" else None)
            case Grid(caption, content):
                yield element("h3", caption)
                yield table(content)
            case Figures(shown):
                for figure in shown:
                    source = f"data:image/png;base64,{b64encode(figure.png).decode()}"
                    image = element("img", src=source, alt=figure.alternative)
                    yield element("figure", image)
            case Signature(office):
                yield element(
                    "p", " ".join(filter(None, (paper.author or office, day_in_words(paper.made_on, language))))
                )
