"""Working time, by the workload method of the World Health Organization (WISN; method, section 3)."""

import numpy as np

from model.evidence.draws import Quantity


def available_days(working_days: Quantity, leave: Quantity, training: Quantity, absence: Quantity) -> np.ndarray:
    """Available working time (AWT): working days less leave, training and absence.

    All in days a person and year; any shapes that broadcast.

    >>> float(available_days(250, 10, 12, 4))
    224.0
    """
    return np.asarray(working_days) - leave - training - absence


def required_staff(
    activity_days: Quantity, available: Quantity, category_share: Quantity = 0.0, individual_days: Quantity = 0.0
) -> np.ndarray:
    """Staff that a workload needs: sum(V t) / AWT x CAF + IAF (WISN manual, WHO 2010).

    `activity_days` is the work, sum(V t), in person-days a year, `available` AWT. `category_share` (CAS, in [0, 1)) is
    the share of everybody's time that goes elsewhere, so CAF = 1 / (1 - CAS); `individual_days` (IAS) are the days a
    year that some people spend elsewhere. Any shapes that broadcast.

    Kenya's HIV clinics in 2011 had 100,000 visits of a quarter of an hour, 8-hour days and an AWT of 179:

    >>> round(float(required_staff(100_000 * 0.25 / 8, 179)), 2)
    17.46
    """
    return (
        np.asarray(activity_days) / available / (1 - np.asarray(category_share))
        + np.asarray(individual_days) / available
    )


def staffing_ratio(staff: Quantity, required: Quantity) -> np.ndarray:
    """WISN ratio: staff over required staff; under 1 people are missing.

    >>> round(float(staffing_ratio(40, 48)), 3)
    0.833
    """
    return np.asarray(staff) / required
