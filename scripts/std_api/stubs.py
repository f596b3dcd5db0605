"""The facts about one package in; Go declarations without bodies out, as text and as the syntax stage reads them."""

import re
from collections.abc import Iterable

import msgspec

from goleaklint.files.text import SourceText
from goleaklint.index.package import assumed_name
from goleaklint.syntax import ast
from goleaklint.syntax.parse import Tree

from .choice import PackageFacts, TypeFacts
from .features import Feature
from .qualifiers import Exports, Imports

# The grammar does not know methods with type parameters, which are new in Go 1.27: they are written as functions whose
# first parameter is the receiver.
_GENERIC_METHOD = "goleaklint_method_"
_IDEAL = "ideal-"


def stub(facts: PackageFacts, exports: Exports) -> str:
    """Go source that declares what the package exports."""
    imports = Imports(facts.path, exports)
    lines = [
        *(_const(imports, each, facts.values.get(name)) for name, each in facts.consts.items()),
        *(f"var {name} {_type(imports, each.text)}" for name, each in facts.variables.items()),
        *(line for _, each in sorted(facts.types.items()) for line in _type_lines(imports, each)),
        *(f"func {name}{_type(imports, each.text)}" for name, each in facts.functions.items()),
    ]
    return "\n".join([f"package {assumed_name(facts.path)}", *imports.lines(), *lines, ""])


def read_stub(path: str, source: str) -> ast.File:
    """The declarations of a stub; they carry no positions. Raises ValueError with the text that could not be read."""
    data = source.encode()
    file = Tree(SourceText(path, data)).file()
    if file.errors:
        unread = ", ".join(data[start:end].decode() or f"at {start}" for start, end in file.errors)
        raise ValueError(f"{path}: not Go as the syntax stage knows it: {unread}")
    functions = tuple(_as_method(each) for each in file.functions)
    return _without_positions(msgspec.structs.replace(file, functions=functions))


def _type(imports: Imports, text: str) -> str:
    text = re.sub(r"\$(\d+)", r"T\1", text).replace("interface{}", "any")
    return imports.written(re.sub(r"\bstruct\b(?!\s*\{)", "struct{}", text))


def _const(imports: Imports, const: Feature, value: Feature | None) -> str:
    ideal = const.text.startswith(_IDEAL)
    kind = "" if ideal else f" {_type(imports, const.text)}"
    if value is None:
        raise ValueError(f"{const.package}: constant {const.name} has no value")
    return f"const {const.name}{kind} = {_literal(const.text.removeprefix(_IDEAL), value.text)}"


def _literal(kind: str, value: str) -> str:
    """A constant's value as Go writes it. `value` is `short` or `short  // exact`; exact fractions stay rounded."""
    if value.startswith('"'):
        return value.rpartition("  // ")[2] if '...  // "' in value else value
    short, _, exact = value.partition("  // ")
    if kind == "char":
        return f"'\\U{int(exact or short):08x}'"
    if kind == "float":
        return short if re.search(r"[.e]", short) else f"{short}.0"
    return exact if re.fullmatch(r"-?\d+", exact) else short


def _type_lines(imports: Imports, facts: TypeFacts) -> list[str]:
    declared = facts.declared
    head = f"type {declared.name}{_type(imports, declared.prefix)}"
    members = facts.members.values()
    form = declared.text.split(" ")[0]
    if form == "struct":
        fields = [each.text if each.kind == "embedded" else f"{each.name} {each.text}" for each in members]
        return [f"{head} struct{_body(imports, fields)}", *_methods(imports, facts)]
    if form == "interface":
        asks = [each.text if each.kind == "embedded" else each.name + each.text for each in members]
        return [f"{head} interface{_body(imports, asks)}"]
    if any(not each.platform for each in members):  # a platform may have a struct where linux has something else
        raise ValueError(f"{declared.package}: {declared.name} {declared.text} has members {', '.join(facts.members)}")
    return [f"{head} {_type(imports, declared.text)}", *_methods(imports, facts)]


def _body(imports: Imports, members: Iterable[str]) -> str:
    text = "; ".join(_type(imports, each) for each in members)
    return f"{{ {text} }}" if text else "{}"


def _methods(imports: Imports, facts: TypeFacts) -> list[str]:
    lines = []
    for each in facts.methods.values():
        receiver, signature = _type(imports, each.prefix), _type(imports, each.text)
        if signature.startswith("["):
            params, _, rest = signature.partition("](")
            comma = "" if rest.startswith(")") else ", "
            lines.append(f"func {_GENERIC_METHOD}{each.name}{params}]({receiver.strip('()')}{comma}{rest}")
        else:
            lines.append(f"func {receiver} {each.name}{signature}")
    return lines


def _as_method(function: ast.FuncDecl) -> ast.FuncDecl:
    name = function.name.name
    if not name.startswith(_GENERIC_METHOD):
        return function
    receiver, *params = function.type.params
    return msgspec.structs.replace(
        function,
        name=ast.Ident(0, 0, name.removeprefix(_GENERIC_METHOD)),
        receiver=receiver,
        type=msgspec.structs.replace(function.type, params=tuple(params)),
    )


def _without_positions(file: ast.File) -> ast.File:
    return msgspec.convert(_zeroed(msgspec.to_builtins(file)), ast.File)


def _zeroed(value: object) -> object:
    """A node in its serialised form, `[class, start, end, ...]`, and all that it holds, with offsets 0."""
    if not isinstance(value, list | tuple):
        return value
    items = [_zeroed(each) for each in value]
    match items:
        case [str(), int(), int(), *_]:
            items[1:3] = 0, 0
    return items
