"""Small changes of a module's code, each of which some test should notice."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

COMPARED = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
RECKONED = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
OPPOSITE = {"minimum": "maximum", "min": "max", "floor": "ceil", "any": "all", "zeros": "ones"}
OPPOSITE |= {b: a for a, b in OPPOSITE.items()}
GUARD = 1e-6
"""Numbers up to this guard against division by zero or rounding: a nudge of them is no change."""
STRICT = "strict"
"""A word of `zip` that refuses what never is given: without it nothing changes."""
NOT_RUN = ("annotation", "returns", "decorator_list", "type_params")
"""Fields of the tree that no result depends on."""


Way = tuple[tuple[str, int | None], ...]
"""The way from the root of a tree to a node: fields, and places in those that are lists."""


@dataclass(frozen=True)
class Mutant:
    """One change: the line where it stands, what stood there and what does now."""

    tree: ast.Module
    way: Way
    line: int
    before: str
    changed: ast.expr

    def __str__(self) -> str:
        return f"{self.line}: {self.before} -> {ast.unparse(self.changed)}"

    @property
    def source(self) -> str:
        """The module with the change."""
        tree = copy.deepcopy(self.tree)
        parent: ast.AST = tree
        for name, index in self.way[:-1]:
            parent = getattr(parent, name) if index is None else getattr(parent, name)[index]
        name, index = self.way[-1]
        if index is None:
            setattr(parent, name, self.changed)
        else:
            getattr(parent, name)[index] = self.changed
        return ast.unparse(tree)


def mutants(source: str) -> list[Mutant]:
    """Every mutant of a module, in the order of its lines."""
    tree = ast.parse(source)
    found = [
        Mutant(tree, way, node.lineno, ast.unparse(node), changed)
        for node, way in _nodes(tree)
        for changed in _changes(node, is_returned=way[-1][0] == "value" and _is_return(tree, way))
    ]
    return sorted(found, key=lambda mutant: mutant.line)


def _is_return(tree: ast.Module, way: Way) -> bool:
    """Whether what the way leads to is all that a statement returns."""
    parent: ast.AST = tree
    for name, index in way[:-1]:
        parent = getattr(parent, name) if index is None else getattr(parent, name)[index]
    return isinstance(parent, ast.Return)


def _nodes(node: ast.AST, way: Way = ()) -> Iterator[tuple[ast.expr, Way]]:
    """Every expression that runs, with the way to it from the root."""
    for name, value in ast.iter_fields(node):
        if name in NOT_RUN or _is_alias(node) or (isinstance(node, ast.keyword) and node.arg == STRICT):
            continue
        children = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, child in children:
            if isinstance(child, ast.AST):
                here = (*way, (name, index))
                if isinstance(child, ast.expr):
                    yield child, here
                yield from _nodes(child, here)


def _is_alias(node: ast.AST) -> bool:
    """Whether a statement only names a type: `Parts = tuple[np.ndarray, np.ndarray | None]`."""
    if not (isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)):
        return False
    names = {child.id for child in ast.walk(node.value) if isinstance(child, ast.Name)}
    return node.targets[0].id.istitle() and bool(names & {"float", "tuple", "Mapping", "Literal"})


def _changes(node: ast.expr, is_returned: bool) -> Iterator[ast.expr]:
    """The expression with one thing about it changed, in each of the ways there are."""

    def like(**fields: object) -> ast.expr:
        changed = copy.copy(node)
        for name, value in fields.items():
            setattr(changed, name, value)
        return changed

    match node:
        case ast.Compare(ops=[op]):
            yield from (like(ops=[other()]) for other in COMPARED.get(type(op), ()))
        case ast.BinOp(op=op, left=left, right=right):
            if type(op) in RECKONED:
                yield like(op=RECKONED[type(op)]())
            yield from (left, right) if is_returned else ()
        case ast.BoolOp(op=op, values=values):
            yield like(op=ast.Or() if isinstance(op, ast.And) else ast.And())
            yield from values if is_returned else ()
        case ast.UnaryOp(op=ast.USub() | ast.Not() | ast.Invert(), operand=operand):
            yield operand
        case ast.IfExp(body=body, orelse=orelse):
            yield like(body=orelse, orelse=body)
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(value=float(value)) if value == 0 or value > GUARD:
            yield ast.Constant(value * 1.25 if value else 1.0)
        case ast.Call(func=ast.Attribute(attr=name) as function) if name in OPPOSITE:
            function = copy.copy(function)
            function.attr = OPPOSITE[name]
            yield like(func=function)
        case ast.Call(func=ast.Name(id=name)) if name in OPPOSITE and name != "floor":
            yield like(func=ast.Name(OPPOSITE[name], ast.Load()))
