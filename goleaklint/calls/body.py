"""One function and what was gathered in it in; its calls, and the functions it hands on, entered in the record."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from goleaklint.calls.callees import Names
from goleaklint.calls.gathering import Gathered, Given, Made
from goleaklint.calls.nodes import Edge, EdgeKind, External, FunctionId, Resolution, Site
from goleaklint.calls.recording import Invocation, Passed, Record
from goleaklint.calls.values import FieldOf, Global, Local, Other, ResultOf, Value
from goleaklint.index.package import base_name
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.knowledge import CallbackFate, Knowledge
from goleaklint.syntax import ast
from goleaklint.types.types import Named, Pointer, Struct, Type


@dataclass(slots=True)
class Body:
    """The calls of one function. `owners` are the function and its literals, by the numbers that gathering gave them.

    Variables of functions are followed only where something calls them or hands them on: few are.
    """

    names: Names
    gathered: Gathered
    owners: Sequence[FunctionId]
    record: Record
    knowledge: Knowledge
    path: str
    _followed: dict[Symbol, None] = field(default_factory=dict)

    def enter(self) -> None:
        """Enter everything."""
        for made in self.gathered.calls:
            self._call(made)
        for owner, stmt in self.gathered.ranges:
            self._range(self.owners[owner], stmt)
        for given in self.gathered.stored:
            self._give(given)
        for literal, typed in self.gathered.composites:
            self._composite(literal, typed)
        for place in self.gathered.addresses:
            self._address(place)
        giving = self._givers()
        for owner, returned in self.gathered.returns if giving else ():
            if self.owners[owner] in giving:
                self._return(self.owners[owner], self.names.signatures[self.owners[owner]], returned)
        for mention in self.gathered.mentions:
            value = self.names.value(mention)
            if isinstance(value, FunctionId):
                self.record.escaped.add(value)
        self._follow()

    # --- calls

    def _call(self, made: Made) -> None:
        callee = self.names.callee(made.call)
        if callee is None:
            return
        call, caller = made.call, self.owners[made.owner]
        site = Site(self.path, call.start, call.end)
        if callee.functions:
            for function in callee.functions:
                self.record.edges[Edge(caller, function, made.kind, callee.resolution, site)] = None
                self._pass(made, function, callee.skipped, site)
        elif callee.external is not None:
            self.record.external[caller].add(callee.external)
            self._hand_over(made, callee.external, site)
        elif callee.value is Other.UNKNOWN:
            self.record.unresolved[caller].add(site)
        elif callee.value is not None:
            self.record.invocations.append(Invocation(caller, site, made.kind, self._seen(callee.value)))
        if callee.method and not callee.functions and call.args:
            self.record.open_methods.add(callee.method)

    def _pass(self, made: Made, function: FunctionId, skipped: int, site: Site) -> None:
        """Enter what a function of the graph is given for the parameters that are functions."""
        signature = self.names.signatures.get(function)
        known = self.names.known.declarations
        positions = known.positions(function) if signature is None else known.function_positions(signature)
        for position in positions:
            at = position + skipped
            args = made.call.args
            value = self._seen(self.names.value(args[at])) if at < len(args) else Other.UNKNOWN
            caller = self.owners[made.owner]
            self.record.passed.append(Passed(caller, site, made.kind, function, position, value))

    def _hand_over(self, made: Made, external: External, site: Site) -> None:
        """Enter what a library function is known to do with the function it is given."""
        known = self.knowledge.function(external.package, external.name) if made.call.args else None
        if known is None or known.callback in (None, CallbackFate.STORES) or known.argument >= len(made.call.args):
            return
        value = self._seen(self.names.value(made.call.args[known.argument]))
        inner = {CallbackFate.SPAWNS: EdgeKind.GO, CallbackFate.DEFERS: EdgeKind.DEFER}
        kind = made.kind.then(inner.get(known.callback, EdgeKind.CALL)) if known.callback else made.kind
        caller = self.owners[made.owner]
        self.record.invocations.append(Invocation(caller, site, kind, value, Resolution.CALLBACK))

    def _range(self, caller: FunctionId, stmt: ast.Range) -> None:
        """A range clause calls the function it ranges over."""
        x = ast.unparen(stmt.x)
        if not isinstance(x, ast.Ident | ast.Selector | ast.FuncLit | ast.Call):
            return
        value = self.names.value(x)
        site = Site(self.path, x.start, x.end)
        if isinstance(value, FunctionId):
            method = isinstance(x, ast.Selector) and "." in value.name
            resolution = Resolution.METHOD if method else Resolution.STATIC
            self.record.edges[Edge(caller, value, EdgeKind.CALL, resolution, site)] = None
        elif isinstance(value, ResultOf):
            self.record.invocations.append(Invocation(caller, site, EdgeKind.CALL, value, certain=False))

    # --- functions as values

    def _seen(self, value: Value) -> Value:
        """The value; a variable of this function will be followed."""
        if isinstance(value, Local):
            self._followed[value.symbol] = None
        return value

    def _give(self, given: Given) -> None:
        """An assignment to a package variable or field; those to other variables can wait until they are called."""
        target = ast.unparen(given.target)
        variable: Global | FieldOf | None = None
        if isinstance(target, ast.Ident):
            if self.names.types.env.local(target) is None:
                variable = self._global(target)
        elif isinstance(target, ast.Selector):
            variable = self._place(target)
        if variable is not None:
            self.record.values.give(variable, self._given(given))

    def _given(self, given: Given) -> Value:
        if given.value is None:
            return Other.UNKNOWN
        value = self.names.value(given.value)
        if given.several:
            value = self.names.result(given.value, given.position)
        return self._seen(value)

    def _global(self, ident: ast.Ident) -> Global | None:
        callee = self.names.named(ident) if ident.name != "_" else None
        return callee.value if callee is not None and isinstance(callee.value, Global) else None

    def _place(self, selector: ast.Selector) -> Global | FieldOf | None:
        """The field, or variable of another package, that a selector names, if it is one that may hold functions."""
        x = selector.x
        imported = isinstance(x, ast.Ident) and bool(self.names.types.env.import_path(x))
        if not imported and selector.name.name not in self.names.known.declarations.function_fields:
            return None
        callee = self.names.selected(selector)
        return callee.value if callee is not None and isinstance(callee.value, Global | FieldOf) else None

    def _composite(self, literal: ast.CompositeLit, typed: ast.CompositeLit) -> None:
        """The functions that a struct literal puts in fields. `typed` is the literal that its type is written in."""
        known = self.names.known.declarations
        keyed = isinstance(literal.elements[0], ast.KeyValue)
        if not keyed and (typed.type is None or _innermost(typed.type) not in known.function_structs):
            return
        pairs = [(number, *_pair(element)) for number, element in enumerate(literal.elements)]
        if keyed:
            pairs = [each for each in pairs if each[1] in known.function_fields]
        if pairs:
            self.names.types.type_of(typed)  # gives the literals in it their types
            self._put(self.names.types.type_of(literal), pairs)

    def _put(self, kind: Type, pairs: list[tuple[int, str, ast.Expr]]) -> None:
        kind = kind.elem if isinstance(kind, Pointer) else kind
        under = self.names.types.declared.underlying(kind)
        if not isinstance(kind, Named) or not isinstance(under, Struct):
            return
        for number, name, value in pairs:
            at = name or (under.fields[number].name if number < len(under.fields) else "")
            if at in self.names.known.declarations.function_fields:
                self.record.values.give(FieldOf(kind.package, kind.name, at), self._seen(self.names.value(value)))

    def _address(self, place: ast.Expr) -> None:
        """What a variable or field holds whose address is taken can be written anywhere."""
        place = ast.unparen(place)
        if isinstance(place, ast.Selector):
            variable = self._place(place)
            if variable is not None:
                self.record.values.give(variable, Other.UNKNOWN)
        elif isinstance(place, ast.Ident):
            symbol = self.names.types.env.local(place)
            if symbol is None and (found := self._global(place)) is not None:
                self.record.values.give(found, Other.UNKNOWN)

    def _givers(self) -> frozenset[FunctionId]:
        """The function and its literals, as far as they return functions."""
        is_function = self.names.known.declarations.is_function_type
        signatures = self.names.signatures.items()
        return frozenset(each for each, kind in signatures if any(is_function(part.type) for part in kind.results))

    def _return(self, function: FunctionId, kind: ast.FuncType, stmt: ast.Return) -> None:
        types = [field for field in kind.results for _ in range(max(1, len(field.names)))]
        for position, part in enumerate(types):
            if self.names.known.declarations.is_function_type(part.type):
                single = len(stmt.results) == len(types)
                value = self.names.value(stmt.results[position]) if single else Other.UNKNOWN
                if not single and len(stmt.results) == 1:
                    value = self.names.result(stmt.results[0], position)
                self.record.values.give(ResultOf(function, position), self._seen(value))

    # --- variables of the function

    def _follow(self) -> None:
        """Enter what the variables that matter are assigned; those in turn can be other variables."""
        if not self._followed:
            return
        assigned: dict[Symbol, list[Given]] = defaultdict(list)
        for given in self.gathered.given:
            symbol = self._local(given.target)
            if symbol is not None:
                assigned[symbol].append(given)
        written_elsewhere = {self._local(place) for place in self.gathered.addresses}
        done: set[Symbol] = set()
        while len(done) < len(self._followed):
            symbol = next(each for each in self._followed if each not in done)
            done.add(symbol)
            self._enter_local(symbol, assigned[symbol], unknown=symbol in written_elsewhere)

    def _enter_local(self, symbol: Symbol, assigned: list[Given], *, unknown: bool) -> None:
        variable, values = Local(symbol), self.record.values
        parameter = self.names.parameter(symbol)
        if parameter is not None:
            values.give(variable, parameter)
        elif unknown or symbol.kind is not SymbolKind.LOCAL:
            values.give(variable, Other.UNKNOWN)
        for given in assigned:
            values.give(variable, self._given(given))

    def _local(self, target: ast.Expr) -> Symbol | None:
        target = ast.unparen(target)
        return self.names.types.env.local(target) if isinstance(target, ast.Ident) else None


def _pair(element: ast.Expr) -> tuple[str, ast.Expr]:
    """The field's name, "" if it has none, and the value of an element of a struct literal."""
    if isinstance(element, ast.KeyValue):
        return (element.key.name if isinstance(element.key, ast.Ident) else ""), element.value
    return "", element


def _innermost(kind: ast.Expr) -> str:
    """The name of the type that the elements of a literal's elements, and so on, have: `T` of `map[string][]*T`."""
    while True:
        match kind:
            case ast.SliceType(elem=inner) | ast.ArrayType(elem=inner) | ast.MapType(value=inner) | ast.Star(x=inner):
                kind = inner
            case _:
                return base_name(kind)
