"""What a version of a plan changed, who saved it and its figures, in words that name every kind of change."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from model import ChangedAssumption, Scenario, shipped_baseline
from model.files.library import Conflict, Note, Version
from model.files.library.history import COPY, FOUND, RENAME, RESTORE, SAVE
from model.files.tables.staff_list import mid_split
from model.outputs.phrasing.library_sentences import (
    conflict,
    differences_in_words,
    figures_in_words,
    version_in_words,
)

DAY = datetime(2026, 11, 28, 9, 40, tzinfo=UTC)
PLAN = Scenario(name={"zh": "下沉"}, levers={"staff.change.city": -100.0, "staff.change.county": 100.0})
CHANGES = {
    "市级 −100 → −150 人；县级 +100 → +150 人": {"levers": {"staff.change.city": -150.0, "staff.change.county": 150.0}},
    "市级 −100 → 0 人；县级 +100 → 0 人": {"levers": {}},
    "其他职责占用时间减少 10 个百分点": {"levers": {**PLAN.levers, "other_duties_cut": 0.1}},
    "假设已改：每次检查耗时": {"assumptions": {"site_days": ChangedAssumption(0.3, 0.5, 0.6, "记录")}},
    "对报告口径的读法已改": {"reading": {"merged": "other"}},
    "人员名册已换": {"staff_list": mid_split(shipped_baseline("hunan-2021"))},
    "文字已改：说明、编制人": {"note": {"zh": "初稿"}, "author": "李明"},
    "现状 湖南 2021 → 广东 2016": {"baseline": "guangdong-2016"},
    "内容相同": {},
}
"""The words for a change of a plan, and the change."""


@pytest.mark.parametrize(("words", "changed"), CHANGES.items())
def test_every_kind_of_change_between_two_versions_is_told(words, changed):
    said = differences_in_words(PLAN, replace(PLAN, **changed), "zh")
    assert words.split("；")[0] in said and said.startswith("比上一版：")
    assert ("内容相同" in said) == (changed == {})
    assert "→" not in words or words in said


def test_the_first_version_is_told_beside_the_base_year():
    assert differences_in_words(None, PLAN, "zh") == "最早的版本：市级 −100 人；县级 +100 人"
    assert differences_in_words(None, Scenario(), "en") == "First version: nothing"


@pytest.mark.parametrize(
    ("act", "of", "words"),
    [
        (SAVE, "", "李明 保存"),
        (RENAME, "", "李明 保存；改名"),
        (COPY, "sink", "李明 保存；复制自 sink.toml"),
        (RESTORE, "3", "李明 保存；恢复自第 3 版"),
        (FOUND, "", "李明 保存；文件夹里原有，不是在这里保存的"),
        ("of a later program", "", "李明 保存"),
    ],
)
def test_who_saved_a_version_and_how(act, of, words):
    assert version_in_words(Version(1, "", DAY, act, of, Note("李明"), ""), "zh") == words


def test_a_version_of_nobody_says_so():
    assert version_in_words(Version(1, "", DAY, SAVE, "", Note(), ""), "en") == "unsigned"


def test_the_figures_of_a_version_have_their_units_and_those_unknown_are_left_out():
    known = {"visits": 72_126.4, "on_time_share": 0.771, "of_a_later_program": 1.0}
    assert figures_in_words(known, "zh") == "现场检查 72,126 家次/年；按期办结率 77.1%"
    assert figures_in_words({}, "zh") == ""


def test_a_save_that_met_another_names_who_made_that():
    assert "王芳" in conflict(Conflict("sink", "ab", DAY, "王芳"), "zh")
    assert "别人" in conflict(Conflict("sink", "ab", DAY), "zh")
