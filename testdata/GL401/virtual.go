// Files of file systems of which nobody knows whether anything is behind them.
package gl401

import (
	"io"
	"io/fs"
	"net/http"
)

func failsToRead(files fs.FS, name string) ([]byte, error) {
	f, err := files.Open(name) // missed GL401 "embedded files hold nothing and never fail: low confidence"
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	return data, f.Close()
}

func neverClosed(files fs.FS, name string) ([]byte, error) {
	f, err := files.Open(name) // want GL401 "f (fs.File) is not closed on 2 ways out of neverClosed"
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	return data, nil
}

func failsInDirectory(dir http.Dir, name string) (fs.FileInfo, error) {
	f, err := dir.Open(name) // want GL401 "f (http.File) is not closed on one way out of failsInDirectory"
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return info, f.Close()
}
