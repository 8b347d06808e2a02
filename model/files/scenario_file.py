"""A scenario file: TOML of any bytes read into a Scenario, or all its problems at once.

The lever table is the schema: keys, bounds, kinds and choices come from `model.scenario.levers`, assumptions from the
baseline.
"""

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from model.evidence.base_year_folders import baseline_ids, find_baseline
from model.evidence.baseline import TIERS, Baseline, shipped_baseline, with_staff_list
from model.files.problem import Problem, WrongScenario
from model.files.scenario_head import VERSION_KEY, language_of
from model.files.toml_layout import Layout
from model.files.toml_layout import Path as Key
from model.files.toml_reader import MOST_PROBLEMS, Reader, TooManyProblems, nearest
from model.files.toml_text import MOST_BYTES, Document, read_toml
from model.force.seats import movable
from model.scenario.decisions import Decisions, readings
from model.scenario.levers import Lever, Value, lacking_needs, levers
from model.scenario.scenario import READINGS, SCHEMA, ChangedAssumption, Scenario
from model.version import MODEL_VERSION
from model.version.changes import VERSION

TEXT_LIMITS = {"name": 200, "note": 5_000, "reason": 5_000, "author": 200}
MOST_WEIGHT = 1e6
CASES_FIRST = "cases_first"

_TOP_KEYS = ("schema", VERSION_KEY, *TEXT_LIMITS, "baseline", "reading", "staff_list", "assumptions")
_ASSUMPTION_KEYS = ("low", "mid", "high", "reason")


def load(path: str | Path) -> Scenario:
    """The scenario of a file on disk; WrongScenario, with all problems, where it has any."""
    scenario, problems = load_scenario(Path(path))
    if scenario is None:
        raise WrongScenario(problems)
    return scenario


def load_scenario(path: Path) -> tuple[Scenario | None, list[Problem]]:
    """The scenario of a file on disk, or None and all problems, as of `read_scenario`.

    A file that cannot be opened is a problem too.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (FileNotFoundError, ValueError):
        return None, [Problem("file_missing", str(path))]
    except OSError as error:
        return None, [Problem("file_unreadable", str(path), given=type(error).__name__)]
    return read_scenario(data, str(path))


def read_scenario(
    data: bytes, file: str = "", baseline: Baseline | None = None
) -> tuple[Scenario | None, list[Problem]]:
    """The scenario in the bytes of a file, or None and all problems, in the order of the lines.

    `file` is the name that the problems carry. `baseline` is for one that does not ship; the file must name its id. Any
    bytes whatever give a result, never an exception.
    """
    document, problems = read_toml(data, file)
    if document is None:
        return None, problems
    try:
        scenario = _ScenarioReader(document, file, problems).scenario(baseline)
    except TooManyProblems:
        problems.append(Problem("more_problems", file, right={"most": float(MOST_PROBLEMS)}))
    ordered = sorted(problems, key=lambda problem: problem.line or math.inf)
    return (None, ordered) if problems else (scenario, [])


def refuse_wrong(decisions: Decisions, baseline: Baseline) -> None:
    """Raise WrongScenario for decisions that a file would be refused for.

    The reason for a changed range is for people, and may be missing here.
    """
    if problems := _decision_problems(decisions, baseline):
        raise WrongScenario(problems)


@lru_cache(maxsize=256)
def _decision_problems(decisions: Decisions, baseline: Baseline) -> list[Problem]:
    return read_tree({"baseline": baseline.id, **decisions.tree}, baseline=baseline)[1]


def read_tree(
    tree: Mapping[str, object], file: str = "", baseline: Baseline | None = None
) -> tuple[Scenario | None, list[Problem]]:
    """The scenario in the keys and tables of a file, its format left out, or None and its problems.

    `Decisions.tree` gives such tables. `file` and `baseline` are as for `read_scenario`.
    """
    problems: list[Problem] = []
    document = Document("", {"schema": SCHEMA, **tree}, Layout((), (), {}), True)
    with suppress(TooManyProblems):
        scenario = _ScenarioReader(document, file, problems).scenario(baseline)
    return (None, problems) if problems else (scenario, [])


class _ScenarioReader(Reader):
    """The reader of a scenario file: each part is read as far as it is right."""

    def scenario(self, own: Baseline | None) -> Scenario:
        """The scenario of the whole file, good only where no problem was noted."""
        tree = self.document.tree
        named = self._baseline(tree.get("baseline"), own)
        staff_list = self._staff_list(tree.get("staff_list", {}), named)
        baseline = with_staff_list(named, staff_list) if staff_list else named
        table = levers(baseline)
        self.known = (*_TOP_KEYS, *table)
        self._schema(tree.get("schema"))
        self._version(tree.get(VERSION_KEY))
        texts = {key: self._texts(key, tree.get(key, {})) for key in ("name", "note", "reason")}
        author = self.words(("author",), tree.get("author", ""), TEXT_LIMITS["author"])
        given = self._levers(tree, (), table, baseline)
        reading = self._reading(tree.get("reading", {}), baseline)
        assumptions = self._assumptions(tree.get("assumptions", {}), baseline)
        if self.document.whole:
            self._cross_checks(given, table, baseline)
        changed = {id: given[id] for id, lever in table.items() if id in given and given[id] != lever.base}
        return Scenario(
            name=texts["name"],
            note=texts["note"],
            reason=texts["reason"],
            author=author,
            baseline=baseline.id,
            levers=changed,
            assumptions=assumptions,
            reading=reading,
            staff_list=staff_list,
        )

    def _schema(self, value: object) -> None:
        """Check the version of the file format."""
        if value is None:
            if self.document.whole:
                self.problem("schema_missing", ("schema",), schema=SCHEMA)
        elif type(value) is not int or value < SCHEMA:
            self.problem("schema_wrong", ("schema",), schema=SCHEMA)
        elif value > SCHEMA:
            self.problem("schema_newer", ("schema",), schema=SCHEMA)

    def _version(self, value: object) -> None:
        """Check the form of the model version that saved the file; none is as good."""
        if value is not None and not (isinstance(value, str) and VERSION.fullmatch(value)):
            self.problem("not_a_version", (VERSION_KEY,), version=MODEL_VERSION)

    def _baseline(self, id: object, own: Baseline | None) -> Baseline:
        """The baseline that the file names; the usual one where it names none or an unknown one."""
        default = own or shipped_baseline(Scenario().baseline)
        choices = (own.id,) if own else tuple(baseline_ids())
        named = default.id if id is None else str(id)
        if named in choices:
            with suppress(KeyError):
                return own or find_baseline(named)
        self.problem("unknown_baseline", ("baseline",), meant=nearest(named, choices) or default.id, choices=choices)
        return default

    def _texts(self, key: str, value: object) -> dict[str, str]:
        """A text by language: a plain string counts as Chinese where it holds a Chinese character."""
        most, breaks = TEXT_LIMITS[key], key != "name"
        if not isinstance(value, dict):
            text = self.words((key,), value, most, breaks)
            return {language_of(text): text} if text else {}
        self.only((key,), value, ("zh", "en"))
        texts = {name: self.words((key, name), value[name], most, breaks) for name in ("zh", "en") if name in value}
        return {name: text for name, text in texts.items() if text}

    def _levers(
        self, tree: Mapping[str, object], at: Key, table: Mapping[str, Lever], baseline: Baseline
    ) -> dict[str, Value]:
        """The levers of a table and of the tables in it, by id; a key that is no lever is a problem."""
        keys = [tuple(id.split(".")) for id in table]
        inner = list(dict.fromkeys(key[len(at)] for key in keys if key[: len(at)] == at))
        self.only(at, tree, inner if at else (*_TOP_KEYS, *inner))
        given: dict[str, Value] = {}
        for name in inner:
            key, value = (*at, name), tree.get(name)
            id = ".".join(key)
            if value is None or (id == "case_policy" and value == CASES_FIRST):
                continue
            if id == "case_policy" and isinstance(value, str):
                self.problem("not_a_policy", key, meant=CASES_FIRST)
                continue
            if id in table:
                read = self._lever(key, table[id], value, baseline)
                given |= {} if read is None else {id: read}
            else:
                below = [lever.removeprefix(f"{id}.") for lever in table if lever.startswith(f"{id}.")]
                given |= self._levers(self.table(key, value, below), key, table, baseline)
        return given

    def _lever(self, key: Key, lever: Lever, value: object, baseline: Baseline) -> Value | None:
        """The value of one lever by its kind; None, with a problem, for a wrong one."""
        if lever.kind == "spread" and isinstance(value, dict):
            return self._spread(key, value, baseline)
        if lever.kind == "moves":
            return self._moves(key, value, baseline)
        if lever.low is None or lever.high is None:
            return self.choice(key, value, lever.choices)
        return self.number(key, value, lever.low, lever.high, lever.unit, lever.kind == "whole")

    def _spread(self, key: Key, weights: Mapping[str, object], baseline: Baseline) -> dict[str, float] | None:
        """Weights by prefecture id; None, with problems, where one is wrong."""
        ids = [prefecture.id for prefecture in baseline.prefectures]
        good: dict[str, float] = {}
        for name, value in weights.items():
            if name not in ids:
                self._unknown_prefecture((*key, name), ids, baseline)
            elif (weight := self.number((*key, name), value, 0.0, MOST_WEIGHT, "")) is not None:
                good[name] = weight
        if len(good) < len(weights):
            return None
        if not any(good.values()):
            self.problem("weights_all_zero", key, choices=tuple(ids))
        return good

    def _unknown_prefecture(self, key: Key, ids: Sequence[str], baseline: Baseline) -> None:
        """Note that a key is no prefecture, with the one that it may mean."""
        id_of = {text: prefecture.id for prefecture in baseline.prefectures for text in prefecture.name.values()}
        meant = id_of.get(nearest(key[-1], id_of) or "") or nearest(key[-1], ids) or ids[0]
        self.problem("unknown_prefecture", key, meant=meant, choices=tuple(ids))

    def _moves(self, key: Key, value: object, baseline: Baseline) -> dict[str, float]:
        """Whole people added to or taken from pools; never more are taken than a pool can spare."""
        given, most = self._by_pool(key, value, baseline), baseline.staff_total
        least = dict(zip(baseline.pool_keys, (-movable(baseline)).tolist(), strict=True))
        people = {
            pool: self.number((*key, *pool.split(".")), given[pool], least[pool], most, "people", whole=True)
            for pool in baseline.pool_keys
            if pool in given
        }
        return {pool: moved for pool, moved in people.items() if moved}

    def _by_pool(self, at: Key, value: object, baseline: Baseline) -> dict[str, object]:
        """The entries of a table by pool (`Baseline.pool_keys`); any other key is a problem."""
        tiers = self.table(at, value, TIERS)
        self.only(at, tiers, TIERS)
        by_pool: dict[str, object] = {}
        for tier in (tier for tier in TIERS if tier in tiers):
            if tier in baseline.pool_keys:
                by_pool[tier] = tiers[tier]
                continue
            ids = [id for of, id in baseline.pool_names if of == tier]
            for id, entry in self.table((*at, tier), tiers[tier], ids).items():
                if id in ids:
                    by_pool[f"{tier}.{id}"] = entry
                else:
                    self._unknown_prefecture((*at, tier, id), ids, baseline)
        return by_pool

    def _reading(self, value: object, baseline: Baseline) -> dict[str, str]:
        """The choices of READINGS that the file makes."""
        choices = readings(baseline)
        given = self.table(("reading",), value, READINGS)
        self.only(("reading",), given, READINGS)
        read = {name: self.choice(("reading", name), given[name], choices[name]) for name in choices if name in given}
        return {name: choice for name, choice in read.items() if choice}

    def _staff_list(self, value: object, baseline: Baseline) -> dict[tuple[str, str], tuple[int, int]]:
        """People and frontline officers of every pool; empty where the file gives no list or a wrong one."""
        given = self._by_pool(("staff_list",), value, baseline)
        if not value:
            return {}
        heads = {
            name: self._seat(("staff_list", *key.split(".")), given[key])
            for key, name in zip(baseline.pool_keys, baseline.pool_names, strict=True)
            if key in given
        }
        if missing := tuple(key for key in baseline.pool_keys if key not in given):
            self.problem("staff_list_incomplete", ("staff_list",), choices=missing)
        if any(key[0] == "staff_list" for key in self.wrong):
            return {}
        sums = [sum(seat[k] for seat in heads.values()) for k in (0, 1)]
        people, frontline = (
            int(baseline.reported(id)) if baseline.gives(id) else given
            for id, given in zip(("staff_total", "frontline_total"), sums, strict=True)
        )
        if sums != [people, frontline]:
            right = {"people": people, "frontline": frontline, "people_given": sums[0], "frontline_given": sums[1]}
            self.problem("staff_list_does_not_add_up", ("staff_list",), **right)
            return {}
        return heads

    def _seat(self, key: Key, value: object) -> tuple[int, int]:
        """People and frontline officers of a pool; nobody, with a problem, where they are no such pair."""
        if (
            isinstance(value, list)
            and len(value) == 2
            and all(type(heads) is int for heads in value)
            and 0 <= value[1] <= value[0] < 1e6
        ):
            return value[0], value[1]
        self.problem("not_a_seat", key)
        return 0, 0

    def _assumptions(self, value: object, baseline: Baseline) -> dict[str, ChangedAssumption]:
        """The changed assumptions by id."""
        changed = {}
        for id, given in self.table(("assumptions",), value, baseline.assumptions).items():
            key = ("assumptions", id)
            if id not in baseline.assumptions:
                near = nearest(id, baseline.assumptions) or next(iter(baseline.assumptions))
                self.problem("unknown_assumption", key, meant=near)
            elif (read := self._assumption(key, given, baseline)) is not None:
                changed[id] = read
        return changed

    def _assumption(self, key: Key, value: object, baseline: Baseline) -> ChangedAssumption | None:
        """One changed assumption; None, with a problem, where its range or its reason is wrong."""
        ours = baseline.assumptions[key[-1]]
        given = self.table(key, value, _ASSUMPTION_KEYS)
        self.only(key, given, _ASSUMPTION_KEYS)
        bounds: dict[str, float] = {}
        for name in ("low", "mid", "high"):
            if (
                name in given
                and (bound := self.number((*key, name), given[name], ours.least, ours.most, ours.unit)) is not None
            ):
                bounds[name] = bound
        for name in _ASSUMPTION_KEYS:
            # The mid of a closed assumption is never used: the base year gives it.
            if name not in given and key not in self.wrong and not (name == "mid" and ours.closed):
                self.problem("key_missing", (*key, name), low=ours.low, mid=ours.mid, high=ours.high, unit=ours.unit)
        reason = self.words((*key, "reason"), given["reason"], TEXT_LIMITS["reason"], True) if "reason" in given else ""
        if "reason" in given and not reason.strip() and (*key, "reason") not in self.wrong:
            self.problem("reason_empty", (*key, "reason"))
        if any(wrong[:2] == key for wrong in self.wrong):
            return None
        low, high = bounds["low"], bounds["high"]
        mid = bounds.get("mid", min(max(ours.mid, low), high))
        if low > high or not (ours.closed or low <= mid <= high):
            self.problem("range_not_in_order", key, low=low, mid=mid, high=high, unit=ours.unit)
        return ChangedAssumption(low, mid, high, reason)

    def _cross_checks(self, given: Mapping[str, Value], table: Mapping[str, Lever], baseline: Baseline) -> None:
        """Check that the levers fit together, but for levers that are wrong by themselves."""
        values = {id: given.get(id, lever.base) for id, lever in table.items()}
        wrong = {".".join(key) for key in self.wrong}
        numbers = {id: value for id, value in values.items() if isinstance(value, float)}
        changes = {id: numbers[id] for id in (f"staff.change.{tier}" for tier in TIERS)}
        if not wrong & {*changes, "staff", "staff.change", "staff.new_posts"}:
            self._sum_of_changes(changes, given, numbers["staff.new_posts"])
        if not wrong & {"from_approvals", "staff", "staff.new_posts"}:
            people = baseline.staff_total + numbers["staff.new_posts"] + numbers["from_approvals"]
            most = baseline.derived["system_staff_most"]
            if people > most:
                key = ("from_approvals",) if "from_approvals" in given else ("staff", "new_posts")
                self.problem("too_many_people", key, people=people, most=most)
        for id in lacking_needs(values, baseline):
            need = table[id].needs
            if need and not wrong & {id, need[0]}:
                self.problem("limit_needs_later_rules", tuple(id.split(".")))

    def _sum_of_changes(self, changes: dict[str, float], given: Mapping[str, Value], new_posts: float) -> None:
        """Check that the changes by tier add up to the new posts."""
        total = sum(changes.values())
        if total == new_posts:
            return
        # The last tier that the file names is to be mended; a file that names none adds its posts at the counties.
        last = next((id for id in reversed(changes) if id in given), f"staff.change.{TIERS[-1]}")
        key = tuple((last if last in given else "staff.new_posts").split("."))
        value = changes[last] + new_posts - total
        self.problem("changes_do_not_add_up", key, total=total, new_posts=new_posts, mend=last, value=value)
