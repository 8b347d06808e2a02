"""Some mutated inputs for each reader; `python tests/fuzzing/run.py` tries a hundred thousand."""

import os

import pytest
from readers import READERS
from run import Input, judged, mutated_input
from thorough import tries

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="goes by signals of the system")


@pytest.mark.parametrize("name", READERS)
def test_what_is_nearly_right_is_read_or_refused(name: str) -> None:
    for good in READERS[name].good()[:2]:
        assert judged(Input(name, good, is_asked=True))
    for number in range(tries(100)):
        assert judged(mutated_input(number, 1, [name])) != ""
