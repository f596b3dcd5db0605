// Command oracle prints what Go's own type checker says of the expressions and calls in function bodies, as JSON lines.
//
//	oracle DIR PATTERNS...
//
// The packages that the patterns name in the module at DIR are checked from source, without their tests, in the default
// build for this system; what they import comes from the build cache, which `go list -export` fills. ../README.md
// describes the output. Mistakes in a package are counted on standard error; the rest of it is still printed.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"go/token"
	"io"
	"log"
	"os"
	"os/exec"
	"runtime"
)

// listed is what oracle needs of a package that `go list -json` describes.
type listed struct {
	ImportPath string
	Dir        string
	Export     string
	Standard   bool
	DepOnly    bool
	GoFiles    []string
	CgoFiles   []string
	ImportMap  map[string]string
	Module     *struct {
		Main      bool
		GoVersion string
		Replace   *struct{ Version string }
	}
	Error *struct{ Err string }
}

const listedFields = "-json=ImportPath,Dir,Export,Standard,DepOnly,GoFiles,CgoFiles,ImportMap,Module,Error"

// origin tells whose package it is. Modules that a go.work uses, or a replace directive takes from a directory, are
// read from source by everyone, and so count as the module itself.
func (p *listed) origin() string {
	switch m := p.Module; {
	case p.Standard:
		return "std"
	case m != nil && (m.Main || m.Replace != nil && m.Replace.Version == ""):
		return "module"
	}
	return "third"
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("oracle: ")
	if len(os.Args) < 3 {
		log.Fatal("usage: oracle DIR PATTERNS...")
	}
	packages, err := list(os.Args[1], os.Args[2:])
	if err != nil {
		log.Fatal(err)
	}
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	if err := print(out, os.Args[1], packages); err != nil {
		log.Fatal(err)
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}

// list asks the go command for the packages and all they import.
func list(dir string, patterns []string) ([]*listed, error) {
	args := append([]string{"list", "-e", "-export", "-deps", listedFields, "--"}, patterns...)
	command := exec.Command("go", args...)
	command.Dir, command.Stderr = dir, os.Stderr
	output, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	var packages []*listed
	decoder := json.NewDecoder(output)
	for {
		p := &listed{}
		if err := decoder.Decode(p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		packages = append(packages, p)
	}
	// With -e and -export the go command may end with 1 though it has listed all it could.
	if err := command.Wait(); err != nil && len(packages) == 0 {
		return nil, fmt.Errorf("go list: %w", err)
	}
	return packages, nil
}

// print checks each package that was asked for and writes its files, in the order of go list.
func print(out io.Writer, dir string, packages []*listed) error {
	origins := make(map[string]string, len(packages))
	for _, p := range packages {
		origins[p.ImportPath] = p.origin()
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	checker := newChecker(token.NewFileSet(), packages, runtime.GOARCH)
	for _, p := range packages {
		if p.DepOnly {
			continue
		}
		if p.Error != nil {
			log.Printf("%s: %s", p.ImportPath, p.Error.Err)
		}
		checked, mistakes := checker.check(p)
		if len(mistakes) > 0 {
			log.Printf("%s: %d mistakes, first: %v", p.ImportPath, len(mistakes), mistakes[0])
		}
		for _, file := range checked.files {
			described, err := describe(dir, checked, file, origins)
			if err != nil {
				return err
			}
			if err := encoder.Encode(described); err != nil {
				return err
			}
		}
	}
	return nil
}
