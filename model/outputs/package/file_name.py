"""What a file that is handed out is called in the reader's language, alone and in a package."""

from model.files.file_name import stem_of
from model.outputs.words import keys, text


def named(content: str, language: str, ending: str, plan: str = "", day: str = "") -> str:
    """The name of a file with the `content` `export.content_<content>`, of a plan that has a name.

    That of a package says the day.

    >>> named("slides", "zh", "pptx", "下沉 100 人"), named("brief", "en", "html")
    ('一线-下沉-100-人-幻灯片.pptx', 'frontline-brief.html')
    """
    what = text(_key(content), language, **({"day": day} if day else {}))
    parts = (text("export.program", language), *([stem_of(plan)] if plan else []), what)
    return f"{'-'.join(parts)}.{ending}"


def path_in(path: str, language: str) -> str:
    """A path of a package, with each folder and the file called as its reader does.

    >>> path_in("tables/not-done.csv", "zh"), path_in("plans/A/scenario.toml", "zh")
    ('数据表/可能完不成的任务.csv', '各方案/A/方案.toml')
    """
    whole, dot, ending = path.rpartition(".")
    called = (text(_key(one), language) if _key(one) in keys() else one for one in whole.split("/"))
    return "/".join(called) + dot + ending


def _key(content: str) -> str:
    return f"export.content_{content.replace('-', '_').lower()}"
