"""Go's syntax as values: the names are those of Go's own go/ast package, which readers of Go tools know.

Every node carries the byte offsets of its first byte and of the byte after its last. Nodes are compact, immutable and
serialisable (msgspec), compare by identity, and hold no trace of the parser that made them.
"""

from typing import TypeAlias

import msgspec


class Node(msgspec.Struct, frozen=True, eq=False, gc=False, tag=True, tag_field="node", array_like=True):
    """Any piece of Go syntax. `start` and `end` are byte offsets into the file, `end` exclusive."""

    start: int
    end: int


# --- expressions ------------------------------------------------------------------------------------------------------


class Bad(Node, frozen=True):
    """Text the parser could not make sense of, or that is nested too deeply to be followed."""


class Ident(Node, frozen=True):
    name: str


class BasicLit(Node, frozen=True):
    """A literal. `kind` is int, float, imag, rune or string; `text` is as written, quotes included."""

    kind: str
    text: str


class CompositeLit(Node, frozen=True):
    """`T{...}`; the type is None where an enclosing literal implies it."""

    type: "Expr | None"
    elements: "tuple[Expr, ...]"


class KeyValue(Node, frozen=True):
    key: "Expr"
    value: "Expr"


class FuncLit(Node, frozen=True):
    type: "FuncType"
    body: "Block"


class Paren(Node, frozen=True):
    x: "Expr"


class Selector(Node, frozen=True):
    """`x.name`: a field, a method, or a name of the package that `x` imports."""

    x: "Expr"
    name: Ident


class Index(Node, frozen=True):
    """`x[i]`, and `F[T1, T2]`: an instantiation looks the same until the types are known."""

    x: "Expr"
    indices: "tuple[Expr, ...]"


class Slice(Node, frozen=True):
    x: "Expr"
    low: "Expr | None"
    high: "Expr | None"
    max: "Expr | None"


class TypeAssert(Node, frozen=True):
    """`x.(T)`."""

    x: "Expr"
    type: "Expr"


class Call(Node, frozen=True):
    """A call or a conversion, which look the same; `spread` is set for `f(xs...)`."""

    fun: "Expr"
    args: "tuple[Expr, ...]"
    spread: bool


class Star(Node, frozen=True):
    """`*x`: a dereference, or a pointer type."""

    x: "Expr"


class Unary(Node, frozen=True):
    """`op x`; a receive is `<-`, an address `&`."""

    op: str
    x: "Expr"


class Binary(Node, frozen=True):
    op: str
    x: "Expr"
    y: "Expr"


# --- types ------------------------------------------------------------------------------------------------------------


class ArrayType(Node, frozen=True):
    """`[n]T`; the length is None for `[...]T`."""

    length: "Expr | None"
    elem: "Expr"


class SliceType(Node, frozen=True):
    elem: "Expr"


class MapType(Node, frozen=True):
    key: "Expr"
    value: "Expr"


class ChanType(Node, frozen=True):
    """`direction` is both, send (`chan<-`) or receive (`<-chan`)."""

    direction: str
    elem: "Expr"


class Field(Node, frozen=True):
    """Names that share a type: of a parameter, a result, a struct field or a type parameter.

    Without names it is an unnamed parameter or an embedded field. `variadic` is set for `...T`.
    """

    names: tuple[Ident, ...]
    type: "Expr"
    variadic: bool = False


class FuncType(Node, frozen=True):
    params: tuple[Field, ...]
    results: tuple[Field, ...]
    type_params: tuple[Field, ...] = ()


class StructType(Node, frozen=True):
    fields: tuple[Field, ...]


class Method(Node, frozen=True):
    """A method that an interface asks for."""

    name: Ident
    type: FuncType


class InterfaceType(Node, frozen=True):
    """`embeds` are embedded interfaces and type constraints."""

    methods: tuple[Method, ...]
    embeds: "tuple[Expr, ...]"


class Union(Node, frozen=True):
    """The terms of a constraint, `A | ~B`; a term with a tilde is a Unary."""

    terms: "tuple[Expr, ...]"


# fmt: off
Expr: TypeAlias = (
    Bad | Ident | BasicLit | CompositeLit | KeyValue | FuncLit | Paren | Selector | Index | Slice | TypeAssert
    | Call | Star | Unary | Binary | ArrayType | SliceType | MapType | ChanType | FuncType | StructType
    | InterfaceType | Union
)
# fmt: on


# --- declarations -----------------------------------------------------------------------------------------------------


class ImportSpec(Node, frozen=True):
    """`name` is empty where the import is not renamed; it can be `.` or `_`."""

    name: str
    path: str


class ValueSpec(Node, frozen=True):
    """One line of a `var` or `const` declaration.

    `iota` is the line's number within its const declaration; a const line without values has the type and values of
    the line above it, as Go means it.
    """

    names: tuple[Ident, ...]
    type: "Expr | None"
    values: "tuple[Expr, ...]"
    const: bool = False
    iota: int = 0


class TypeSpec(Node, frozen=True):
    """`alias` is set for `type A = B`."""

    name: Ident
    type_params: tuple[Field, ...]
    type: "Expr"
    alias: bool


class FuncDecl(Node, frozen=True):
    """A function or method. The body stands apart (`FuncBody`), so that a declaration is small and bodies can wait.

    `body_start` and `body_end` are 0 for a function without a body (assembly, linkname).
    """

    name: Ident
    receiver: Field | None
    type: FuncType
    body_start: int
    body_end: int


# --- statements -------------------------------------------------------------------------------------------------------


class Block(Node, frozen=True):
    stmts: "tuple[Stmt, ...]"


class ExprStmt(Node, frozen=True):
    x: Expr


class Send(Node, frozen=True):
    chan: Expr
    value: Expr


class IncDec(Node, frozen=True):
    x: Expr
    op: str


class Assign(Node, frozen=True):
    """`op` is `=`, `:=` or a compound such as `+=`."""

    left: tuple[Expr, ...]
    op: str
    right: tuple[Expr, ...]


class Go(Node, frozen=True):
    call: Expr


class Defer(Node, frozen=True):
    call: Expr


class Return(Node, frozen=True):
    results: tuple[Expr, ...]


class Branch(Node, frozen=True):
    """`kind` is break, continue, goto or fallthrough; `label` is empty where there is none."""

    kind: str
    label: str


class If(Node, frozen=True):
    init: "Stmt | None"
    cond: Expr
    then: Block
    orelse: "Block | If | None"


class CaseClause(Node, frozen=True):
    """`values` is None for `default`; in a type switch they are types."""

    values: tuple[Expr, ...] | None
    body: "tuple[Stmt, ...]"


class Switch(Node, frozen=True):
    init: "Stmt | None"
    tag: Expr | None
    clauses: tuple[CaseClause, ...]


class TypeSwitch(Node, frozen=True):
    """`switch bind := x.(type)`."""

    init: "Stmt | None"
    bind: Ident | None
    x: Expr
    clauses: tuple[CaseClause, ...]


class CommClause(Node, frozen=True):
    """`comm` is a send, a receive in an expression statement or an assignment from one; None for `default`."""

    comm: "Stmt | None"
    body: "tuple[Stmt, ...]"


class Select(Node, frozen=True):
    clauses: tuple[CommClause, ...]


class For(Node, frozen=True):
    init: "Stmt | None"
    cond: Expr | None
    post: "Stmt | None"
    body: Block


class Range(Node, frozen=True):
    """`for left op x`; `op` is `:=`, `=` or empty where nothing is assigned."""

    left: tuple[Expr, ...]
    op: str
    x: Expr
    body: Block


class Labeled(Node, frozen=True):
    label: str
    stmt: "Stmt"


class DeclStmt(Node, frozen=True):
    specs: tuple[ValueSpec | TypeSpec, ...]


class Empty(Node, frozen=True):
    """A statement that does nothing."""


class BadStmt(Node, frozen=True):
    """A statement the parser could not make sense of."""


# fmt: off
Stmt: TypeAlias = (
    Block | ExprStmt | Send | IncDec | Assign | Go | Defer | Return | Branch | If | Switch | TypeSwitch | Select
    | For | Range | Labeled | DeclStmt | Empty | BadStmt
)
# fmt: on


def unparen(x: Expr) -> Expr:
    """The expression inside any parentheses."""
    while isinstance(x, Paren):
        x = x.x
    return x


class FuncBody(Node, frozen=True):
    """The body of a function. `bad` are the byte ranges in it that could not be read: what holds there is unknown.

    `unsupported` counts forms of Go in it that the parser knows and the readers do not.
    """

    block: Block
    bad: tuple[tuple[int, int], ...] = ()
    unsupported: int = 0


class File(Node, frozen=True):
    """One file: its package clause ("" if there is none), imports, and declarations in the order of the text.

    `errors` are the byte ranges outside function bodies' reach that could not be read, first the earliest.
    `unsupported` counts forms of Go in it that the parser knows and the readers do not, but for those in bodies.
    """

    package: str
    imports: tuple[ImportSpec, ...]
    specs: tuple[ValueSpec | TypeSpec, ...]
    functions: tuple[FuncDecl, ...]
    errors: tuple[tuple[int, int], ...] = ()
    too_deep: bool = False
    unsupported: int = 0
