"""The command on base years: its actions and their arguments."""

import argparse

from model.command_line.arguments import Parser, dress
from model.outputs.words import text

ACTIONS = ("new", "check", "list", "export", "import")


def add_actions(parser: Parser, language: str) -> None:
    """What can be done with base years, each with its arguments."""
    group = parser.add_subparsers(dest="action", required=True, metavar="ACTION", title=_word("actions", language))
    actions = {}
    for name in ACTIONS:
        about = _word(name, language)
        actions[name] = dress(group.add_parser(name, help=about, description=about, add_help=False), language)
    new, check, bring = actions["new"], actions["check"], actions["import"]
    new.add_argument("--from", required=True, metavar="ID", dest="source", help=_word("from", language))
    new.add_argument("--name", metavar="NAME", help=_word("name", language))
    new.add_argument("--english-name", metavar="NAME", help=_word("english_name", language))
    new.add_argument("--workbook", metavar="FILE.xlsx", dest="out", help=_word("workbook", language))
    new.add_argument("--blank", action="store_true", help=_word("blank", language))
    new.add_argument("--edit", action="store_true", help=_word("edit", language))
    check.add_files(_word("check_files", language))
    for told in (check, actions["list"]):
        told.add_argument("--json", action="store_true", help=text("command_line.json", language))
    actions["export"].add_argument("id", metavar="ID", help=_word("id", language))
    actions["export"].add_argument("--out", required=True, metavar="FILE.zip", help=_word("out", language))
    bring.add_argument("files", metavar="FILE", nargs=1, help=_word("import_file", language))
    bring.add_argument("--id", metavar="ID", default="", help=_word("other_id", language))
    bring.add_argument("--reason", metavar="TEXT", default="", help=_word("reason", language))


def _word(id: str, language: str) -> str:
    return text(f"base_years.command_{id.replace('-', '_')}", language)


def _baseline(chosen: argparse.Namespace, language: str) -> int:
    # Workbooks take time to import, which the other commands need not wait for.
    from model.command_line.baseline_actions import RUN

    return RUN[chosen.action](chosen, language)


RUNS = {"baseline": _baseline}
