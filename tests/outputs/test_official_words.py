"""The Chinese is that of an official paper: one name for one thing, and no word that was replaced comes back."""

import csv
import re
from pathlib import Path

import pytest

from model.outputs.words import keys, text

MODEL = Path(__file__).parents[2] / "model"
SHIPPED = sorted((MODEL.parent / "scenarios").glob("*.toml"))
REPLACED = {
    "怎么摆": "怎样配置",
    "挪": "调整",
    "做不完": "完不成",
    "卡在": "主要受……制约",
    "支队伍": "个执法单元",
    "寻优": "求解",
    "取舍前沿": "多查与快办的取舍",
    "先要什么数": "最需核实的数据",
    "谁起的作用": "各项举措的贡献",
    "谁胜过谁": "方案两两比较",
    "命中": "吻合",
    "较差时": "不利情况下",
    "“较差”": "“不利情况”",
    "保留抽样": "有效推演",
    "保留的抽样": "有效推演",
    "保留 {kept}": "有效推演 {kept}",
    "有效样本": "折合独立推演",
    "合理的抽样不足": "有效推演不足",
    "多半如此": "可能性较大",
    "很可能": "可能性大",
    "减负": "其他职责占用时间减少",
    "现场时长": "每次检查耗时",
    "换来什么": "预期成效",
    "装备与信息化节省": "装备和信息化节省的检查时间占比",
    "编制数": "核定编制",
    "恢复决策": "撤回全部改动",
    "只靠调人": "仅靠调人",
    "基年": "现状",
    "100 次抽样": "100 次推演",
    "基准资料": "现状",
    "先要“": "最需核实的是“",
    "问清": "核实",
    "要数": "需要核实的数据",
    "先问什么": "最需核实的数据",
}


@pytest.mark.parametrize("old", REPLACED)
def test_no_replaced_word_is_said(old):
    tables = [MODEL / "scenario/levers.csv", *MODEL.glob("evidence/*/assumptions.csv")]
    cells = [
        value
        for table in tables
        for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines())
        for value in row.values()
    ]
    said = (
        {key: text(key, "zh") for key in keys()}
        | {"method": (MODEL / "method.zh.md").read_text(encoding="utf-8")}
        | dict(enumerate(cells))
        | {plan.name: plan.read_text(encoding="utf-8") for plan in SHIPPED}
    )
    assert [where for where, phrase in said.items() if old in (phrase or "")] == [], REPLACED[old]


def test_what_may_not_be_done_is_never_told_as_certain():
    """A shortfall is a matter of draws: a head over it says 可能, as the page does."""
    heads = ("prefectures.card_missing", "story.column_where", "decide.question_not_done", "brief.missing")
    assert [key for key in heads if "可能完不成" not in text(key, "zh")] == []
    assert text("prefectures.card_missing", "zh") == text("plan.say_missing", "zh") == "可能完不成"


OF_COMPUTERS = {"base_years.cell_formula", "staff_list.formula_without_value", "framework.per_file", "passport.title"}
OF_COMPUTERS |= {"problems.schema_newer", "scenario_file.model_version", "story.template_how", "workbook.read_what"}
OF_COMPUTERS |= {"workbook.read_not_followed"}
"""Phrases of files on a computer, which Chinese does not call 文件."""


def test_english_has_one_word_for_cases():
    """A file (文件) is one of a computer; what is filed, waits and is decided (件) is a case."""
    told = [
        key
        for key in sorted(set(keys()) - OF_COMPUTERS)
        if re.search(r"\bfiles?\b", re.sub(r"\{\w+\}", "", text(key, "en")), re.IGNORECASE)
    ]
    assert [key for key in told if "文件" not in text(key, "zh")] == []
