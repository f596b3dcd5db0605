package main

import (
	"cmp"
	"encoding/json"
	"go/ast"
	"go/types"
	"path/filepath"
	"reflect"
	"slices"
)

// description is one line of output: a file's expressions and calls, in the order of their places.
type description struct {
	File    string       `json:"file"`
	Package string       `json:"package"`
	Exprs   []expression `json:"exprs"`
	Calls   []call       `json:"calls"`
}

// span holds byte offsets into the file, end exclusive.
type span struct{ start, end int }

func (s span) compare(other span) int {
	return cmp.Or(cmp.Compare(s.start, other.start), cmp.Compare(s.end, other.end))
}

type expression struct {
	span
	kind, typ, origin, syntax string
}

func (e expression) MarshalJSON() ([]byte, error) {
	return json.Marshal([]any{e.start, e.end, e.kind, e.typ, e.origin, e.syntax})
}

type call struct {
	span
	pkg, receiver, name, origin string
}

func (c call) MarshalJSON() ([]byte, error) {
	return json.Marshal([]any{c.start, c.end, c.pkg, c.receiver, c.name, c.origin})
}

// describe tells what the checker recorded in the bodies of a file's functions and function literals.
func describe(dir string, from *checked, file *ast.File, origins map[string]string) (*description, error) {
	at := from.fset.File(file.FileStart)
	name, err := relative(dir, at.Name())
	if err != nil {
		return nil, err
	}
	result := &description{File: name, Package: from.path, Exprs: []expression{}, Calls: []call{}}
	for body := range bodies(file) {
		ast.Inspect(body, func(node ast.Node) bool {
			expr, ok := node.(ast.Expr)
			if !ok || isNotation(expr) {
				return true
			}
			place := span{at.Offset(expr.Pos()), at.Offset(expr.End())}
			if tv, ok := from.info.Types[expr]; ok && tv.Type != types.Typ[types.Invalid] {
				if text, origin, ok := canonical(tv.Type, origins); ok {
					syntax := reflect.TypeOf(expr).Elem().Name()
					result.Exprs = append(result.Exprs, expression{place, kind(tv), text, origin, syntax})
				}
			}
			if c, ok := expr.(*ast.CallExpr); ok {
				if function := callee(from.info, c); function != nil {
					pkg, receiver := identity(function)
					result.Calls = append(result.Calls, call{place, pkg, receiver, function.Name(), originOf(pkg, origins)})
				}
			}
			return true
		})
	}
	slices.SortStableFunc(result.Exprs, func(a, b expression) int { return a.compare(b.span) })
	slices.SortStableFunc(result.Calls, func(a, b call) int { return a.compare(b.span) })
	return result, nil
}

// bodies yields the outermost function bodies of a file: those of its declarations, and those of function literals in
// the values of package variables.
func bodies(file *ast.File) func(yield func(*ast.BlockStmt) bool) {
	return func(yield func(*ast.BlockStmt) bool) {
		going := true
		ast.Inspect(file, func(node ast.Node) bool {
			block, ok := node.(*ast.BlockStmt)
			if going && ok {
				going = yield(block)
			}
			return going && !ok
		})
	}
}

// isNotation tells of what the checker may record though it is no expression: the ... of a parameter, and the signature
// of a method in an interface.
func isNotation(expr ast.Expr) bool {
	switch expr := expr.(type) {
	case *ast.Ellipsis:
		return true
	case *ast.FuncType:
		return !expr.Func.IsValid()
	}
	return false
}

func relative(dir, name string) (string, error) {
	base, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if base, err = filepath.EvalSymlinks(base); err != nil {
		return "", err
	}
	if name, err = filepath.EvalSymlinks(name); err != nil {
		return "", err
	}
	found, err := filepath.Rel(base, name)
	return filepath.ToSlash(found), err
}

func kind(tv types.TypeAndValue) string {
	switch {
	case tv.IsVoid():
		return "novalue"
	case tv.IsType():
		return "type"
	case tv.IsBuiltin():
		return "builtin"
	case tv.Value != nil:
		return "const"
	}
	return "value"
}

// callee gives the function or method that a call names; nil for conversions, built-in functions and function values.
func callee(info *types.Info, c *ast.CallExpr) *types.Func {
	fun := ast.Unparen(c.Fun)
	switch index := fun.(type) {
	case *ast.IndexExpr:
		fun = ast.Unparen(index.X)
	case *ast.IndexListExpr:
		fun = ast.Unparen(index.X)
	}
	var object types.Object
	switch fun := fun.(type) {
	case *ast.Ident:
		object = info.Uses[fun]
	case *ast.SelectorExpr:
		object = info.Uses[fun.Sel]
	}
	function, _ := object.(*types.Func)
	if function == nil {
		return nil
	}
	return function.Origin()
}

// identity gives a function's package and, of a method, the receiver as its declaration has it.
func identity(function *types.Func) (pkg, receiver string) {
	if function.Pkg() != nil {
		pkg = function.Pkg().Path()
	}
	recv := function.Signature().Recv()
	if recv == nil {
		return pkg, ""
	}
	switch t := types.Unalias(recv.Type()).(type) {
	case *types.Pointer:
		if named, ok := types.Unalias(t.Elem()).(*types.Named); ok {
			return pkg, "(*" + named.Obj().Name() + ")"
		}
	case *types.Named:
		return pkg, t.Obj().Name()
	}
	return pkg, "interface"
}
