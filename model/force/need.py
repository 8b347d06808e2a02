"""The need of each pool: its share of the work that comes from outside (method, section 2)."""

from collections.abc import Mapping

import numpy as np

from model.evidence.baseline import Baseline
from model.evidence.draws import Assumed


def need_by_pool(baseline: Baseline, assumed: Assumed, reading: Mapping[str, str]) -> np.ndarray:
    """Each pool's share of its tier's need, (draws, pools), as it is read.

    Drawn, it is population and letters with the weight `need_by_letters`, population alone where the baseline gives no
    letters; else population, letters, area or GDP alone. That of a province is its prefectures' together, and a city
    without counties has that of its place as every other. ValueError for letters and GDP where the baseline does not
    give them.
    """
    counted = reading.get("need", "drawn")
    if counted == "drawn" and not baseline.has("letters"):
        counted = "population"
    by_letters = assumed["need_by_letters"]
    if counted == "drawn":
        need = (1 - by_letters) * baseline.share_of("population") + by_letters * baseline.share_of("letters")
    else:
        need = np.broadcast_to(baseline.share_of(counted), (len(by_letters), len(baseline.prefectures)))
    return np.concatenate([need @ baseline.of_province, need, need[:, baseline.pools.with_counties]], axis=1)
