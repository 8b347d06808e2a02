"""Walks line by line: Newton's steps to the files, and the months (method, sections 9 and 11).

A line's formulas may name the line before (`before.low`). The last formula of a column serves all later lines.
"""

from dataclasses import dataclass
from math import pi

from model.year.decision import DAYS_A_YEAR
from model.year.months import SEASON_PEAK

MONTHS = 60
NEWTON_STEPS = 30
_YEAR = f"{DAYS_A_YEAR:g}"
_NOISE = "1e-12 * max(before.root, 1)"
"""The excess that is rounding alone: its sign, which differs between programs, moves no end of the bracket."""


@dataclass(frozen=True)
class Column:
    """One column of a walk, called `workbook_steps.<id>`, for the `whole` force or by pool.

    `formulas` are those of the first line, the second, and so on.
    """

    id: str
    unit: str
    formulas: tuple[str, ...]
    whole: bool = True


_FILED = """base.visit_filed * visits_base * max(useful_made / base.useful_in_base, 0) ** yield_elasticity
    * (1 + aimed * (targeting_lift - 1)) / (1 + base.targeted_in_base * (targeting_lift - 1)) + chain.other_cases"""

SOLVE = (
    Column("step", "number", ("0", "before.step + 1")),
    Column("low", "cases a year", ("chain.other_cases", f"before.root if before.excess > {_NOISE} else before.low")),
    Column("high", "cases a year", ("made", f"before.root if before.excess < -{_NOISE} else before.high")),
    Column(
        "root",
        "cases a year",
        (
            "low",
            "min(max(base.visit_filed * visits_base + chain.other_cases, low), high)",
            f"""before.root if either(abs(before.excess) <= {_NOISE}, high <= low)
            else (before.root - before.excess / before.slope
            if both(before.root - before.excess / before.slope >= low,
            before.root - before.excess / before.slope <= high) else (low + high) / 2)""",
        ),
    ),
    Column("visits_made", "visits a year", ("total(visits_then)",)),
    Column(
        "aimed",
        "share",
        ("min(chain.targeted_wanted, max(1 - chain.random_floor / max(visits_made, 1e-9), 0))",),
    ),
    Column("useful_made", "visits a year", ("total(useful_then)",)),
    Column("made", "cases a year", (_FILED,)),
    Column("excess", "cases a year", ("made - root",)),
    Column(
        "slope",
        "ratio",
        (
            """-1 - yield_elasticity * (made - chain.other_cases) / max(useful_made, 1e-9)
            * total(gain * chain.days_per_file / chain.days_per_visit
            * (visits_then > chain.kept_days / chain.days_per_visit) * (visits_then < chain.visits_most))""",
        ),
    ),
    Column(
        "visits_then",
        "visits a year",
        (
            """min(max(chain.rest_days - root * chain.days_per_file, chain.kept_days) / chain.days_per_visit,
            chain.visits_most)""",
        ),
        whole=False,
    ),
    Column(
        "filling",
        "visits per firm a year",
        ("(of_city(visits_then) + of_counties(visits_then)) / chain.units_here + chain.replaced_here",),
        whole=False,
    ),
    Column(
        "useful_then",
        "visits a year",
        (
            """by_tier(visits_then, 0, chain.units_here
            * (filling * (poisson_up_to(chain.whole_useful, filling) - poisson(chain.whole_useful, filling))
            + useful_visits * (1 - poisson_up_to(chain.whole_useful, filling))
            - chain.used_up))""",
        ),
        whole=False,
    ),
    Column(
        "gain",
        "share",
        (
            """by_tier(1, poisson_up_to(chain.whole_useful, filling), poisson_up_to(chain.whole_useful, filling))
            - by_tier(0, 1, 1) * (chain.whole_useful + 1 - useful_visits) * poisson(chain.whole_useful, filling)""",
        ),
        whole=False,
    ),
)
"""The solver of the files a year.

More files leave less time for visits, and fewer visits make fewer files. There is one root, between `low` and `high`;
a step of Newton's that leaves this bracket halves it instead.
"""


def _output_so_far(months: str) -> str:
    """The output of one mover over the months before `months`, which grows evenly while he learns."""
    grown = f"min({months} - 1, floor(chain.months_to_learn))"
    return f"({grown} * ({grown} + 1) / 2 / chain.months_to_learn + {months} - 1 - {grown})"


_PHASE_BEFORE = "max(month - chain.months_in_phases, 0)"

WALK = (
    Column("month", "month", ("0", "before.month + 1")),
    Column("season", "ratio", (f"cos(2 * {pi!r} * (month - {SEASON_PEAK}) / 12)",)),
    Column("phase", "share", ("min(month / chain.months_in_phases, 1)",)),
    Column(
        "learned",
        "share",
        ("0", f"({_output_so_far('month')} - {_output_so_far(_PHASE_BEFORE)}) / chain.months_in_phases"),
    ),
    Column(
        "licensed",
        "share",
        (
            f"""(max(month + floor(-licence_months), 0) - max({_PHASE_BEFORE} + floor(-licence_months), 0))
            / chain.months_in_phases""",
        ),
    ),
    Column("backlog", "cases", ("total(waiting)",)),
    Column(
        "days_to_decide",
        "calendar days",
        (
            f"""chain.days_base + phase * (chain.days_then - chain.days_base)
            + {_YEAR} * backlog / (base.filed + phase * (chain.filed - base.filed))""",
        ),
    ),
    Column(
        "waiting",
        "cases",
        (
            "0",
            """max(before.waiting + (chain.filed_base + phase * chain.filed_change + season * chain.filed_swing
            - min(max(chain.fixed + phase * chain.phased + learned * chain.learned_days + licensed * chain.licensed_days
            - season * chain.complaint_swing, 0) * (1 - phase * chain.kept_share) / chain.days_a_case,
            chain.review_base + phase * chain.review_change)) / 12, 0)""",
        ),
        whole=False,
    ),
)
"""The backlog month by month, while the plan comes in by phases and the movers learn."""
