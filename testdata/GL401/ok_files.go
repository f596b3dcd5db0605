// Files that are given back, or become somebody else's.
package gl401

import (
	"bufio"
	"errors"
	"io"
	"iter"
	"os"
	"runtime"
	"testing"
)

func okNamedResult(name string) (f *os.File, err error) {
	f, err = os.Create(name)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	if _, err = f.WriteString("header"); err != nil {
		return nil, err
	}
	return f, nil
}

func okSuccessFlag(name string) (*journal, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	done := false
	defer func() {
		if !done {
			f.Close()
		}
	}()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	done = true
	return &journal{f, info.Size()}, nil
}

func okDeferredBefore(name string, header bool) (err error) {
	var f *os.File
	defer func() {
		if f != nil {
			err = errors.Join(err, f.Close())
		}
	}()
	if f, err = os.Open(name); err != nil {
		return err
	}
	if header {
		return errors.New("not supported")
	}
	return nil
}

func okSometimesOpened(name string, use func(io.Reader) error) error {
	in := os.Stdin
	if name != "" {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	return use(in)
}

func okLocalCleanUp(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	cleanUp := func() { f.Close() }
	if _, err := f.Stat(); err != nil {
		cleanUp()
		return err
	}
	cleanUp()
	return nil
}

func okMethodValue(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	closeFile := f.Close
	defer closeFile()
	_, err = f.Stat()
	return err
}

func closeQuietly(c io.Closer) { _ = c.Close() }

func okClosedByHelper(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer closeQuietly(f)
	_, err = bufio.NewReader(f).ReadByte()
	return err
}

type store struct{ files map[string]*os.File }

func (s *store) okKept(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	s.files[name] = f
	return nil
}

func okNotThere(name string) error {
	f, err := os.Open(name)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

func okAllClosedOnError(names []string) ([]*os.File, error) {
	var files []*os.File
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			for _, each := range files {
				each.Close()
			}
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

func okClosedByGoroutine(name string, out io.Writer) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	go func() {
		defer f.Close()
		io.Copy(out, f)
	}()
	return nil
}

// okReturnedCloser: stereoscope 613, whoever gets the reader closes it.
func okReturnedCloser(name string) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return f, nil
}

type scratch struct{ names []string }

func (*scratch) Close() error { return nil }

func newScratch() *scratch { return &scratch{} }

// okAnyClose: golang/lint 220, not everything that has a Close wants it to be called.
func okAnyClose() int {
	s := newScratch()
	return len(s.names)
}

// okSameCondition: go-tools 139 and 150, where the file was opened it is also closed.
func okSameCondition(name string, use func(io.Reader) error) error {
	var f *os.File
	var err error
	if name != "" {
		if f, err = os.Open(name); err != nil {
			return err
		}
	}
	err = use(f)
	if name != "" {
		f.Close()
	}
	return err
}

// okDeferredLast: golang/go 64987, a defer just before the return.
func okDeferredLast(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return nil
}

// okExits: the process ends, and the system closes what is open.
func okExits(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	if _, err := f.Stat(); err != nil {
		os.Exit(1)
	}
	f.Close()
}

// okPanicsWithDefer: a deferred call also runs where the function panics, or the goroutine exits.
func okPanicsWithDefer(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	defer f.Close()
	if _, err := f.Stat(); err != nil {
		panic(err)
	}
	runtime.Goexit()
}

// okLines is an iterator: when its loop is left early, yield returns false, and the deferred call runs.
func okLines(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		f, err := os.Open(name)
		if err != nil {
			return
		}
		defer f.Close()
		for lines := bufio.NewScanner(f); lines.Scan(); {
			if !yield(lines.Text()) {
				return
			}
		}
	}
}

// okCleanup is how tests give back: when they are over.
func okCleanup(t testing.TB, name string) *bufio.Reader {
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return bufio.NewReader(f)
}
