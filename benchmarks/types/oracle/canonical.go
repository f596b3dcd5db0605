package main

import (
	"cmp"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// canonical writes a type in a form that does not depend on how it was spelled, and tells whose names it is made of.
//
// It is types.TypeString with full import paths, but aliases are followed everywhere (byte is uint8, rune int32), an
// empty interface is any, the names of parameters and results and the tags of fields are left out, and the methods of
// an interface are sorted. Type parameters go by their bare names. Not ok: part of the type could not be checked.
func canonical(t types.Type, origins map[string]string) (text, origin string, ok bool) {
	w := &writer{origins: origins}
	w.write(t)
	return w.String(), cmp.Or(w.origin, "basic"), !w.invalid
}

// originOf tells whose package it is; the predeclared methods, error's Error, count as the standard library's.
func originOf(pkg string, origins map[string]string) string {
	if pkg == "" || pkg == "unsafe" {
		return "std"
	}
	return cmp.Or(origins[pkg], "third")
}

// The strangest name in a type decides whose the type is.
var strangeness = map[string]int{"": 0, "std": 1, "module": 2, "third": 3}

type writer struct {
	strings.Builder
	origins map[string]string
	origin  string
	invalid bool
}

func (w *writer) write(t types.Type) {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		w.basic(t)
	case *types.Named:
		w.name(t.Obj())
		if args := t.TypeArgs(); args.Len() > 0 {
			w.list("[", ",", "]", args.Len(), func(i int) { w.write(args.At(i)) })
		}
	case *types.TypeParam:
		w.saw(t.Obj().Pkg())
		w.WriteString(t.Obj().Name())
	case *types.Pointer:
		w.prefixed("*", t.Elem())
	case *types.Slice:
		w.prefixed("[]", t.Elem())
	case *types.Array:
		w.prefixed("["+strconv.FormatInt(t.Len(), 10)+"]", t.Elem())
	case *types.Map:
		w.prefixed("map[", t.Key())
		w.prefixed("]", t.Elem())
	case *types.Chan:
		w.channel(t)
	case *types.Tuple:
		w.tuple(t, false)
	case *types.Signature:
		w.WriteString("func")
		w.signature(t)
	case *types.Struct:
		w.structure(t)
	case *types.Interface:
		w.interfaceType(t)
	case *types.Union:
		w.list("", " | ", "", t.Len(), func(i int) { w.term(t.Term(i)) })
	default:
		w.invalid = true
	}
}

func (w *writer) basic(t *types.Basic) {
	switch t.Kind() {
	case types.Invalid:
		w.invalid = true
	case types.UnsafePointer:
		w.saw(types.Unsafe)
		w.WriteString("unsafe.Pointer")
	default:
		w.WriteString(types.Typ[t.Kind()].Name()) // byte and rune are names of their own for uint8 and int32
	}
}

func (w *writer) name(object *types.TypeName) {
	w.saw(object.Pkg())
	if object.Pkg() != nil {
		w.WriteString(object.Pkg().Path() + ".")
	}
	w.WriteString(object.Name())
}

func (w *writer) saw(pkg *types.Package) {
	if pkg == nil {
		return
	}
	if origin := originOf(pkg.Path(), w.origins); strangeness[origin] > strangeness[w.origin] {
		w.origin = origin
	}
}

func (w *writer) prefixed(prefix string, t types.Type) {
	w.WriteString(prefix)
	w.write(t)
}

func (w *writer) list(open, between, shut string, n int, each func(int)) {
	w.WriteString(open)
	for i := range n {
		if i > 0 {
			w.WriteString(between)
		}
		each(i)
	}
	w.WriteString(shut)
}

func (w *writer) channel(t *types.Chan) {
	elem, _ := types.Unalias(t.Elem()).(*types.Chan)
	switch {
	case t.Dir() == types.SendRecv && elem != nil && elem.Dir() == types.RecvOnly:
		w.prefixed("chan (", t.Elem())
		w.WriteString(")")
	case t.Dir() == types.SendRecv:
		w.prefixed("chan ", t.Elem())
	case t.Dir() == types.SendOnly:
		w.prefixed("chan<- ", t.Elem())
	default:
		w.prefixed("<-chan ", t.Elem())
	}
}

func (w *writer) tuple(t *types.Tuple, variadic bool) {
	w.list("(", ", ", ")", t.Len(), func(i int) {
		slice, ok := types.Unalias(t.At(i).Type()).(*types.Slice)
		if variadic && i == t.Len()-1 && ok {
			w.prefixed("...", slice.Elem())
			return
		}
		w.write(t.At(i).Type())
	})
}

func (w *writer) signature(t *types.Signature) {
	w.tuple(t.Params(), t.Variadic())
	switch results := t.Results(); results.Len() {
	case 0:
	case 1:
		w.prefixed(" ", results.At(0).Type())
	default:
		w.prefixed(" ", results)
	}
}

func (w *writer) structure(t *types.Struct) {
	w.list("struct{", "; ", "}", t.NumFields(), func(i int) {
		field := t.Field(i)
		if !field.Embedded() {
			w.WriteString(field.Name() + " ")
		}
		w.write(field.Type())
	})
}

// interfaceType leaves comparable and any, which are declared names elsewhere, as they are.
func (w *writer) interfaceType(t *types.Interface) {
	var methods []*types.Func
	for method := range t.ExplicitMethods() {
		methods = append(methods, method)
	}
	slices.SortFunc(methods, func(a, b *types.Func) int { return cmp.Compare(a.Name(), b.Name()) })
	n := len(methods) + t.NumEmbeddeds()
	if n == 0 {
		w.WriteString("any")
		return
	}
	w.list("interface{", "; ", "}", n, func(i int) {
		if i < len(methods) {
			w.WriteString(methods[i].Name())
			w.signature(methods[i].Signature())
			return
		}
		w.write(t.EmbeddedType(i - len(methods)))
	})
}

func (w *writer) term(t *types.Term) {
	if t.Tilde() {
		w.WriteString("~")
	}
	w.write(t.Type())
}
