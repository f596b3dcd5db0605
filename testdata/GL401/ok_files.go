// Files that are given back, or become somebody else's.
package gl401

import (
	"bufio"
	"errors"
	"io"
	"os"
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
