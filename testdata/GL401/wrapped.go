// What wraps a file reads from it or writes to it, and does not close it.
package gl401

import (
	"archive/zip"
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"io"
	"net/http"
	"os"
	"path/filepath"
)

func flushedOnly(name string, lines []string) error {
	f, err := os.Create(name) // want GL401 "f (os.File) is not closed on 2 ways out of flushedOnly"
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	defer w.Flush()
	for _, line := range lines {
		if _, err := w.WriteString(line); err != nil {
			return err
		}
	}
	return nil
}

// archived is how cometbft packs what it collected for debugging, with the close of the file itself taken away.
func archived(name string, files map[string][]byte) error {
	f, err := os.Create(name) // want GL401 "f (os.File) is not closed"
	if err != nil {
		return err
	}
	z := zip.NewWriter(f)
	defer z.Close()
	for each, data := range files {
		w, err := z.Create(each)
		if err != nil {
			return err
		}
		if _, err := w.Write(data); err != nil {
			return err
		}
	}
	return nil
}

// walked closes the files that it reads, not the one that it writes.
func walked(dir, name string) error {
	out, err := os.Create(name) // want GL401 "out (os.File) is not closed"
	if err != nil {
		return err
	}
	return filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = io.Copy(out, f)
		return err
	})
}

func okLastClosed(dir, name string) error {
	out, err := os.Create(name)
	if err != nil {
		return err
	}
	stop := func() { out.Close() }
	return filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			stop()
		}
		return err
	})
}

func unpacked(name string) ([]byte, error) {
	f, err := os.Open(name) // want GL401 "f (os.File) is not closed"
	if err != nil {
		return nil, err
	}
	r, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		return nil, err
	}
	defer func() { r.Close() }()
	return io.ReadAll(r)
}

func table(name string, rows [][]string) error {
	f, err := os.Create(name) // want GL401 "f (os.File) is not closed"
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	if err := fill(w, rows); err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}

func fill(w *csv.Writer, rows [][]string) error {
	for _, row := range rows {
		if err := w.Write(row); err != nil {
			return err
		}
	}
	return nil
}

// noEffect closes what io.NopCloser made, which is there to close nothing.
func noEffect(name string) ([]byte, error) {
	f, err := os.Open(name) // want GL401 "f (os.File) is not closed"
	if err != nil {
		return nil, err
	}
	rc := io.NopCloser(f)
	defer rc.Close()
	return io.ReadAll(rc)
}

// records reads numbers from what it is given, and has no way to close that.
type records struct {
	in   io.ByteReader
	read int
}

func newRecords(r io.Reader) *records { return &records{in: bufio.NewReader(r)} }

func (r *records) next() (byte, error) {
	r.read++
	return r.in.ReadByte()
}

func (r *records) close() { r.read = 0 }

// load is how go-ethereum reads its journal of transactions, with the close of the file taken away.
func load(name string) (sum int, err error) {
	f, err := os.Open(name) // want GL401 "f (os.File) is not closed on 2 ways out of load"
	if err != nil {
		return 0, err
	}
	in := newRecords(f)
	defer in.close()
	for {
		b, err := in.next()
		if err == io.EOF {
			return sum, nil
		}
		if err != nil {
			return 0, err
		}
		sum += int(b)
	}
}

func okBothClosed(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

type okUnpacker struct {
	*gzip.Reader
	file *os.File
}

func (u *okUnpacker) Close() error {
	u.Reader.Close()
	return u.file.Close()
}

func okUnpack(name string) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	r, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, err
	}
	return &okUnpacker{r, f}, nil
}

// okUpload: the client closes the body of a request, though a request only wants to read from it.
func okUpload(client *http.Client, url, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	request, err := http.NewRequest(http.MethodPost, url, f)
	if err != nil {
		f.Close()
		return err
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	return response.Body.Close()
}

type okScanner struct{ *bufio.Scanner }

// okScanLater keeps reading from the file, as whoever has the scanner wants.
func (s *okScanner) okScanLater(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	s.Scanner = bufio.NewScanner(f)
	return nil
}
