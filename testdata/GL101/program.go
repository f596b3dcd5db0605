// What a program's main function, whatever its name, starts stays as long as the process does: a note.
package gl101

import (
	"log"
	"os"
	"time"
)

type tool interface{ Prepare(args []string) error }

// not run: lives as long as the process, by design
func OkRunTool(t tool) {
	if err := okServe(t, os.Args[1:]); err != nil {
		log.Println(err)
		os.Exit(1)
	}
}

// not run: lives as long as the process, by design
func okServe(t tool, args []string) error {
	okFreeMemory()
	return t.Prepare(args)
}

// not run: lives as long as the process, by design
func okFreeMemory() {
	go func() {
		for range time.Tick(time.Minute) {
			work()
		}
	}()
}

type okTool struct{ name string }

// Prepare is only called through the interface, where the program starts.
//
// not run: lives as long as the process, by design
func (o *okTool) Prepare(args []string) error {
	go func() {
		for {
			time.Sleep(time.Hour)
			work()
		}
	}()
	return nil
}

type plugin struct {
	Name   string
	InitFn func() error
	Handle func() error
}

var plugins []plugin

func okRegister() {
	plugins = append(plugins, plugin{Name: "reload", InitFn: okInitReload})
}

// not run: lives as long as the process, by design
func okInitReload() error {
	go func() {
		for {
			work()
			time.Sleep(time.Hour)
		}
	}()
	return nil
}

func register() {
	plugins = append(plugins, plugin{Name: "handle", Handle: handlePlugin})
}

func handlePlugin() error {
	go func() { // want GL101 "never ends"
		for {
			work()
			time.Sleep(time.Hour)
		}
	}()
	return nil
}

func runHandlePlugin() { handlePlugin() }
