// Files that are given on as an io.Reader or io.Writer.
package gl401

import (
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
)

type sink struct{ w io.Writer }

func (s *sink) setWriter(w io.Writer) { s.w = w }

func (s *sink) count(w io.Writer) (int, error) { return fmt.Fprintln(w, "sink") }

var logTo = &sink{w: os.Stderr}

func okWriterOfGlobal(name string) error {
	var w io.Writer
	if name != "" {
		f, err := os.Create(name)
		if err != nil {
			return err
		}
		w = f
		logTo.setWriter(w)
	}
	return nil
}

func lentToMethod(name string) (int, error) {
	f, err := os.Create(name) // want GL401 "f (os.File) is not closed on one way out of lentToMethod"
	if err != nil {
		return 0, err
	}
	return logTo.count(f)
}

// Whoever is given it as an io.Reader may ask whether it can be closed.
func finish(r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	if c, ok := r.(io.Closer); ok {
		return c.Close()
	}
	return err
}

func okClosedWhereLent(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return finish(f)
}

func skim(r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	return err
}

func lentAndNotClosed(name string) error {
	f, err := os.Open(name) // want GL401 "f (os.File) is not closed"
	if err != nil {
		return err
	}
	return skim(f)
}

func okLogFile(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	log.SetOutput(f)
	return nil
}

func okDefaultLogger(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(f, nil)))
	return nil
}

var sinks []*sink

func okGivenInEachRound(name string) {
	f, err := os.Create(name)
	if err != nil {
		return
	}
	for _, each := range sinks {
		each.setWriter(f)
	}
}

func givenInSomeRounds(name string) {
	f, err := os.Create(name) // want GL401 "f (os.File) is not closed on one way out of givenInSomeRounds"
	if err != nil {
		return
	}
	for _, each := range sinks {
		if each.w == nil {
			each.setWriter(f)
		}
	}
}
