"""Packages with the bodies of their functions in; the graph of the calls between these functions out."""

from collections.abc import Sequence

from goleaklint.calls.body import Body
from goleaklint.calls.callees import Known, Names
from goleaklint.calls.declarations import CallPackage, Declarations
from goleaklint.calls.gathering import OUTERMOST, Gathered, Gatherer
from goleaklint.calls.graph import CallGraph
from goleaklint.calls.nodes import FunctionId
from goleaklint.calls.recording import Record
from goleaklint.calls.solving import solve
from goleaklint.index.package import Function, Package, PackageFile
from goleaklint.index.program import FileScope
from goleaklint.index.scopes import Scope, package_scope, resolve
from goleaklint.knowledge import Knowledge
from goleaklint.syntax import ast
from goleaklint.types.declared import Declared
from goleaklint.types.environment import Env
from goleaklint.types.function import function_types
from goleaklint.types.infer import Inference


def build(packages: Sequence[CallPackage], declared: Declared, knowledge: Knowledge) -> CallGraph:
    """The call graph of the functions in these packages; calls of other functions are kept as external.

    `declared` belongs to the program of the packages' scopes. The result does not depend on the order of the packages.
    """
    ordered = sorted(packages, key=lambda each: (each.package.path, each.package.name))
    builder = _Builder(Declarations(ordered), declared, knowledge)
    for each in ordered:
        builder.package(each)
    solve(builder.record)
    return builder.graph()


class _Builder:
    def __init__(self, declarations: Declarations, declared: Declared, knowledge: Knowledge) -> None:
        self.record = Record()
        self._known = Known(declared, declarations)
        self._knowledge = knowledge
        self._gatherer = Gatherer(declarations.takers)
        for identity in declarations.ids.values():
            self.record.functions[identity] = None

    def graph(self) -> CallGraph:
        record = self.record
        return CallGraph(record.functions, record.edges, record.external, record.unresolved)

    def package(self, entry: CallPackage) -> None:
        names = package_scope(entry.package)
        for file in entry.package.files:
            self._variables(entry.package, file, entry.scopes[file.text.path], names)
        for function in entry.package.functions:
            path = function.file.text.path
            identity = self._known.declarations.ids[function.decl]
            self._function(function, identity, entry.scopes[path], names)

    def _function(
        self, function: Function, identity: FunctionId, scope: FileScope, declared: Scope, *, nested: bool = False
    ) -> None:
        """Enter a function's calls; `nested` is set for one that is itself a literal."""
        gathered = self._gatherer.body(function.body.block.stmts)
        names = resolve(function, declared, scope.imports)
        types = function_types(self._known.declared, scope, function.decl, names)
        owners = self._owners(identity, gathered, nested=nested)
        self._enter(types, gathered, owners, function.file, {identity: function.decl.type})

    def _variables(self, package: Package, file: PackageFile, scope: FileScope, declared: Scope) -> None:
        """Enter what the values of a file's package variables call, and the literals among them."""
        specs = [spec for spec in file.syntax.specs if isinstance(spec, ast.ValueSpec) and not spec.const]
        gathered = self._gatherer.values(value for spec in specs for value in spec.values)
        for spec in specs:
            self._gatherer.give(spec.names, spec.values)
        gathered.stored += gathered.given
        if not gathered.given and not gathered.calls:
            return
        initialiser = FunctionId(package.path, "init", file.text.path, 0)
        if gathered.calls:
            self.record.functions[initialiser] = None
        owners = [initialiser]
        for literal in gathered.literals:
            name = f"glob..func{literal.position}"
            owners.append(FunctionId(package.path, name, file.text.path, literal.node.start))
        types = Inference(self._known.declared, Env(scope))
        self._enter(types, gathered, owners, file, {})
        for literal, identity in zip(gathered.literals, owners[1:], strict=True):
            node = literal.node
            ident = ast.Ident(node.start, node.start, identity.name)
            decl = ast.FuncDecl(node.start, node.end, ident, None, node.type, node.body.start, node.body.end)
            body = ast.FuncBody(node.body.start, node.body.end, node.body)
            self._function(Function(file, decl, body), identity, scope, declared, nested=True)

    def _owners(self, identity: FunctionId, gathered: Gathered, *, nested: bool) -> list[FunctionId]:
        """The function and its literals, under the names that Go gives them."""
        owners = [identity]
        for literal in gathered.literals:
            around = owners[literal.owner]
            inner = "func" if literal.owner == OUTERMOST and not nested else ""
            name = f"{around.name}.{inner}{literal.position}"
            owners.append(FunctionId(identity.package, name, identity.path, literal.node.start))
        return owners

    def _enter(
        self,
        types: Inference,
        gathered: Gathered,
        owners: Sequence[FunctionId],
        file: PackageFile,
        signatures: dict[FunctionId, ast.FuncType],
    ) -> None:
        literals: dict[ast.FuncLit, FunctionId] = {}
        for literal, identity in zip(gathered.literals, owners[1:], strict=True):
            literals[literal.node] = identity
            signatures[identity] = literal.node.type
            self.record.functions[identity] = None
            self.record.parents[identity] = owners[literal.owner]
        names = Names(self._known, types, literals, signatures)
        Body(names, gathered, owners, self.record, self._knowledge, file.text.path).enter()
