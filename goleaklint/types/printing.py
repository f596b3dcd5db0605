"""A type in, its text as go/types writes it, with full import paths, out."""

from goleaklint.types.types import (
    Array,
    Basic,
    Chan,
    Func,
    Interface,
    Map,
    Named,
    Pointer,
    Slice,
    Struct,
    Tuple,
    Type,
    TypeParam,
    Union,
    Unknown,
)


def type_string(kind: Type) -> str:
    """`map[string]*net/http.Request`, `func(int, ...string) (int, error)`, `[]T`; `any` for the empty interface."""
    match kind:
        case Unknown(reason=reason):
            return f"unknown: {reason}"
        case Basic(name=name) | TypeParam(name=name):
            return name
        case Named(package=package, name=name, args=args):
            base = f"{package}.{name}" if package else name
            return f"{base}[{','.join(map(type_string, args))}]" if args else base
        case Pointer(elem=elem):
            return f"*{type_string(elem)}"
        case Slice(elem=elem):
            return f"[]{type_string(elem)}"
        case Array(length=length, elem=elem):
            return f"[{'?' if length is None else length}]{type_string(elem)}"
        case Map(key=key, value=value):
            return f"map[{type_string(key)}]{type_string(value)}"
        case Chan():
            return _chan(kind)
        case Tuple(types=types):
            return f"({', '.join(map(type_string, types))})"
        case Func():
            return f"func{_signature(kind)}"
        case Struct(fields=fields):
            inner = "; ".join(_field(each.name, each.type, each.embedded) for each in fields)
            return f"struct{{{inner}}}"
        case Interface(methods=methods, embeds=embeds):
            asked = [f"{name}{_signature(method)}" for name, method in methods] + list(map(type_string, embeds))
            return f"interface{{{'; '.join(asked)}}}" if asked else "any"
        case Union(terms=terms):
            return " | ".join(f"{'~' if tilde else ''}{type_string(term)}" for tilde, term in terms)


def _chan(kind: Chan) -> str:
    elem = type_string(kind.elem)
    if kind.direction == "receive":
        return f"<-chan {elem}"
    if isinstance(kind.elem, Chan) and kind.elem.direction == "receive":
        elem = f"({elem})"
    return f"chan<- {elem}" if kind.direction == "send" else f"chan {elem}"


def _field(name: str, kind: Type, embedded: bool) -> str:
    return type_string(kind) if embedded else f"{name} {type_string(kind)}"


def _signature(kind: Func) -> str:
    params = [type_string(param) for param in kind.params]
    if kind.variadic and kind.params:
        last = kind.params[-1]
        params[-1] = f"...{type_string(last.elem)}" if isinstance(last, Slice) else f"...{params[-1]}"
    results = type_string(Tuple(kind.results))
    if len(kind.results) == 1:
        results = type_string(kind.results[0])
    return f"({', '.join(params)})" + (f" {results}" if kind.results else "")
