"""What a downloaded file is called: the program, the plan and the content, in the reader's language."""

from model.files.file_name import stem_of
from model.outputs.words import text


def named(content: str, language: str, ending: str, plan: str = "", day: str = "") -> str:
    """The name of a file with the `content` `export.content_<content>`, of a plan that has a name.

    That of a package says the day.

    >>> named("slides", "zh", "pptx", "下沉 100 人"), named("brief", "en", "html")
    ('一线-下沉-100-人-汇报.pptx', 'frontline-brief.html')
    """
    what = text(f"export.content_{content}", language, **({"day": day} if day else {}))
    parts = (text("export.program", language), *([stem_of(plan)] if plan else []), what)
    return f"{'-'.join(parts)}.{ending}"
