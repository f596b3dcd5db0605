// Command oracle prints who calls whom inside a module, as x/tools' call graphs have it, as JSON lines.
//
//	oracle DIR [PATTERNS...]
//
// The packages that the patterns name in the module at DIR are loaded with their dependencies and built as SSA. Each
// line is a file that was read, {"file":...}, or an edge, {"graph":"static"|"cha", ...}: functions by file and byte
// offset of their declaration or literal (offset 0: the initialisation of package variables), the call by the byte
// offset after its closing parenthesis. Wrappers that the compiler makes are followed to what they wrap; instances of a
// generic function are the function itself. SSA knows no place of the calls that range clauses make: they are left out.
package main

import (
	"bufio"
	"encoding/json"
	"go/ast"
	"go/token"
	"log"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"golang.org/x/tools/go/callgraph"
	"golang.org/x/tools/go/callgraph/cha"
	"golang.org/x/tools/go/callgraph/static"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"
)

// function is a function as the output names it.
type function struct {
	Name string `json:"name"`
	File string `json:"file"`
	At   int    `json:"at"`
}

// edge is a call of one callee. Kind is call, go or defer; Cause is what kind of expression is called.
type edge struct {
	Graph  string   `json:"graph"`
	Caller function `json:"caller"`
	Callee function `json:"callee"`
	Kind   string   `json:"kind"`
	File   string   `json:"file"`
	Start  int      `json:"start"`
	End    int      `json:"end"`
	Cause  string   `json:"cause"`
}

// span is the source of a call: byte offsets.
type span struct{ start, end int }

type oracle struct {
	root  string
	fset  *token.FileSet
	calls map[token.Pos]span // by the opening parenthesis, which is how SSA knows a call
	files map[string]bool
	seen  map[edge]bool
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("oracle: ")
	if len(os.Args) < 2 {
		log.Fatal("usage: oracle DIR [PATTERNS...]")
	}
	root, err := filepath.EvalSymlinks(os.Args[1])
	if err == nil {
		root, err = filepath.Abs(root)
	}
	if err != nil {
		log.Fatal(err)
	}
	patterns := os.Args[2:]
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	fset := token.NewFileSet()
	initial, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: root, Fset: fset}, patterns...)
	if err != nil {
		log.Fatal(err)
	}
	if n := packages.PrintErrors(initial); n > 0 {
		log.Printf("%d mistakes in packages", n)
	}
	o := &oracle{root: root, fset: fset, calls: map[token.Pos]span{}, files: map[string]bool{}, seen: map[edge]bool{}}
	for _, p := range initial {
		o.index(p.Syntax)
	}
	program, _ := ssautil.AllPackages(initial, ssa.InstantiateGenerics)
	program.Build()

	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	encoder := json.NewEncoder(out)
	names := make([]string, 0, len(o.files))
	for name := range o.files {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		must(encoder.Encode(map[string]string{"file": name}))
	}
	o.print(encoder, "static", static.CallGraph(program))
	o.print(encoder, "static", handedOn(program))
	o.print(encoder, "cha", cha.CallGraph(program))
	must(out.Flush())
}

// handedOn has the static calls of all functions. The package static leaves out literals that are only handed on, and
// this one functions that nothing reaches: together they have every static call.
func handedOn(program *ssa.Program) *callgraph.Graph {
	g := callgraph.New(nil)
	for f := range ssautil.AllFunctions(program) {
		node := g.CreateNode(f)
		for _, block := range f.Blocks {
			for _, instruction := range block.Instrs {
				if site, ok := instruction.(ssa.CallInstruction); ok {
					if callee := site.Common().StaticCallee(); callee != nil {
						callgraph.AddEdge(node, site, g.CreateNode(callee))
					}
				}
			}
		}
	}
	return g
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// index remembers the calls in the files of a package.
func (o *oracle) index(files []*ast.File) {
	for _, file := range files {
		name, ok := o.file(file.Package)
		if !ok {
			continue
		}
		o.files[name] = true
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				o.calls[call.Lparen] = span{o.offset(call.Pos()), o.offset(call.End())}
			}
			return true
		})
	}
}

func (o *oracle) offset(pos token.Pos) int { return o.fset.PositionFor(pos, false).Offset }

// file is the path below the root of the file that a position is in; false for files of other modules.
func (o *oracle) file(pos token.Pos) (string, bool) {
	if !pos.IsValid() {
		return "", false
	}
	name, err := filepath.Rel(o.root, o.fset.PositionFor(pos, false).Filename)
	return filepath.ToSlash(name), err == nil && !strings.HasPrefix(name, "..")
}

func (o *oracle) print(encoder *json.Encoder, graph string, g *callgraph.Graph) {
	g.DeleteSyntheticNodes()
	for _, node := range g.Nodes {
		for _, out := range node.Out {
			if e, ok := o.edge(graph, out); ok && !o.seen[e] {
				o.seen[e] = true
				must(encoder.Encode(e))
			}
		}
	}
}

func (o *oracle) edge(graph string, e *callgraph.Edge) (edge, bool) {
	if e.Site == nil {
		return edge{}, false
	}
	pos := e.Site.Common().Pos()
	kind := "call"
	switch e.Site.(type) {
	case *ssa.Go:
		kind = "go"
	case *ssa.Defer:
		kind = "defer"
	}
	at, ok := o.calls[pos]
	file, inside := o.file(pos)
	if !ok || !inside {
		return edge{}, false
	}
	caller, ok := o.function(e.Caller.Func, file)
	callee, inside := o.function(e.Callee.Func, "")
	if !ok || !inside {
		return edge{}, false
	}
	return edge{graph, caller, callee, kind, file, at.start, at.end, cause(e)}, true
}

// cause says what kind of expression is called.
func cause(e *callgraph.Edge) string {
	common := e.Site.Common()
	switch value := common.Value.(type) {
	case *ssa.Function:
		switch {
		case e.Callee.Func.Parent() != nil:
			return "literal"
		case value.Signature.Recv() != nil:
			return "method"
		}
		return "function"
	case *ssa.MakeClosure:
		return "closure"
	}
	if common.IsInvoke() {
		return "interface"
	}
	return "value"
}

// function names a function by its place; initialisers of package variables by the file of the call.
func (o *oracle) function(f *ssa.Function, file string) (function, bool) {
	if f.Origin() != nil {
		f = f.Origin()
	}
	for f.Synthetic != "" && strings.HasPrefix(f.Synthetic, "range-over-func") && f.Parent() != nil {
		f = f.Parent()
	}
	if f.Name() == "init" && f.Synthetic != "" {
		return function{"init", file, 0}, file != ""
	}
	syntax := f.Syntax()
	if syntax == nil {
		return function{}, false
	}
	name, ok := o.file(syntax.Pos())
	return function{f.RelString(nil), name, o.offset(syntax.Pos())}, ok
}
