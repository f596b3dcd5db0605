// Pipes, whose reader waits for the writer's Close, if there is one.
package gl401

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
)

func okNobodyReadsYet(src io.Reader, fields map[string]string) (io.Reader, error) {
	pr, pw := io.Pipe()
	form := multipart.NewWriter(pw)
	probe := multipart.NewWriter(&bytes.Buffer{})
	if err := probe.SetBoundary(form.Boundary()); err != nil {
		return nil, err
	}
	for name, value := range fields {
		if err := probe.WriteField(name, value); err != nil {
			return nil, err
		}
	}
	go func() {
		_, err := io.Copy(pw, src)
		pw.CloseWithError(err)
	}()
	return pr, nil
}

func okReaderClosed(src io.Reader, consume func(io.Reader)) error {
	pr, pw := io.Pipe()
	defer pr.Close()
	go consume(pr)
	_, err := io.Copy(pw, src)
	return err
}

func okNotSent(ctx context.Context, url string) (io.WriteCloser, error) {
	pr, pw := io.Pipe()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, pr)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		pw.Close()
		return nil, err
	}
	resp.Body.Close()
	return pw, nil
}

func readerIsWaiting(src io.Reader, consume func(io.Reader)) error {
	if src == nil {
		return errors.New("nothing to read")
	}
	pr, pw := io.Pipe() // want GL401 "pw (io.PipeWriter) is not closed on one way out of readerIsWaiting"
	go consume(pr)
	if _, err := io.Copy(pw, src); err != nil {
		return err
	}
	return pw.Close()
}
