"""What a target lacks is what is asked less what is reached, as the two are printed."""

import re

import pytest

from model import shipped_baseline
from model.outputs.answers.targets import _figure, _short, _sure
from model.outputs.words import LANGUAGES
from model.search.aims.target import TOTAL, Target
from model.search.targets import Standing

BASELINE = shipped_baseline("hunan-2021")


class Missed:
    """An answer with one target that is missed, in the representative case."""

    probability = None

    def __init__(self, target: Target, value: float):
        self.standings = (Standing(target, value, value, 0.0, 0.0, None, None, value),)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("measure", "asked", "reached", "printed"),
    [
        ("on_time_share", 0.9, 0.78681, (78.7, 90.0, 11.3)),
        ("on_time_share", 0.9, 0.89574, (89.57, 90.0, 0.43)),
        ("visits", 80_000.0, 71_676.6, (71_677, 80_000, 8_323)),
        ("visits", 80_000.0, 79_999.6, (80_000, 80_000, 0.4)),
    ],
)
def test_what_is_missing_is_the_difference_that_the_reader_makes(measure, asked, reached, printed, language):
    (words,) = _short(Missed(Target(measure, TOTAL, True, asked), reached), BASELINE, language)
    found = [float(number.replace(",", "")) for number in re.findall(r"[\d,]*\d(?:\.\d+)?", words)]
    assert sorted(found) == sorted(printed)


def test_a_target_reached_is_written_as_every_other_share_unless_it_reads_like_what_was_asked():
    target = Target("on_time_share", TOTAL, True, 0.9)
    assert [_figure(value, target).written("zh") for value in (0.92823, 0.90034, 0.9)] == ["92.8%", "90.03%", "90.0%"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_for_the_representative_case_says_so_in_its_first_sentence(language):
    """'Comes to 82.6 %' stood over a table that says 82.1 %, the median."""
    assert {"zh": "代表情形", "en": "representative case"}[language] in _sure(None, language)
