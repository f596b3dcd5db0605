// Std prints what the standard library of this Go exports, as go/types sees it: one fact a line, in the form of
// tests/index/std_facts.py. The first line is Go's version.
//
// What exported names refer to is printed too where it is hidden itself (not exported, or of an internal package), but not
// what only the hidden refers to.
package main

import (
	"bufio"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
)

func main() {
	fmt.Println(runtime.Version())
	exports, paths := listed()
	packages := importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(exports[path])
	})
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	p := &printer{out: out, seen: map[*types.TypeName]bool{}}
	for _, path := range paths {
		pkg, err := packages.Import(path)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		for _, name := range pkg.Scope().Names() {
			if token.IsExported(name) {
				p.object(pkg.Scope().Lookup(name))
			}
		}
	}
}

// listed gives the export data of all packages, and the paths of those that anybody may import.
func listed() (map[string]string, []string) {
	list := exec.Command("go", "list", "-export", "-f", "{{.ImportPath}} {{.Export}}", "std")
	list.Stderr = os.Stderr
	text, err := list.Output()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	exports := map[string]string{}
	var paths []string
	for line := range strings.Lines(string(text)) {
		name, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		exports[name] = file
		hidden := name == "unsafe" || strings.HasPrefix(name, "vendor/") || slices.Contains(strings.Split(name, "/"), "internal")
		if file != "" && !hidden {
			paths = append(paths, name)
		}
	}
	return exports, paths
}

type printer struct {
	out    io.Writer
	seen   map[*types.TypeName]bool
	hidden int // how many hidden types are being printed
}

func (p *printer) line(parts ...string) {
	fmt.Fprintln(p.out, strings.Join(parts, " "))
}

func (p *printer) object(object types.Object) {
	pkg, name := object.Pkg().Path(), object.Name()
	switch object := object.(type) {
	case *types.Const:
		p.line(pkg, "const", name, p.typ(object.Type()), value(object))
	case *types.Var:
		p.line(pkg, "var", name, p.typ(object.Type()))
	case *types.Func:
		p.line(pkg, "func", name, p.signature(object.Signature()))
	case *types.TypeName:
		p.typeName(object)
	}
}

// value gives integers, strings and booleans; the others would need rounding.
func value(object *types.Const) string {
	kind := object.Type().Underlying().(*types.Basic)
	if kind.Info()&(types.IsInteger|types.IsString|types.IsBoolean) != 0 {
		return object.Val().ExactString()
	}
	return "_"
}

func (p *printer) typeName(object *types.TypeName) {
	if p.seen[object] {
		return
	}
	p.seen[object] = true
	pkg, name := object.Pkg().Path(), object.Name()
	if object.IsAlias() {
		p.line(pkg, "alias", name, p.typ(types.Unalias(object.Type())))
		return
	}
	named := object.Type().(*types.Named)
	params := p.typeParams(named.TypeParams())
	switch under := named.Underlying().(type) {
	case *types.Struct:
		p.line(pkg, "type", name+params, "struct")
		p.fields(pkg, name, under)
	case *types.Interface:
		p.line(pkg, "type", name+params, "interface")
		for _, ask := range p.asks(under) {
			p.line(pkg, "ask", name, ask)
		}
		return
	default:
		p.line(pkg, "type", name+params, p.typ(under))
	}
	p.methods(pkg, name, named)
}

// fields prints the exported fields, and those that come through embedded structs that are not exported.
func (p *printer) fields(pkg, name string, under *types.Struct) {
	for field := range under.Fields() {
		switch {
		case field.Exported() && field.Embedded():
			p.line(pkg, "embedded", name, p.typ(field.Type()))
		case field.Exported():
			p.line(pkg, "field", name, field.Name(), p.typ(field.Type()))
		case field.Embedded():
			kind := field.Type()
			if pointer, ok := kind.(*types.Pointer); ok {
				kind = pointer.Elem()
			}
			if inner, ok := kind.Underlying().(*types.Struct); ok {
				p.fields(pkg, name, inner)
			}
		}
	}
}

func (p *printer) methods(pkg, name string, named *types.Named) {
	values := map[string]bool{}
	for method := range types.NewMethodSet(named).Methods() {
		values[method.Obj().Name()] = true
		if method.Obj().Exported() {
			p.line(pkg, "method", name, method.Obj().Name(), p.signature(method.Type().(*types.Signature)))
		}
	}
	for method := range types.NewMethodSet(types.NewPointer(named)).Methods() {
		if method.Obj().Exported() && !values[method.Obj().Name()] {
			p.line(pkg, "method", "*"+name, method.Obj().Name(), p.signature(method.Type().(*types.Signature)))
		}
	}
}

// asks gives the methods and constraints of an interface, in order, without regard to what it embeds.
func (p *printer) asks(under *types.Interface) []string {
	var asks []string
	for method := range types.NewMethodSet(under).Methods() {
		if method.Obj().Exported() {
			asks = append(asks, method.Obj().Name()+" "+p.signature(method.Type().(*types.Signature)))
		} else {
			asks = append(asks, "unexported ()")
		}
	}
	for embedded := range under.EmbeddedTypes() {
		switch embedded := embedded.(type) {
		case *types.Union:
			var terms []string
			for term := range embedded.Terms() {
				tilde := ""
				if term.Tilde() {
					tilde = "~"
				}
				terms = append(terms, tilde+p.typ(term.Type()))
			}
			asks = append(asks, strings.Join(terms, "|"))
		default:
			if !types.IsInterface(embedded) || under.IsComparable() {
				asks = append(asks, p.typ(embedded))
			}
		}
	}
	slices.Sort(asks)
	return slices.Compact(asks)
}

func (p *printer) signature(signature *types.Signature) string {
	text := p.typeParams(signature.TypeParams()) + p.tuple(signature.Params(), signature.Variadic())
	switch results := signature.Results(); results.Len() {
	case 0:
		return text
	case 1:
		return text + " " + p.typ(results.At(0).Type())
	default:
		return text + " " + p.tuple(results, false)
	}
}

func (p *printer) tuple(tuple *types.Tuple, variadic bool) string {
	var parts []string
	for i := range tuple.Len() {
		kind := tuple.At(i).Type()
		if variadic && i == tuple.Len()-1 {
			parts = append(parts, "..."+p.typ(kind.(*types.Slice).Elem()))
		} else {
			parts = append(parts, p.typ(kind))
		}
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

func (p *printer) typeParams(params *types.TypeParamList) string {
	if params.Len() == 0 {
		return ""
	}
	var parts []string
	for param := range params.TypeParams() {
		parts = append(parts, p.typ(param.Constraint()))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func (p *printer) typ(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return types.Typ[t.Kind()].String()
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), p.typ(t.Elem()))
	case *types.Slice:
		return "[]" + p.typ(t.Elem())
	case *types.Pointer:
		return "*" + p.typ(t.Elem())
	case *types.Map:
		return "map[" + p.typ(t.Key()) + "]" + p.typ(t.Elem())
	case *types.Chan:
		return [...]string{"chan ", "chan<- ", "<-chan "}[t.Dir()] + p.typ(t.Elem())
	case *types.Signature:
		return "func" + p.signature(t)
	case *types.Struct:
		var parts []string
		for field := range t.Fields() {
			parts = append(parts, field.Name()+" "+p.typ(field.Type()))
		}
		return "struct{" + strings.Join(parts, "; ") + "}"
	case *types.Interface:
		return "interface{" + strings.Join(p.asks(t), "; ") + "}"
	case *types.TypeParam:
		return fmt.Sprintf("$%d", t.Index())
	case *types.Named:
		return p.named(t)
	}
	panic(fmt.Sprintf("unknown type %T", t))
}

func (p *printer) named(t *types.Named) string {
	object := t.Obj()
	if object.Pkg() == nil {
		return object.Name()
	}
	if p.hidden == 0 && (!object.Exported() || strings.Contains(object.Pkg().Path(), "internal")) {
		p.hidden++
		p.typeName(object)
		p.hidden--
	}
	text := object.Pkg().Path() + "." + object.Name()
	if t.TypeArgs().Len() == 0 {
		return text
	}
	var args []string
	for arg := range t.TypeArgs().Types() {
		args = append(args, p.typ(arg))
	}
	return text + "[" + strings.Join(args, ", ") + "]"
}
