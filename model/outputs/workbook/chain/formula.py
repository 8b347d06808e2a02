"""Formulas as the method writes them: one text for a cell's formula, its words and its value.

A formula is a Python expression. Its names are steps, assumptions and levers (`visits`, `base.visits`,
`lever.training_days`), whose places and values the caller gives. Its functions are those of FUNCTIONS, those of ROWS,
which take names of whole rows of pools, and `by_tier(province, city, county)`.
"""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, reduce

import numpy as np
from scipy.special import gammaln, ndtr, pdtr, xlogy

Value = float | np.ndarray

ENDLESS = "1e99"
"""The number for infinity, which a spreadsheet does not know."""


@dataclass(frozen=True)
class Place:
    """The references that names become where a formula stands.

    `cell` gives the name's own cell, `row` the row or column of cells that it belongs to.
    """

    cell: Callable[[str], str]
    row: Callable[[str], str]


FUNCTIONS: dict[str, tuple[str, Callable[..., Value]]] = {
    "max": ("MAX({})", lambda *values: reduce(np.maximum, values)),
    "min": ("MIN({})", lambda *values: reduce(np.minimum, values)),
    "abs": ("ABS({})", np.abs),
    "sqrt": ("SQRT({})", np.sqrt),
    "exp": ("EXP({})", np.exp),
    "log": ("LN({})", np.log),
    "cos": ("COS({})", np.cos),
    "floor": ("INT({})", np.floor),
    "ndtr": ("NORMSDIST({})", ndtr),
    # A half goes to the even number, as in the model.
    "round_even": ("(ROUND({0},0)-(MOD({0},2)=0.5))", np.round),
    "poisson": ("POISSON({},FALSE)", lambda k, mean: np.exp(xlogy(k, mean) - mean - gammaln(k + 1))),
    "poisson_up_to": ("POISSON({},TRUE)", pdtr),
    "choose": ("CHOOSE({})", lambda code, *values: np.choose(np.asarray(code, int) - 1, values)),
    "either": ("OR({})", lambda *values: reduce(np.logical_or, values)),
    "both": ("AND({})", lambda *values: reduce(np.logical_and, values)),
}
"""Each function in a spreadsheet, none younger than Excel 2007, and in NumPy."""

ROWS: dict[str, tuple[Callable[..., str], Callable[..., Value]]] = {
    "total": (
        lambda at, x: f"SUM({at.row(x)})",
        lambda tier, place, x: np.sum(x),
    ),
    "of_tier": (
        lambda at, x: f"SUMIF({at.row('tier')},{at.cell('tier')},{at.row(x)})",
        lambda tier, place, x: np.bincount(tier, x, 4)[tier],
    ),
    "of_city": (
        lambda at, x: f"SUMIFS({at.row(x)},{at.row('tier')},2,{at.row('place')},{at.cell('place')})",
        lambda tier, place, x: np.bincount(place, x * (tier == 2))[place],
    ),
    "of_counties": (
        lambda at, x: f"SUMIFS({at.row(x)},{at.row('tier')},3,{at.row('place')},{at.cell('place')})",
        lambda tier, place, x: np.bincount(place, x * (tier == 3))[place],
    ),
    "tier_total": (
        lambda at, k, x: f"SUMIF({at.row('tier')},{k},{at.row(x)})",
        lambda tier, place, k, x: np.sum(x[tier == k]),
    ),
    "place_total": (
        lambda at, k, x: f"SUMIF({at.row('place')},{k},{at.row(x)})",
        lambda tier, place, k, x: np.sum(x[place == k]),
    ),
    "nth": (
        lambda at, x, n: f"INDEX({at.row(x)},{at.cell(n)})",
        lambda tier, place, x, n: x[int(n) - 1],
    ),
}
"""The functions of rows, in a spreadsheet and in NumPy.

NumPy's also take tier and place of every pool. They are sums over all pools, over this pool's tier, its city, its
counties, over a tier or a place by number, and the nth line of a walk.
"""

_OPERATORS = {
    ast.Add: ("+", 2, np.add),
    ast.Sub: ("-", 2, np.subtract),
    ast.Mult: ("*", 3, np.multiply),
    ast.Div: ("/", 3, np.divide),
    ast.Pow: ("^", 5, np.power),
    ast.Lt: ("<", 1, np.less),
    ast.LtE: ("<=", 1, np.less_equal),
    ast.Gt: (">", 1, np.greater),
    ast.GtE: (">=", 1, np.greater_equal),
    ast.Eq: ("=", 1, np.equal),
}
_SIGN, _ATOM = 4, 9
_SIGNS_IN_WORDS = {"*": "×", "/": "÷", "-": "−", "<=": "≤", ">=": "≥"}


@lru_cache(maxsize=2048)
def _expression(formula: str) -> ast.expr:
    return ast.parse(" ".join(formula.split()), mode="eval").body


def _dotted(node: ast.expr) -> str:
    """A name with its dots; SyntaxError for any other expression."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=head, attr=name):
            return f"{_dotted(head)}.{name}"
    raise SyntaxError(f"not a name: {ast.unparse(node)}")


def in_cell(formula: str, place: Place) -> str:
    """The formula as a spreadsheet writes it, from = on; SyntaxError or KeyError for what is none.

    >>> where = {"rest": "F2", "kept": "F3", "days": "F4", "tier": "F1"}
    >>> in_cell("max(rest - 2 * days, kept) if days > 0 else by_tier(0, rest, kept)", Place(where.get, None))
    '=IF(F4>0,MAX(F2-2*F4,F3),CHOOSE(F1,0,F2,F3))'
    """

    def call(name: str, args: list[ast.expr], inner: Callable[[ast.expr], str]) -> str:
        if name == "total" and not isinstance(args[0], ast.Name):
            return f"SUMPRODUCT({_node_text(args[0], place.row, call, words=False)[0]})"
        if name in ROWS:
            return ROWS[name][0](place, *(str(a.value) if isinstance(a, ast.Constant) else _dotted(a) for a in args))
        values = [inner(one) for one in args]
        if name == "by_tier":
            return f"CHOOSE({place.cell('tier')},{','.join(values)})"
        template = FUNCTIONS[name][0]
        return template.format(*values) if "{0}" in template else template.format(",".join(values))

    return "=" + _node_text(_expression(formula), place.cell, call, words=False)[0]


def in_words(formula: str, label: Callable[[str], str]) -> str:
    """The formula for a reader: a name as its label, an own function as the label of its name and "()".

    >>> in_words("max(rest - 2 * days, total(kept))", lambda name: f"<{name}>")
    'MAX(<rest> − 2 × <days>; <total()>(<kept>))'
    """

    def call(name: str, args: list[ast.expr], inner: Callable[[ast.expr], str]) -> str:
        own = name in ROWS or name == "by_tier"
        function = label(f"{name}()") if own else FUNCTIONS[name][0].strip("(").partition("(")[0]
        return f"{function}({'; '.join(map(inner, args))})"

    return _node_text(_expression(formula), label, call, words=True)[0]


def _node_text(node: ast.expr, label: Callable[[str], str], call: Callable[..., str], words: bool) -> tuple[str, int]:
    """A node's text, and how tightly its outermost operator binds."""

    def inner(child: ast.expr, least: int = 0) -> str:
        text, binds = _node_text(child, label, call, words)
        return text if binds >= least else f"({text})"

    match node:
        case ast.Name() | ast.Attribute():
            return label(_dotted(node)), _ATOM
        case ast.Constant(value=number):
            return repr(number).upper(), _ATOM
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            # In a spreadsheet -2^2 is 4.
            return f"{'−' if words else '-'}{inner(operand, _ATOM)}", _SIGN
        case ast.BinOp(left=left, op=op, right=right) | ast.Compare(left=left, ops=[op], comparators=[right]):
            sign, binds, _ = _OPERATORS[type(op)]
            # And 2^3^2 is 64 there, so both sides of a power get parentheses.
            first, second = inner(left, binds + (sign == "^")), inner(right, binds + 1)
            return (
                f"{first} {_SIGNS_IN_WORDS.get(sign, sign)} {second}" if words else f"{first}{sign}{second}",
                binds,
            )
        case ast.IfExp(test=test, body=body, orelse=other):
            return f"IF({('; ' if words else ',').join(map(inner, (test, body, other)))})", _ATOM
        case ast.Call(func=ast.Name(id=name), args=args):
            return call(name, args, inner), _ATOM
    raise SyntaxError(f"not a formula: {ast.unparse(node)}")


def value(formula: str, lookup: Callable[[str], Value]) -> Value:
    """The value of the formula, a number or an array (pools,); SyntaxError or KeyError for what is none.

    `lookup` gives the value of a name; those of `tier` and `place` are the whole numbers that sums go by.

    >>> float(value("max(rest - 2 * days, 0) if rest > 9 else 7", {"rest": 10.0, "days": 3.0}.get))
    4.0
    """
    with np.errstate(all="ignore"):
        return _value(_expression(formula), lookup)


def _value(node: ast.expr, lookup: Callable[[str], Value]) -> Value:
    match node:
        case ast.Name() | ast.Attribute():
            return lookup(_dotted(node))
        case ast.Constant(value=int() | float() as number):
            return number
        case ast.UnaryOp(operand=operand):
            return -_value(operand, lookup)
        case ast.BinOp(left=left, op=op, right=right) | ast.Compare(left=left, ops=[op], comparators=[right]):
            return _OPERATORS[type(op)][2](_value(left, lookup), _value(right, lookup))
        case ast.IfExp(test=test, body=body, orelse=other):
            return np.where(*(_value(one, lookup) for one in (test, body, other)))
        case ast.Call(func=ast.Name(id=name), args=args):
            values = [_value(one, lookup) for one in args]
            if name == "by_tier":
                return np.choose(np.asarray(lookup("tier"), int) - 1, [np.asarray(one) for one in values])
            if name in ROWS:
                return ROWS[name][1](lookup("tier"), lookup("place"), *values)
            return FUNCTIONS[name][1](*values)
    raise SyntaxError(f"not a formula: {ast.unparse(node)}")
