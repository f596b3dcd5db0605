// Files below two layers of wrappers, and files that a library opens.
package gl401

import (
	"bufio"
	"io"
	"os"
	"path/filepath"

	"go.etcd.io/etcd/client/pkg/v3/fileutil"
)

// packed: what a compressor of nobody knows where gets is a buffer, and nothing that could close the file.
func packed(name string, data []byte, newWriter func(io.Writer) (io.WriteCloser, error)) error {
	f, err := os.Create(name) // want GL401 "f (os.File) is not closed on 4 ways out of packed"
	if err != nil {
		return err
	}
	buf := bufio.NewWriter(f)
	w, err := newWriter(buf)
	if err != nil {
		return err
	}
	if _, err := w.Write(data); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	if err := buf.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// synced: fileutil opens it, and only looks at it later.
func synced(name string) error {
	dir, err := fileutil.OpenDir(filepath.Dir(name)) // want GL401 "dir (os.File)"
	if err != nil {
		return err
	}
	if err := fileutil.Fsync(dir); err != nil {
		return err
	}
	return os.Remove(name)
}

func okSynced(name string) error {
	dir, err := fileutil.OpenDir(filepath.Dir(name))
	if err != nil {
		return err
	}
	defer dir.Close()
	return fileutil.Fsync(dir)
}

// okPacked: the compressor gets the file itself, and may close it.
func okPacked(name string, data []byte, newWriter func(io.WriteCloser) (io.WriteCloser, error)) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w, err := newWriter(f)
	if err != nil {
		f.Close()
		return err
	}
	if _, err := w.Write(data); err != nil {
		w.Close()
		return err
	}
	return w.Close()
}
