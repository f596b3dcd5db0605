package main

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
)

// checker type-checks packages from source; what they import is read from export data, once for all of them.
type checker struct {
	fset    *token.FileSet
	imports types.Importer
	sizes   types.Sizes
}

// checked is a package whose files have been parsed and checked as far as they are correct.
type checked struct {
	path  string
	fset  *token.FileSet
	files []*ast.File
	info  *types.Info
}

func newChecker(fset *token.FileSet, packages []*listed, arch string) *checker {
	exports := make(map[string]string, len(packages))
	for _, p := range packages {
		exports[p.ImportPath] = p.Export
	}
	open := func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, fmt.Errorf("no export data for %s", path)
		}
		return os.Open(exports[path])
	}
	return &checker{fset, importer.ForCompiler(fset, "gc", open), types.SizesFor("gc", arch)}
}

// mapped finds an import as the importing package means it: the standard library's vendored packages have other paths.
type mapped struct {
	paths   map[string]string
	imports types.Importer
}

func (m mapped) Import(path string) (*types.Package, error) {
	if actual, ok := m.paths[path]; ok {
		path = actual
	}
	return m.imports.Import(path)
}

func (c *checker) check(p *listed) (*checked, []error) {
	var mistakes []error
	note := func(err error) { mistakes = append(mistakes, err) }
	result := &checked{path: p.ImportPath, fset: c.fset, info: &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Uses:       map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}}
	for _, names := range [][]string{p.GoFiles, p.CgoFiles} {
		for _, name := range names {
			file, err := parser.ParseFile(c.fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				note(err)
			}
			if file != nil {
				result.files = append(result.files, file)
			}
		}
	}
	config := types.Config{
		Error:       note,
		FakeImportC: true,
		Importer:    mapped{p.ImportMap, c.imports},
		Sizes:       c.sizes,
	}
	if p.Module != nil && p.Module.GoVersion != "" {
		config.GoVersion = "go" + p.Module.GoVersion
	}
	config.Check(p.ImportPath, c.fset, result.files, result.info) // its error is the first that was noted
	return result, mistakes
}
