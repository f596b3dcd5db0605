"""Functions and the objects they belong to in; what is known of how they are started without their callers out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goleaklint.calls.beside import directories
from goleaklint.calls.code import Code, DeclaredFunction
from goleaklint.calls.exhausting import ends_with_data
from goleaklint.flow import ops
from goleaklint.flow.graph import Block, Loop
from goleaklint.flow.guards import passes_once
from goleaklint.flow.loops import Rounds, rounds
from goleaklint.index.package import base_name
from goleaklint.index.symbols import SymbolKind
from goleaklint.knowledge.occasions import is_command, is_request
from goleaklint.syntax import ast
from goleaklint.syntax.walk import all_expressions, deep, expressions
from goleaklint.types.types import Chan, Func, Named, Pointer

_LATER = (ops.Go, ops.Defer)

_INITIAL = re.compile(r"(?i)init|setup|bootstrap")

# --- in a function


def block_of(code: Code, node: ast.Node) -> Block | None:
    """The block in which a piece of syntax, or the operation that it is part of, is executed."""
    best: tuple[int, Block] | None = None
    for block in code.graph.blocks:
        for op in block.ops:
            start, end = op.node.start, op.node.end
            if start <= node.start and node.end <= end and (best is None or end - start < best[0]):
                best = end - start, block
    return None if best is None else best[1]


def goes_round(code: Code, block: Block) -> bool:
    """Reports whether control comes to a block as often as something comes: in a loop for ever, while a condition holds
    or over a channel.

    A loop that counts, or goes over a collection or archive, starts as many as there are and is done. What is made
    where it is missing is made once.
    """
    if not code.graph.comes_again(block):
        return False
    return not block.loops or any(
        goes_on(code, loop) and not passes_once(code.graph, code.names, block, loop) for loop in block.loops
    )


def goes_on(code: Code, loop: Loop) -> bool:
    """Reports whether a loop goes round as often as something comes."""
    if isinstance(loop, ast.Range):
        return isinstance(code.core_type(loop.x), Chan | Func)
    return rounds(loop) in (Rounds.ENDLESS, Rounds.CONDITION) and not ends_with_data(code, loop)


def call_with(outer: Code, literal: ast.FuncLit) -> ast.Call | None:
    """The call that a literal is an argument of, or that calls it where it stands."""
    for _, op in outer.graph.ops(ops.Call):
        if any(ast.unparen(each) is literal for each in (op.node.fun, *op.node.args)):
            return op.node
    return None


def is_handed_on(outer: Code, literal: ast.FuncLit) -> bool:
    """Reports whether a function returns a literal, or sets a field to it, for others to call at any time."""
    returned = (value for _, op in outer.graph.ops(ops.Return) for value in op.node.results)
    pairs = (zip(op.left, op.right, strict=False) for _, op in outer.graph.ops(ops.Assign))
    kept = (value for each in pairs for target, value in each if isinstance(ast.unparen(target), ast.Selector))
    return any(ast.unparen(each) is literal for each in (*returned, *kept))


def is_on_global(code: Code, call: ast.Call) -> bool:
    """Reports whether a method is called on a variable of a package, or on a field of one."""
    expr = ast.unparen(call.fun)
    while isinstance(expr, ast.Selector):
        expr = ast.unparen(expr.x)
    symbol = code.symbol(expr)
    return symbol is not None and symbol.kind is SymbolKind.GLOBAL


# --- by what it is given


def is_for_request(code: Code) -> bool:
    """Reports whether a function is given something that stands for a request."""
    return any(is_request(each.package, each.name) for each in _parameters(code))


def is_for_command(code: Code) -> bool:
    """Reports whether a function is given what a command line is read into, or is the method that a command line's
    library calls with its arguments: `Run(args []string) int`."""
    return any(is_command(each.package, each.name) for each in _parameters(code)) or _takes_arguments(code)


def is_in_table_of_commands(code: Code) -> bool:
    """Reports whether code lists what there is to keep as its package starts, and the package is a directory `cmd`."""
    name = code.whole.decl.name
    return (name == "init" or name.startswith("glob..")) and directories(code.whole)[-1:] == ["cmd"]


def _takes_arguments(code: Code) -> bool:
    params, results = code.type.params, code.type.results
    match [each.type for each in params], [each.type for each in results]:
        case [ast.SliceType(elem=ast.Ident(name="string"))], [ast.Ident(name="int")]:
            return code.is_method and code.whole.decl.name == "Run"
        case _:
            return False


def ends_process(code: Code) -> bool:
    """Reports whether a function is the main function of programs: it is no method, returns nothing that a caller could
    look at, and ends the process where it fails."""
    if code.is_method or code.type.results:
        return False
    stopped, reachable = code.graph.stopped, code.graph.reachable()
    return any(
        edge.target == stopped for block in code.graph.blocks if block.index in reachable for edge in block.edges
    )


def _parameters(code: Code) -> Iterator[Named]:
    for field in code.type.params:
        kind = code.types.declared.resolve(field.type, code.types.env)
        kind = kind.elem if isinstance(kind, Pointer) else kind
        if isinstance(kind, Named):
            yield kind


def is_kept_for_start(code: Code, value: ast.Node) -> bool:
    """Reports whether a function is kept, as a value, in a field whose name tells that it is called at start-up."""
    return any(
        isinstance(expr, ast.KeyValue)
        and isinstance(expr.key, ast.Ident)
        and _INITIAL.match(expr.key.name)
        and expr.value.start <= value.start < expr.value.end
        for expr in all_expressions(code.block.stmts)
    )


def runs_in_place(code: Code) -> bool:
    """Reports whether a function is a declared one, or a literal that is called, spawned or deferred where it stands:
    not one that is kept, or handed to somebody who calls it when he likes."""
    while isinstance(code.node, ast.FuncLit) and code.outer is not None:
        spawned = (op.node.call for block in code.outer.graph.blocks for op in block.ops if isinstance(op, _LATER))
        called = (op.node for _, op in code.outer.graph.ops(ops.Call))
        calls = (each for each in map(ast.unparen, (*spawned, *called)) if isinstance(each, ast.Call))
        if not any(ast.unparen(each.fun) is code.node for each in calls):
            return False
        code = code.outer
    return True


# --- by the variables of its package


def is_initial(whole: DeclaredFunction) -> bool:
    """Reports whether a variable of its package is initialised with a function, or by it."""
    decl = whole.decl
    is_method = isinstance(decl.node, ast.FuncDecl) and decl.node.receiver is not None
    return not is_method and decl.name in _variables(whole).names


@dataclass(frozen=True, slots=True)
class _Variables:
    """What the values of a package's variables name, and the types of the package that they are, or make."""

    names: frozenset[str]
    types: frozenset[str]


def _variables(whole: DeclaredFunction) -> _Variables:
    """Those of the function's package, looked through once for all its functions: some packages are large tables."""
    cache, package = whole.functions.cache, whole.scope.package
    found = cache.get((_Variables, package))
    if not isinstance(found, _Variables):
        specs = [each for source in package.all_sources() for each in source.syntax.specs]
        variables = [each for each in specs if isinstance(each, ast.ValueSpec) and not each.const]
        values = [value for each in variables for value in each.values]
        names = frozenset(each.name for value in values for each in deep(value) if isinstance(each, ast.Ident))
        declared = {each.type.name for each in variables if isinstance(each.type, ast.Ident)}
        made = {_made(each) for value in values for each in expressions(value)}
        found = cache[_Variables, package] = _Variables(names, frozenset(declared | made))
    return found


# --- by the objects it is a method of


def makings(code: Code, name: str) -> Iterator[tuple[Code, ast.Node]]:
    """Where functions of a package make an object of one of its types, as `T{}` or `new(T)`."""
    word = re.compile(rb"\b%s\b" % re.escape(name.encode()))
    for function in code.whole.functions.in_package(code.whole.scope.package, word):
        for each in function.all_code():
            yield from ((each, expr) for expr in all_expressions(each.block.stmts) if _made(expr) == name)


def is_of_command(code: Code) -> bool:
    """Reports whether a method belongs to what a library reads a command line into: in a directory below `cmd`, objects
    of a type that its package never makes."""
    kind = code.whole.function.decl.receiver
    name = "" if kind is None else base_name(kind.type)
    return "cmd" in directories(code.whole) and next(makings(code, name), None) is None


def is_variable_made(code: Code, name: str) -> bool:
    """Reports whether a variable of a package is, or points at, an object of one of its types from the beginning; of a
    type that others can make, too, that says nothing."""
    return not name[:1].isupper() and name in _variables(code.whole).types


def _made(expr: ast.Expr) -> str:
    """The type of the package that an expression makes an object of: `T{}` or `new(T)`; "" for any other."""
    match expr:
        case ast.CompositeLit(type=ast.Ident(name=made)):
            return made
        case ast.Call(fun=ast.Ident(name="new"), args=(ast.Ident(name=made),)):
            return made
        case _:
            return ""
