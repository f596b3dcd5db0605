// Files that an error return, a retry or a loop leaves open.
package gl401

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func size(name string) (int64, error) {
	f, err := os.Open(name) // want GL401 "f (os.File) is not closed on one way out of size"
	if err != nil {
		return 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), f.Close()
}

func firstLine(name string) (string, error) {
	f, err := os.Open(name) // want GL401 "is not closed on one way out"
	if err != nil {
		return "", err
	}
	return bufio.NewReader(f).ReadString('\n')
}

func reserve(dir string) error {
	_, err := os.Create(filepath.Join(dir, "LOCK")) // want GL401 "is thrown away"
	return err
}

func each(names []string, use func([]byte) error) error {
	for _, name := range names {
		f, err := os.Open(name) // want GL401 "f (os.File) is not closed"
		if err != nil {
			return err
		}
		data, err := io.ReadAll(f)
		if err != nil {
			continue
		}
		if err := use(data); err != nil {
			return err
		}
		f.Close()
	}
	return nil
}

type journal struct {
	file *os.File
	size int64
}

func openJournal(name string) (*journal, error) {
	f, err := os.OpenFile(name, os.O_RDWR, 0o600) // want GL401 "is not closed on one way out of openJournal"
	if err != nil {
		return nil, err
	}
	j := &journal{file: f}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	j.size = info.Size()
	return j, nil
}

func openAll(names []string) ([]*os.File, error) {
	var files []*os.File
	for _, name := range names {
		f, err := os.Open(name) // want GL401 "is not closed on one way out of openAll"
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

func open(name string) (*os.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	return f, nil
}

func wrapped(name string) error {
	f, err := open(name) // want GL401 "is not closed on one way out of wrapped"
	if err != nil {
		return err
	}
	if filepath.Ext(name) == "" {
		return errors.New("no extension")
	}
	return f.Close()
}
