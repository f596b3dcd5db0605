"""A function in; the places where goroutines wait for one another and taking something away leaves one behind, out."""

from collections.abc import Iterator

from goleaklint.calls.code import Code, DeclaredFunction
from goleaklint.calls.nodes import EdgeKind
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.syntax import ast
from goleaklint.syntax.walk import all_expressions, statements

from .serving import comes_again, is_ending
from .sites import Site, site
from .statements import calls, calls_in, deferred_call, is_made_here, plain_call, sequences, spawned_literals
from .uses import Use, uses

UNLOCKS = {"Unlock": "Lock", "RUnlock": "RLock"}


def close(whole: DeclaredFunction) -> Iterator[Site]:
    """The only `close(ch)` of a channel of this function that a goroutine ranges over."""
    for code in whole.all_code():
        for stmt in statements(code.block.stmts):
            call = deferred_call(stmt) if isinstance(stmt, ast.Defer) else plain_call(stmt)
            fun = ast.unparen(call.fun) if call is not None else None
            if call is None or not isinstance(fun, ast.Ident) or fun.name != "close" or not call.args:
                continue
            symbol = code.symbol(call.args[0])
            if symbol is None or not is_made_here(whole, symbol) or not _is_ranged_over(whole, symbol):
                continue
            if not comes_again(whole.code):
                continue
            closes = [each for each in calls(whole) if _closes(each, code, symbol)]
            if len(closes) == 1 and {use for _, use in uses(whole, symbol)} <= {Use.CHANNEL, Use.DECLARED}:
                yield site(whole, "close of a ranged channel", ("GL203", "GL101", "GL102"), (stmt.start, stmt.end))


def _is_ranged_over(whole: DeclaredFunction, symbol: Symbol) -> bool:
    """Reports whether a spawned literal ranges over the channel and does not leave the loop."""
    for literal in spawned_literals(whole):
        for stmt in statements(literal.block.stmts):
            if isinstance(stmt, ast.Range) and literal.symbol(stmt.x) is symbol:
                below = list(statements(stmt.body.stmts))
                if not any(isinstance(each, ast.Return | ast.Branch) for each in below):
                    return True
    return False


def _closes(call: ast.Call, code: Code, symbol: Symbol) -> bool:
    fun = ast.unparen(call.fun)
    return isinstance(fun, ast.Ident) and fun.name == "close" and code.symbol(call.args[0]) is symbol


def unlock(whole: DeclaredFunction) -> Iterator[Site]:
    """`x.Unlock()` before a return in a branch, where the function unlocks on its other ways, too."""
    for code in whole.all_code():
        made = [code.text(each.fun) for each in all_expressions(code.block.stmts) if isinstance(each, ast.Call)]
        for stmt, follower, branch in sequences(code.block.stmts):
            call = plain_call(stmt)
            fun = ast.unparen(call.fun) if call is not None else None
            if call is None or not branch or not isinstance(follower, ast.Return) or not isinstance(fun, ast.Selector):
                continue
            lock, owner = UNLOCKS.get(fun.name.name), code.text(fun.x)
            name = code.callee_name(call) if lock is not None else None
            if name is None or name[0] != "sync":
                continue
            if made.count(f"{owner}.{lock}") != 1 or made.count(f"{owner}.{fun.name.name}") == 1:
                continue
            if is_ending(whole) or _is_local(code, fun.x):
                continue  # of an object that is at its end, or that was made here, nobody may ever lock it again
            if comes_again(code, leaving=follower):
                yield site(whole, "unlock before an early return", ("GL220", "GL221", "GL205"), (stmt.start, stmt.end))


def _is_local(code: Code, expr: ast.Expr) -> bool:
    """Reports whether something is, or lies in, a local variable that a value is made for here."""
    expr = ast.unparen(expr)
    while isinstance(expr, ast.Selector):
        expr = ast.unparen(expr.x)
    symbol = code.symbol(expr)
    if symbol is None or symbol.kind is not SymbolKind.LOCAL:
        return False
    value = code.whole.value_of(symbol)
    value = value.x if isinstance(value, ast.Unary) and value.op == "&" else value
    return value is None or isinstance(value, ast.CompositeLit)


def done(whole: DeclaredFunction) -> Iterator[Site]:
    """The only `wg.Done()` of a spawned literal, where this function waits for its local wait group."""
    for literal in spawned_literals(whole):
        for stmt in statements(literal.block.stmts):
            call = deferred_call(stmt) if isinstance(stmt, ast.Defer) else plain_call(stmt)
            fun = ast.unparen(call.fun) if call is not None else None
            if call is None or not isinstance(fun, ast.Selector) or fun.name.name != "Done":
                continue
            symbol = literal.symbol(fun.x)
            if symbol is None or symbol.kind is not SymbolKind.LOCAL or literal.callee_name(call) is None:
                continue
            methods = [_method(each, literal, symbol) for each in calls(whole)]
            inside = [each for each in calls_in(literal) if _method(each, literal, symbol) == "Done"]
            waits = any(_method(each, literal, symbol) == "Wait" for each in calls_in(whole.code))
            alone = {use for _, use in uses(whole, symbol)} <= {Use.FIELD, Use.DECLARED}
            if waits and alone and len(inside) == 1 and "Add" in methods and comes_again(whole.code):
                rules = ("GL211", "GL203", "GL205", "GL202")
                yield site(whole, "Done of a wait group", rules, (stmt.start, stmt.end))


def _method(call: ast.Call, code: Code, symbol: Symbol) -> str:
    fun = ast.unparen(call.fun)
    return fun.name.name if isinstance(fun, ast.Selector) and code.symbol(fun.x) is symbol else ""


def room(whole: DeclaredFunction) -> Iterator[Site]:
    """The 1 of `make(chan T, 1)`, where a goroutine sends once and the receiver may leave by another case."""
    for code in whole.all_code():
        for stmt in statements(code.block.stmts):
            if not isinstance(stmt, ast.Assign) or len(stmt.left) != 1 or len(stmt.right) != 1:
                continue
            make, symbol = ast.unparen(stmt.right[0]), code.symbol(stmt.left[0])
            if symbol is None or not isinstance(make, ast.Call) or len(make.args) != 2:
                continue
            size = ast.unparen(make.args[1])
            if not is_made_here(whole, symbol) or not isinstance(size, ast.BasicLit) or code.text(size) != "1":
                continue
            alone = {use for _, use in uses(whole, symbol)} <= {Use.CHANNEL, Use.DECLARED}
            if alone and _is_sent_once(whole, symbol) and _may_leave(code, symbol) and comes_again(code):
                edit = make.args[0].end, size.end
                yield site(whole, "room of a channel with a timeout", ("GL202", "GL201"), edit)


def _is_sent_once(whole: DeclaredFunction, symbol: Symbol) -> bool:
    """Reports whether one goroutine sends, in one place, and not in a select: that may have another way out."""
    spawned = list(spawned_literals(whole))
    chosen = [
        clause.comm
        for code in whole.all_code()
        for stmt in statements(code.block.stmts)
        if isinstance(stmt, ast.Select)
        for clause in stmt.clauses
    ]
    sends = [
        (code, stmt)
        for code in whole.all_code()
        for stmt in statements(code.block.stmts)
        if isinstance(stmt, ast.Send) and code.symbol(stmt.chan) is symbol
    ]
    return len(sends) == 1 and sends[0][0] in spawned and sends[0][1] not in chosen


def _may_leave(code: Code, symbol: Symbol) -> bool:
    """Reports whether all that receives is one select, which has another case that returns."""
    receives = 0
    leaves = False
    for stmt in statements(code.block.stmts):
        if isinstance(stmt, ast.Select):
            own = [_receives(clause.comm, code, symbol) for clause in stmt.clauses]
            receives += sum(own)
            others = (each for each, mine in zip(stmt.clauses, own, strict=True) if not mine and each.comm is not None)
            if any(own) and any(each.body and isinstance(each.body[-1], ast.Return) for each in others):
                leaves = True
    every = sum(
        isinstance(each, ast.Unary) and each.op == "<-" and code.symbol(each.x) is symbol
        for inner in code.whole.all_code()
        for each in all_expressions(inner.block.stmts)
    )
    return leaves and receives == every == 1


def _receives(comm: ast.Stmt | None, code: Code, symbol: Symbol) -> bool:
    values = comm.right if isinstance(comm, ast.Assign) else (comm.x,) if isinstance(comm, ast.ExprStmt) else ()
    return any(isinstance(each, ast.Unary) and each.op == "<-" and code.symbol(each.x) is symbol for each in values)


def quit_case(whole: DeclaredFunction) -> Iterator[Site]:
    """The case of a select that is a goroutine's only way out of its loop: `case <-quit: return`."""
    for code in (*spawned_literals(whole), whole.code):
        found = _only_way_out(code)
        if found is None or (code is whole.code and not _is_only_spawned(whole)):
            continue
        ends = any(whole.functions.never_returns(call, whole) for call in calls_in(code))
        if not (ends or _recovers(code)) and comes_again(code):
            rules = ("GL101", "GL102", "GL105", "GL103", "GL203", "GL202")
            yield site(whole, "the only quit case", rules, (found.start, found.end))


def _recovers(code: Code) -> bool:
    """Reports whether a goroutine stops panics: one of them may be its other end."""
    below = (each for literal in code.literals for each in calls_in(literal))
    return any(isinstance(each.fun, ast.Ident) and each.fun.name == "recover" for each in below)


def _only_way_out(code: Code) -> ast.CommClause | None:
    """The case of the only return of an endless loop, if it waits for a signal to end and there are other cases."""
    below = list(statements(code.block.stmts))
    loops = [stmt for stmt in below if isinstance(stmt, ast.For) and stmt.cond is None]
    if len(loops) != 1 or any(isinstance(stmt, ast.Branch) and stmt.kind != "continue" for stmt in below):
        return None
    returns = [stmt for stmt in below if isinstance(stmt, ast.Return)]
    for stmt in statements(loops[0].body.stmts):
        clauses = stmt.clauses if isinstance(stmt, ast.Select) else ()
        for clause in clauses if len(clauses) > 1 else ():
            if len(returns) == 1 and clause.body[-1:] == (returns[0],) and _is_quit(code, clause.comm):
                return clause
    return None


def _is_only_spawned(whole: DeclaredFunction) -> bool:
    sites = whole.functions.callers(whole.decl)
    return bool(sites) and all(each.kind is EdgeKind.GO for each in sites)


def _is_quit(code: Code, comm: ast.Stmt | None) -> bool:
    values = comm.right if isinstance(comm, ast.Assign) else (comm.x,) if isinstance(comm, ast.ExprStmt) else ()
    for each in values:
        if isinstance(each, ast.Unary) and each.op == "<-":
            text = code.text(each.x).lower()
            return any(word in text for word in ("done", "quit", "stop", "clos", "exit", "term"))
    return False
