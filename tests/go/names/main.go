// Command names prints, for each Go file in a directory, where each use of a local variable stands and where the
// variable is declared, as Go's own type checker has it: lines of file name, offset of use, offset of declaration.
// Left out are files that do not belong to a build for this system, and what stands outside of functions.
package main

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"log"
	"os"
	"path/filepath"
	"slices"
)

func main() {
	directory := os.Args[1]
	built, err := build.ImportDir(directory, 0)
	if err != nil {
		log.Fatal(err)
	}
	fset := token.NewFileSet()
	imports := importer.ForCompiler(fset, "source", nil)
	packages := map[string][]*ast.File{}
	for _, name := range slices.Concat(built.GoFiles, built.TestGoFiles, built.XTestGoFiles) {
		file, err := parser.ParseFile(fset, filepath.Join(directory, name), nil, parser.SkipObjectResolution)
		if err != nil {
			log.Fatal(err)
		}
		packages[file.Name.Name] = append(packages[file.Name.Name], file)
	}
	for name, files := range packages {
		info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
		config := types.Config{Error: func(error) {}, Importer: imports, FakeImportC: true}
		config.Check(name, fset, files, info) // a test in another package may miss what the package's own tests declare
		for _, file := range files {
			printFunctions(fset, file, info)
		}
	}
}

func printFunctions(fset *token.FileSet, file *ast.File, info *types.Info) {
	for _, decl := range file.Decls {
		if function, ok := decl.(*ast.FuncDecl); ok && function.Body != nil {
			ast.Inspect(function, func(node ast.Node) bool {
				if ident, ok := node.(*ast.Ident); ok {
					printLocal(fset, ident, info.Uses[ident])
				}
				return true
			})
		}
	}
}

func printLocal(fset *token.FileSet, ident *ast.Ident, object types.Object) {
	variable, ok := object.(*types.Var)
	if !ok || variable.IsField() || variable.Parent() == nil || variable.Pkg() == nil {
		return
	}
	if variable.Parent() == variable.Pkg().Scope() || ident.Name == "_" {
		return
	}
	use := fset.Position(ident.Pos())
	fmt.Println(filepath.Base(use.Filename), use.Offset, fset.Position(object.Pos()).Offset)
}
