// Command count prints, for each Go file in a directory, how many functions, function literals and defer, go and
// select statements Go's own parser finds in it.
package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log"
	"os"
	"path/filepath"
)

func main() {
	names, err := filepath.Glob(filepath.Join(os.Args[1], "*.go"))
	if err != nil {
		log.Fatal(err)
	}
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			log.Fatal(err)
		}
		for kind, count := range counts(file) {
			fmt.Println(filepath.Base(name), kind, count)
		}
	}
}

func counts(file *ast.File) map[string]int {
	found := map[string]int{"FuncDecl": 0, "FuncLit": 0, "Defer": 0, "Go": 0, "Select": 0}
	ast.Inspect(file, func(node ast.Node) bool {
		switch node.(type) {
		case *ast.FuncDecl:
			found["FuncDecl"]++
		case *ast.FuncLit:
			found["FuncLit"]++
		case *ast.DeferStmt:
			found["Defer"]++
		case *ast.GoStmt:
			found["Go"]++
		case *ast.SelectStmt:
			found["Select"]++
		}
		return true
	})
	return found
}
