// Runs one scenario of a package of fixtures, and prints the stacks of all goroutines before and after it.
//
//	scenario NAME
//
// Before "=== after", in which goroutines that can never go on are marked "(leaked)", stands "=== returned" if the
// scenario came to its end.
package main

import (
	"fmt"
	"os"
	"reflect"
	"runtime"
	"runtime/pprof"
	"strings"
	"time"

	fixtures "fixture.example/package"
)

// A scenario that takes longer hangs. It is told to take half of this at most: the machine may be busy.
const patience = 2 * time.Second

// Goroutines are given this long to end.
const settling = 300 * time.Millisecond

func main() {
	scenario, found := fixtures.Scenarios[os.Args[1]]
	if !found {
		fmt.Fprintln(os.Stderr, "no scenario", os.Args[1])
		os.Exit(2)
	}
	profile := pprof.Lookup("goroutineleak")
	fmt.Println("=== before")
	profile.WriteTo(os.Stdout, 2)
	returned := make(chan struct{})
	go run(scenario, returned)
	select {
	case <-returned:
		fmt.Println("=== returned")
	case <-time.After(patience):
	}
	settle()
	fmt.Println("=== after")
	profile.WriteTo(os.Stdout, 2)
	fmt.Println("=== end")
}

// run stays, so that it can be seen whether the scenario has left it locked to a thread.
func run(scenario func(), returned chan<- struct{}) {
	scenario()
	close(returned)
	time.Sleep(time.Hour)
}

// settle waits until no goroutine of the fixtures is left, or settling has passed.
func settle() {
	path := reflect.TypeOf(fixtures.Scenario(nil)).PkgPath()
	stacks := make([]byte, 1<<20)
	for end := time.Now().Add(settling); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if !strings.Contains(string(stacks[:runtime.Stack(stacks, true)]), path+".") {
			return
		}
	}
}
