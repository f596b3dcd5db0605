"""What a call graph is made of: functions under the names of Go's stack traces, and the calls between them."""

import enum

import msgspec


class FunctionId(msgspec.Struct, frozen=True, order=True, gc=False, cache_hash=True):
    """A declared function or method, a function literal, or the initialisation of a file's package variables.

    `package` is the import path. `name` is as in Go's stack traces: `f`, `(*T).m`, `T.m`, `init.0`, for literals
    `f.func1` and `f.func1.2`, in package variables `glob..func1`; `init` for the variables themselves. `path` is the
    file as shown to the user and `start` the byte offset of the declaration or literal (0 for `init`): declarations for
    builds that exclude each other share a name.
    """

    package: str
    name: str
    path: str
    start: int

    @property
    def label(self) -> str:
        """The name with its import path, as stack traces print it."""
        return f"{self.package}.{self.name}"

    def is_called(self, name: str) -> bool:
        """Reports whether a user may mean it by `f`, `m`, `(*T).m` or `T.m`, with the import path or its end before."""
        own = self.name
        plain = own.replace("(*", "").replace(")", "")
        for written in {own, plain, plain.rpartition(".")[2] if own[:1] == "(" or ".func" not in own else own}:
            if name == written:
                return True
            if name.endswith(f".{written}"):
                qualifier = name[: -len(written) - 1]
                if self.package == qualifier or self.package.endswith(f"/{qualifier}"):
                    return True
        return False


class EdgeKind(enum.StrEnum):
    """Whether the callee runs here and now, in a goroutine of its own, or when the caller's function ends."""

    CALL = "call"
    GO = "go"
    DEFER = "defer"

    def then(self, inner: "EdgeKind") -> "EdgeKind":
        """How a function runs that is called by `inner` in a function called by this kind."""
        kinds = (self, inner)
        return next((kind for kind in (EdgeKind.GO, EdgeKind.DEFER) if kind in kinds), EdgeKind.CALL)


class Resolution(enum.StrEnum):
    """How it is known who is called.

    STATIC: by name, or a literal called on the spot. METHOD: by the type of the receiver. INTERFACE: one of the types
    that implement the interface. VALUE: the one function that a variable, field or parameter can hold. CALLBACK: the
    callee is an argument, and the called function is known to call it.
    """

    STATIC = "static"
    METHOD = "method"
    INTERFACE = "interface"
    VALUE = "value"
    CALLBACK = "callback"


class Site(msgspec.Struct, frozen=True, order=True, gc=False):
    """Where a call stands: byte offsets of the call expression, `end` exclusive."""

    path: str
    start: int
    end: int


class Edge(msgspec.Struct, frozen=True, order=True, gc=False, cache_hash=True):
    """One call of one callee. A call that may have several callees has as many edges."""

    caller: FunctionId
    callee: FunctionId
    kind: EdgeKind
    resolution: Resolution
    site: Site


class External(msgspec.Struct, frozen=True, order=True, gc=False, cache_hash=True):
    """A function whose body is not among those looked into: import path, and `Open`, `(*DB).Begin`, `Conn.Close`."""

    package: str
    name: str
