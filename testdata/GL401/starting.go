// What only happens as a program starts happens once: the process ends with it, or never comes here again.
package gl401

import (
	"errors"
	"fmt"
	"log"
	"os"
	"runtime/pprof"
	"time"
)

func init() {
	go okProfileLoop(pprof.Lookup("heap"))
	if err := repairAll([]string{"a", "b"}); err != nil {
		return
	}
	if err := okCertificateIsMade("cert.pem"); err != nil {
		log.Fatal(err)
	}
	go func() {
		for range time.Tick(time.Second) {
			if err := savedAgain("state"); err != nil {
				log.Println(err)
			}
		}
	}()
}

// okProfileLoop: what fails in a round ends the loop, which is started once.
func okProfileLoop(profile *pprof.Profile) error {
	for {
		f, err := os.Create("heap.pprof")
		if err != nil {
			return err
		}
		if err := profile.WriteTo(f, 0); err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
		time.Sleep(time.Second)
	}
}

// repairAll opens in a loop, but the first that fails ends it.
func repairAll(names []string) (err error) {
	for len(names) > 0 {
		err := okIsRepaired(names[0])
		if err != nil {
			err = errors.Join(err, errors.New("no more are opened"))
			return err
		}
		names = names[1:]
	}
	return nil
}

// okIsRepaired: it leaks only where it fails, and then the opening fails.
func okIsRepaired(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	if _, err := f.Read(make([]byte, 8)); err != nil {
		return fmt.Errorf("read magic of %s: %w", name, err)
	}
	return f.Close()
}

// okCertificateIsMade: whoever gets its error ends the process.
func okCertificateIsMade(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if _, err := f.WriteString("cert"); err != nil {
		return err
	}
	return f.Close()
}

// savedAgain fails, and is called again all the same.
func savedAgain(name string) error {
	f, err := os.Create(name) // want GL401 "not closed on one way out"
	if err != nil {
		return err
	}
	if _, err := f.WriteString("state"); err != nil {
		return fmt.Errorf("save: %w", err)
	}
	return f.Close()
}

func init() {
	for range time.Tick(time.Minute) {
		if roundFails() != nil {
			return
		}
	}
}

// roundFails leaks where it succeeds, so its caller goes on.
func roundFails() error {
	f, err := os.Open("rounds") // want GL401 "not closed on one way out"
	if err != nil {
		return err
	}
	_, err = f.Read(make([]byte, 8))
	return err
}
