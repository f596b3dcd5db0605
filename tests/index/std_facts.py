"""The standard library's data in; the same facts as tests/go/std/main.go prints out, so that sets of lines compare.

Types are written with import paths, aliases resolved, interfaces as what they ask for whatever they embed.
"""

from collections.abc import Iterable, Iterator, Mapping

from goleaklint.index.package import assumed_name, base_name
from goleaklint.index.std import std_package
from goleaklint.syntax import ast

_SHORT = {"byte": "uint8", "rune": "int32", "any": "interface{}"}
_DIRECTIONS = {"both": "chan ", "send": "chan<- ", "receive": "<-chan "}
_IDEAL = {"int": "untyped int", "float": "untyped float", "rune": "untyped rune", "string": "untyped string"}


class Package:
    """One package's declarations, by name."""

    def __init__(self, path: str) -> None:
        file = std_package(path)
        assert file is not None, f"no data for {path}"
        self.path = path
        self.file = file
        self.imports = {spec.name or assumed_name(spec.path): spec.path for spec in file.imports}
        self.types = {spec.name.name: spec for spec in file.specs if isinstance(spec, ast.TypeSpec)}

    def facts(self) -> Iterator[str]:
        """Everything that the package declares, one fact a line."""
        for spec in self.file.specs:
            lines = _TypeFacts(self, spec).lines() if isinstance(spec, ast.TypeSpec) else self._values(spec)
            yield from (f"{self.path} {line}" for line in lines)
        for function in self.file.functions:
            params = _names(function.type.type_params)
            if function.receiver is None:
                signature = self.signature(function.type, params)
                yield f"{self.path} func {function.name.name} {signature}"
            else:
                kind = function.receiver.type
                star = "*" if isinstance(kind, ast.Star) else ""
                inner = kind.x if isinstance(kind, ast.Star) else kind
                if isinstance(inner, ast.Index):
                    params |= {
                        each.name: f"${i}" for i, each in enumerate(inner.indices) if isinstance(each, ast.Ident)
                    }
                signature = self.signature(function.type, params)
                yield f"{self.path} method {star}{base_name(kind)} {function.name.name} {signature}"

    def type(self, x: ast.Expr, params: Mapping[str, str]) -> str:
        """The type as Go's side writes it; `params` are the type parameters in scope."""
        match x:
            case ast.Ident(name=name):
                return params.get(name) or self._named(name)
            case ast.Selector(x=ast.Ident(name=qualifier), name=ast.Ident(name=name)):
                return Package(self.imports[qualifier])._named(name)
            case ast.Star(x=inner):
                return f"*{self.type(inner, params)}"
            case ast.SliceType(elem=elem):
                return f"[]{self.type(elem, params)}"
            case ast.ArrayType(length=ast.BasicLit(text=length), elem=elem):
                return f"[{length}]{self.type(elem, params)}"
            case ast.MapType(key=key, value=value):
                return f"map[{self.type(key, params)}]{self.type(value, params)}"
            case ast.ChanType(direction=direction, elem=elem):
                return _DIRECTIONS[direction] + self.type(elem, params)
            case ast.Index(x=generic, indices=indices):
                return f"{self.type(generic, params)}[{', '.join(self.type(each, params) for each in indices)}]"
            case ast.FuncType():
                return f"func{self.signature(x, params)}"
            case ast.StructType(fields=fields):
                parts = [f"{name.name} {self.type(each.type, params)}" for each in fields for name in each.names]
                return f"struct{{{'; '.join(parts)}}}"
            case ast.InterfaceType():
                return f"interface{{{'; '.join(self.asks(x, params))}}}"
            case ast.Unary(op="~", x=inner):
                return f"~{self.type(inner, params)}"
            case ast.Union(terms=terms):
                return "|".join(self.type(each, params) for each in terms)
            case _:
                raise AssertionError(f"{self.path}: no type: {x}")

    def signature(self, func: ast.FuncType, params: Mapping[str, str]) -> str:
        """Parameters and results, after the constraints of type parameters."""
        params = {**params, **_names(func.type_params)}
        results = [self.type(each.type, params) for each in func.results]
        text = self.constraints(func.type_params, params) + self._tuple(func.params, params)
        if not results:
            return text
        return f"{text} {results[0] if len(results) == 1 else self._tuple(func.results, params)}"

    def constraints(self, fields: Iterable[ast.Field], params: Mapping[str, str]) -> str:
        """The constraints of type parameters, in brackets; empty if there are none."""
        parts = [self.type(each.type, params) for each in fields for _ in each.names]
        return f"[{', '.join(parts)}]" if parts else ""

    def asks(self, x: ast.InterfaceType, params: Mapping[str, str]) -> list[str]:
        """What an interface asks for, in order."""
        methods = [f"{each.name.name} {self.signature(each.type, params)}" for each in x.methods]
        return sorted([*methods, *(self.type(each, params) for each in x.embeds)])

    def _tuple(self, fields: Iterable[ast.Field], params: Mapping[str, str]) -> str:
        return f"({', '.join('...' * each.variadic + self.type(each.type, params) for each in fields)})"

    def _named(self, name: str) -> str:
        spec = self.types.get(name)
        if spec is None:
            return _SHORT.get(name, name)
        return self.type(spec.type, {}) if spec.alias else f"{self.path}.{name}"

    def _values(self, spec: ast.ValueSpec) -> Iterator[str]:
        if not spec.const:
            assert spec.type is not None
            yield f"var {spec.names[0].name} {self.type(spec.type, {})}"
            return
        kind, value = _literal(spec.values[0])
        if spec.type is not None:
            kind = self.type(spec.type, {})
        yield f"const {spec.names[0].name} {kind} {value}"


class _TypeFacts:
    """The lines about one declared type, methods apart."""

    def __init__(self, package: Package, spec: ast.TypeSpec) -> None:
        self._package = package
        self._spec = spec
        self._params = _names(spec.type_params)

    def lines(self) -> Iterator[str]:
        package, name, kind = self._package, self._spec.name.name, self._spec.type
        if self._spec.alias:
            yield f"alias {name} {package.type(kind, {})}"
            return
        head = f"type {name}{package.constraints(self._spec.type_params, self._params)}"
        if isinstance(kind, ast.StructType):
            yield f"{head} struct"
            for field in kind.fields:
                text = package.type(field.type, self._params)
                yield f"field {name} {field.names[0].name} {text}" if field.names else f"embedded {name} {text}"
        elif isinstance(kind, ast.InterfaceType):
            yield f"{head} interface"
            yield from (f"ask {name} {ask}" for ask in package.asks(kind, self._params))
        else:
            yield f"{head} {package.type(kind, self._params)}"


def _names(fields: Iterable[ast.Field]) -> dict[str, str]:
    names = [name.name for field in fields for name in field.names]
    return {name: f"${number}" for number, name in enumerate(names)}


def _literal(x: ast.Expr) -> tuple[str, str]:
    """The type that an untyped constant has, and its value where that is whole, a string or a boolean."""
    match x:
        case ast.Unary(op="-", x=inner):
            kind, value = _literal(inner)
            return kind, value if value == "_" else f"-{value}"
        case ast.Ident(name=name):
            return "untyped bool", name
        case ast.BasicLit(kind="rune", text=text):
            return _IDEAL["rune"], str(int(text[3:-1], 16))
        case ast.BasicLit(kind=kind, text=text):
            return _IDEAL[kind], "_" if kind == "float" else text
    raise AssertionError(f"no constant: {x}")
