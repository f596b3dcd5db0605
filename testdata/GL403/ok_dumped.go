// Responses whose body somebody else reads to its end.
package gl403

import (
	"io"
	"net/http"
	"net/http/httputil"
)

// okTracer writes down all that goes through it.
type okTracer struct {
	below http.RoundTripper
	to    io.Writer
}

func (t okTracer) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := t.below.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	text, err := httputil.DumpResponse(resp, true)
	if err != nil {
		return nil, err
	}
	if _, err := t.to.Write(text); err != nil {
		return nil, err
	}
	return resp, nil
}

type headTracer struct {
	below http.RoundTripper
	to    io.Writer
}

func (t headTracer) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := t.below.RoundTrip(req) // want GL403 "on 2 ways out"
	if err != nil {
		return nil, err
	}
	text, err := httputil.DumpResponse(resp, false)
	if err != nil {
		return nil, err
	}
	if _, err := t.to.Write(text); err != nil {
		return nil, err
	}
	return resp, nil
}

func okWrittenOn(url string, to io.Writer) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	return resp.Write(to)
}

func onlyHeadIsWrittenOn(url string, to io.Writer) error {
	resp, err := http.Get(url) // want GL403 "not closed"
	if err != nil {
		return err
	}
	return resp.Header.Write(to)
}
