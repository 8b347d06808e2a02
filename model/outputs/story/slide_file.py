"""The file of slides, where the library that writes it can be had."""

from datetime import date

from model.failures.libraries import SLIDES, require
from model.outputs.handout.passport import Passport
from model.outputs.story.story import Story


def slide_file(story: Story, passport: Passport, made_on: date, language: str, template: bytes = b"") -> bytes:
    """The slides of a story on a bureau's own template, else on the shipped one.

    NoLibrary where they cannot be made.
    """
    require(*SLIDES)
    from model.outputs.story.office.slides import slides
    from model.outputs.story.office.template import own

    return slides(story, passport, made_on, language, own(template, "", language) if template else None)


def template_problem(template: bytes, name: str, language: str) -> str:
    """What is wrong with a bureau's template, a line a fault; empty for one that serves."""
    require(*SLIDES)
    from model.outputs.story.office.template import WrongTemplate, own

    try:
        own(template, name, language)
    except WrongTemplate as wrong:
        return str(wrong)
    return ""
