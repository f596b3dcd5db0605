// Wrappers that close what they were given, if it can be closed.
package gl401

import (
	"io"
	"os"
)

type okTee struct {
	out   io.Writer
	count int
}

func okNewTee(w io.Writer) *okTee { return &okTee{out: w} }

func (t *okTee) Write(p []byte) (int, error) {
	t.count += len(p)
	return t.out.Write(p)
}

func (t *okTee) Close() error {
	if c, ok := t.out.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

func okClosedByWrapper(name string, in io.Reader) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	tee := okNewTee(f)
	defer tee.Close()
	_, err = io.Copy(tee, in)
	return err
}
