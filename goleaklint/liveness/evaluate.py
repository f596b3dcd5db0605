"""Expressions in, what they are worth out: which object, struct or function. Each variable has one value per call."""

from collections.abc import Iterable

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.liveness import makers
from goleaklint.liveness.counts import Counter
from goleaklint.liveness.escapes import Escapes
from goleaklint.liveness.frames import Binding, bindings
from goleaklint.liveness.objects import Condition, Object
from goleaklint.liveness.shapes import Shapes
from goleaklint.liveness.values import (
    ANY_FIELD,
    NIL,
    NIL_FIELD,
    OUTSIDE,
    Closure,
    Constant,
    Frame,
    Method,
    Record,
    Tracked,
    Value,
)
from goleaklint.liveness.world import World
from goleaklint.syntax import ast
from goleaklint.types.members import Member, find_member
from goleaklint.types.types import Chan, Func, Interface, Map, Named, Pointer, Slice, Struct, Type


class Evaluator(Escapes):
    """Values of expressions, in the calls they stand in. Kept until something new is found out about objects."""

    def __init__(self, world: World, shapes: Shapes) -> None:
        super().__init__(world, shapes)
        self.counter = Counter()
        self._values: dict[tuple[Frame, object, int], Value] = {}
        self._records: dict[tuple[Frame, object], Record] = {}
        self._frames: dict[tuple[Frame, ast.Node, Code], Frame] = {}
        self._assigned: dict[tuple[Frame, Symbol], list[Value]] = {}
        self._loops: dict[Code, tuple[tuple[int, int], ...]] = {}

    def restart(self) -> None:
        """Forget what variables hold, as more is known about fields now; objects and structs stay the same."""
        self._values.clear()
        for record in self._records.values():
            record.asked.clear()

    # --- expressions

    def value(self, expr: ast.Expr, frame: Frame, name: str = "", position: int = 0) -> Value:
        """What an expression is worth; of a call with several results the one at `position`.

        `name` is what a new object is called.
        """
        if isinstance(expr, ast.Ident):
            return self._named(expr, frame)
        if not isinstance(expr, ast.Selector | ast.Call | ast.CompositeLit):
            return self._around(expr, frame, name, position)
        if frame.ghost:
            return OUTSIDE
        key = frame, expr, position
        found = self._values.get(key)
        if found is None:
            self._values[key] = OUTSIDE
            found = self._values[key] = self._find(expr, frame, name, position)
        return found

    def _named(self, ident: ast.Ident, frame: Frame) -> Value:
        if ident.name in ("nil", "true", "false"):
            return Constant(ident.name)
        symbol = frame.code.names.symbol(ident)
        return OUTSIDE if symbol is None else self.variable(symbol, frame)

    def _around(self, expr: ast.Expr, frame: Frame, name: str, position: int) -> Value:
        """What an expression is worth that only leads to another; function literals."""
        match expr:
            case ast.Unary(op="&", x=ast.Ident() as variable):
                self._address(variable, frame)
                return self.value(variable, frame, name)
            case ast.Paren(x=x) | ast.Star(x=x) | ast.Unary(op="&", x=x) | ast.TypeAssert(x=x):
                return self.value(x, frame, name) if position == 0 else OUTSIDE
            case ast.FuncLit():
                code = frame.code.whole.literal(expr)
                return OUTSIDE if code is None else Closure(code, frame)
            case _:
                return OUTSIDE

    def _find(self, expr: ast.Selector | ast.Call | ast.CompositeLit, frame: Frame, name: str, position: int) -> Value:
        match expr:
            case ast.CompositeLit():
                return self._composite(expr, frame, name)
            case ast.Selector():
                return self._selected(expr, frame)
            case ast.Call():
                return self._called(expr, frame, name, position)

    def variable(self, symbol: Symbol, frame: Frame) -> Value:
        """What a variable holds."""
        owner = frame.owner(symbol) if symbol.is_variable else None
        if owner is None:
            return OUTSIDE
        key = owner, symbol, 0
        found = self._values.get(key)
        if found is None:
            self._values[key] = OUTSIDE
            found = self._values[key] = self._join(self._held(symbol, owner))
        return found

    def _address(self, ident: ast.Ident, frame: Frame) -> None:
        """Whoever has the address of a variable may give it a value."""
        symbol = frame.code.names.symbol(ident)
        owner = frame.owner(symbol) if symbol is not None and symbol.is_variable else None
        if symbol is None or owner is None or not isinstance(self.shapes.core(frame.code.type_of(ident)), Chan):
            return
        if (owner, symbol) not in self._assigned:
            self.assigned(symbol, owner, OUTSIDE)

    def _held(self, symbol: Symbol, owner: Frame) -> Iterable[Value]:
        if symbol.kind is SymbolKind.PARAM:
            yield owner.args.get(symbol, OUTSIDE)
        elif symbol.kind is SymbolKind.RESULT:
            yield self.zero(owner.code.types.symbol_type(symbol), owner, symbol.start, symbol.name)
        if symbol.within is not None:
            yield self.value(symbol.within.x, owner)
        for each in bindings(owner.code.whole, symbol):
            if not any(inner.node.start <= each.start < inner.node.end for inner in owner.code.literals):
                yield self._bound(symbol, each, owner)
        yield from self._assigned.get((owner, symbol), ())

    def assigned(self, symbol: Symbol, owner: Frame, value: Value) -> None:
        """A function literal gives a variable around it a value."""
        if owner.ghost:
            self.lose(value)
            return
        values = self._assigned.setdefault((owner, symbol), [])
        if value not in values:
            values.append(value)
            self.world.changed = self.world.changed or (owner, symbol, 0) in self._values

    def may_be_nil(self, symbol: Symbol, owner: Frame) -> bool:
        """Reports whether a variable may ever be nil: it is not made right where it is declared."""
        given = owner.given.get(symbol)
        if given is not None and owner.caller is not None:
            source = owner.caller.code.symbol(given)
            outer = owner.caller.owner(source) if source is not None and source.is_variable else None
            if source is not None and outer is not None:
                return self.may_be_nil(source, outer)
        return any(each == NIL or each is OUTSIDE for each in self._held(symbol, owner))

    def _bound(self, symbol: Symbol, binding: Binding, owner: Frame) -> Value:
        if binding.zero:
            kind = owner.code.types.symbol_type(symbol)
            return self.zero(kind, owner, symbol.start, symbol.name)
        if binding.value is None:
            return OUTSIDE
        return self.value(binding.value, owner, symbol.name, binding.position)

    def _join(self, values: Iterable[Value]) -> Value:
        """The one thing that several values are. Two different ones cannot be told apart: anything may happen then."""
        found = list(dict.fromkeys(values))
        real = [each for each in found if each != NIL] or found
        if len(real) == 1:
            return real[0]
        for each in real:
            self.lose(each)
        return OUTSIDE

    def is_again(self, frame: Frame, start: int) -> bool:
        """Reports whether control may come to a place of a function more than once."""
        if frame.again:
            return True
        loops = self._loops.get(frame.code)
        if loops is None:
            found = {loop for block in frame.code.graph.blocks for loop in block.loops[:1]}
            loops = self._loops[frame.code] = tuple((loop.start, loop.end) for loop in found)
        return any(begin <= start < end for begin, end in loops)

    # --- what is made

    def new(self, made: Object, frame: Frame, key: object, start: int) -> Tracked:
        """A new object."""
        return Tracked(self.world.object((frame, key), made, (frame, start), self.is_again(frame, start)))

    def zero(self, kind: Type, frame: Frame, start: int, name: str) -> Value:
        """The zero value of a type, for the variable or field that begins at `start`."""
        if frame.ghost:
            return OUTSIDE
        made = makers.zero_object(kind, name, frame.code, ast.Ident(start, start + len(name), name))
        if made is not None:
            return self.new(made, frame, (start, name), start)
        under = self.shapes.core(kind)
        if isinstance(under, Struct):
            return self._record(kind, frame, (start, name), start)
        return NIL if isinstance(under, Chan | Pointer | Func | Map | Slice | Interface) else OUTSIDE

    def _record(self, kind: Type, frame: Frame, key: object, start: int) -> Record:
        found = self._records.get((frame, key))
        if found is None:
            plain = kind.elem if isinstance(kind, Pointer) else kind
            found = self._records[frame, key] = Record(plain, frame, start)
        return found

    def _composite(self, literal: ast.CompositeLit, frame: Frame, name: str) -> Value:
        kind = frame.code.type_of(literal)
        made = makers.zero_object(kind, name, frame.code, literal)
        if made is not None:
            return self.new(made, frame, literal, literal.start)
        under = self.shapes.core(kind.elem if isinstance(kind, Pointer) else kind)
        if not isinstance(under, Struct):
            for element in literal.elements:
                self.lose(self.value(element.value if isinstance(element, ast.KeyValue) else element, frame))
            return OUTSIDE
        record = self._record(kind, frame, literal, literal.start)
        for number, element in enumerate(literal.elements):
            if isinstance(element, ast.KeyValue):
                if isinstance(element.key, ast.Ident):
                    self._fill(record, element.key.name, element.value, frame, name)
            elif number < len(under.fields):
                self._fill(record, under.fields[number].name, element, frame, name)
        return record

    def _fill(self, record: Record, field: str, expr: ast.Expr, frame: Frame, name: str) -> None:
        record.origins.setdefault(field, (expr, frame))
        self.store(record, field, self.value(expr, frame, f"{name}.{field}" if name else field))

    def store(self, record: Record, field: str, value: Value) -> None:
        """A field of a struct gets a value, beside those it had."""
        old = record.fields.get(field)
        new = value if old is None else self._join((old, value))
        if record.lost:
            self.lose(value)
        if new is not old and new != old:
            record.fields[field] = new
            self.world.changed = self.world.changed or field in record.asked or ANY_FIELD in record.asked

    # --- fields

    def _selected(self, expr: ast.Selector, frame: Frame) -> Value:
        base = self.value(expr.x, frame)
        match base:
            case Record():
                found = self.field(base, expr.name.name)
                return self._method(expr, base, frame) or OUTSIDE if found is None else found
            case Tracked(number=number):
                condition = self.world.objects[number]
                if isinstance(condition, Condition) and expr.name.name == "L":
                    return Tracked(condition.lock)
                self.world.lose(number)  # a method value, which may be called anywhere
        return OUTSIDE

    def field(self, record: Record, name: str, depth: int = 0) -> Value | None:
        """What a field holds, promoted ones too; None if there is no such field."""
        record.asked.add(name)
        if name in record.fields:
            return record.fields[name]
        under = self.shapes.core(record.type)
        if not isinstance(under, Struct) or depth > 3:
            return None
        for each in under.fields:
            if each.name == name:
                return OUTSIDE if record.lost else self._zero_field(record, name, each.type)
        for each in under.fields:
            inner = self.field(record, each.name) if each.embedded else None
            if isinstance(inner, Record):
                found = self.field(inner, name, depth + 1)
                if found is not None:
                    return found
        return None

    def _zero_field(self, record: Record, name: str, kind: Type) -> Value:
        frame, start = record.frame, record.start
        made = makers.zero_object(kind, name, frame.code, ast.Ident(start, start + 1, name))
        if made is not None:
            value: Value = self.new(made, frame, (record, name), start)
        elif isinstance(under := self.shapes.core(kind), Struct):
            value = self._record(kind, frame, (record, name), start)
        else:
            if not isinstance(under, Chan | Pointer | Func | Interface):
                return OUTSIDE
            record.asked.add(NIL_FIELD)
            return NIL
        record.fields[name] = value
        return value

    def embedded(self, record: Record, method: str) -> Value:
        """The synchronisation object that a struct embeds and whose methods it has."""
        under = self.shapes.core(record.type)
        for each in under.fields if isinstance(under, Struct) else ():
            if each.embedded and makers.has_method(each.type, method):
                return self.field(record, each.name) or OUTSIDE
        return OUTSIDE

    # --- calls

    def _called(self, call: ast.Call, frame: Frame, name: str, position: int) -> Value:
        fun = ast.unparen(call.fun)
        if frame.code.types.is_type(fun):
            return self.value(call.args[0], frame, name) if call.args else OUTSIDE
        made = makers.make(self, call, frame, name, position)
        if made is not None:
            return made
        if not self.follows(call, frame, position):
            return OUTSIDE
        target = self.function(fun, frame)
        inner = self.enter(frame, call, target) if isinstance(target, Closure | Method) else None
        found: Value = OUTSIDE if inner is None else self._join(self._results(inner, position))
        if isinstance(found, Tracked) and self.shapes.hides(call, frame.code, position):
            self.world.lose(found.number, "receive")  # it may send, too, but not all that others wait for
            return OUTSIDE
        # One that only ever gives nil stands for others: for another system, or to be replaced.
        return OUTSIDE if found == NIL and not self.shapes.gives(call, frame.code, position) else found

    def _results(self, frame: Frame, position: int) -> Iterable[Value]:
        results = [name for field in frame.code.type.results for name in field.names]
        for _, op in frame.code.graph.ops(ops.Return):
            values = op.node.results
            if not values:
                symbol = frame.code.names.symbol(results[position]) if position < len(results) else None
                yield OUTSIDE if symbol is None else self.variable(symbol, frame)
            elif len(values) == 1:
                yield self.value(values[0], frame, "", position)
            elif position < len(values):
                yield self.value(values[position], frame)

    def function(self, fun: ast.Expr, frame: Frame) -> Value:
        """The function that an expression stands for, ready to be called."""
        fun = ast.unparen(fun)
        if isinstance(fun, ast.Index):
            fun = ast.unparen(fun.x)
        symbol = frame.code.symbol(fun)
        if isinstance(fun, ast.FuncLit) or (symbol is not None and symbol.is_variable):
            return self.value(fun, frame)
        if isinstance(fun, ast.Selector):
            base = self.value(fun.x, frame)
            held = self.field(base, fun.name.name) if isinstance(base, Record) else None
            return held if held is not None else self._method(fun, base, frame) or OUTSIDE
        return self._declared(fun, frame) or OUTSIDE

    def _declared(self, fun: ast.Expr, frame: Frame) -> Closure | None:
        decl = frame.code.declaration(fun)
        found = frame.code.whole.functions.of(decl) if decl is not None else None
        return None if found is None else Closure(found.code, None)

    def _method(self, fun: ast.Selector, base: Value, frame: Frame) -> Value | None:
        found = self._declared(fun, frame)
        if found is not None:
            return Method(found.code, base) if found.code.is_method else found
        if not isinstance(base, Record) or not isinstance(base.type, Named):
            return None
        member = find_member(frame.code.types.declared, Pointer(base.type), fun.name.name)
        decl = member.decl if isinstance(member, Member) else None
        whole = frame.code.whole.functions.of(decl) if decl is not None else None
        return None if whole is None else Method(whole.code, base)

    def enter(self, frame: Frame, call: ast.Call, target: Closure | Method) -> Frame | None:
        """The call of a function from here; None if it is not looked into."""
        key = frame, call, target.code
        found = self._frames.get(key)
        if found is None:
            if not frame.may_enter(target.code):
                return None
            outer = target.frame if isinstance(target, Closure) else None
            again = self.is_again(frame, call.start)
            found = self._frames[key] = Frame(target.code, outer, frame, call, again=again, limit=frame.limit)
        self._give(found, frame, call, target)
        return found

    def enter_argument(self, frame: Frame, site: ast.Call, call: ast.Call, target: Closure | Method) -> Frame | None:
        """The call of a function without parameters by the library function that it is given to at `site`."""
        key = frame, site, target.code
        if key not in self._frames:
            inner = self.enter(frame, call, target)
            if inner is None:
                return None
            self._frames[key] = inner
        return self._frames[key]

    def _give(self, inner: Frame, frame: Frame, call: ast.Call, target: Closure | Method) -> None:
        """The parameters get their values."""
        fun = ast.unparen(call.fun)
        if isinstance(target, Method) and target.code.params and target.code.params[0] is not None:
            inner.args[target.code.params[0]] = target.receiver
        is_value = isinstance(target, Method) and not isinstance(fun, ast.Selector)
        if is_value:
            pairs = [(p, a) for p, a in zip(target.code.params[1:], call.args, strict=False) if p is not None]
        else:
            pairs = list(frame.code.arguments(call, target.code))
        for param, expr in pairs:
            inner.args[param] = self.value(expr, frame, param.name)
            inner.given[param] = expr
        fields = target.code.type.params
        if fields and fields[-1].variadic:  # a slice holds what is given to it
            for expr in call.args[sum(max(1, len(each.names)) for each in fields[:-1]) :]:
                self.lose(self.value(expr, frame))
