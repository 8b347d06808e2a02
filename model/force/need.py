"""The need of each pool: its share of the work that comes from outside (method, section 2)."""

from collections.abc import Mapping

import numpy as np

from model.evidence.baseline import Baseline
from model.evidence.draws import Assumed


def need_by_pool(baseline: Baseline, assumed: Assumed, reading: Mapping[str, str]) -> np.ndarray:
    """Each pool's share of its tier's need, (draws, pools), as it is read.

    Drawn, it is population and letters with the weight `need_by_letters`; else population, letters, area or GDP alone.
    That of a province is its prefectures' together. ValueError for GDP where the baseline does not give it.
    """
    counted = reading.get("need", "drawn")
    by_letters = assumed["need_by_letters"]
    if counted == "drawn":
        need = (1 - by_letters) * baseline.share_of("population") + by_letters * baseline.share_of("letters")
    else:
        need = np.broadcast_to(baseline.share_of(counted), (len(by_letters), len(baseline.prefectures)))
    return np.concatenate([need @ baseline.of_province, need, need], axis=1)
