// What other tools were reported to say wrongly of bodies: nothing of it leaks.
package gl403

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"time"

	"goleaklint.example/testdata/GL403/closing"
)

// okLiteralTakesCloser: bodyclose 18, a function literal that closes whatever it is given.
func okLiteralTakesCloser(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	end := func(c io.Closer) {
		c.Close()
	}
	defer end(resp.Body)
	_, err = resp.Body.Read(make([]byte, 1))
	return err
}

func safeClose(label string, c io.ReadCloser) {
	if err := c.Close(); err != nil {
		log.Println(label, err)
	}
}

// okSafeClose: bodyclose 30 and pull request 80, a helper with more than one parameter.
func okSafeClose(url string) (int, error) {
	resp, err := http.Get(url)
	if err != nil {
		return 0, err
	}
	defer safeClose("body", resp.Body)
	return resp.StatusCode, nil
}

// okOtherPackage: bodyclose 39, the helper is part of another package.
func okOtherPackage(url string) (int, error) {
	resp, err := http.Get(url)
	if err != nil {
		return 0, err
	}
	defer closing.Quietly(resp.Body)
	return resp.StatusCode, nil
}

type fetcher struct {
	client *http.Client
	tries  int
}

func (f *fetcher) finish(resp *http.Response) error {
	if resp == nil {
		return nil
	}
	return resp.Body.Close()
}

// okMethodCloses: bodyclose 51, the helper is a method that is given the whole response.
func (f *fetcher) okMethodCloses(req *http.Request) (status int, err error) {
	resp, err := f.client.Do(req)
	defer func() {
		if closing := f.finish(resp); err == nil {
			err = closing
		}
	}()
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

// okRetriesErrors: bodyclose 29, each round of the loop follows an error, and then there is no body.
func (f *fetcher) okRetriesErrors(req *http.Request) error {
	wait := time.Second
	resp, err := f.client.Do(req)
	for tries := 0; err != nil && tries < f.tries; tries++ {
		time.Sleep(wait)
		wait *= 2
		resp, err = f.client.Do(req)
	}
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// okResponseController: bodyclose 52, something of that name which is no response.
func okResponseController(w http.ResponseWriter) error {
	controller := http.NewResponseController(w)
	if err := controller.SetWriteDeadline(time.Now().Add(time.Second)); err != nil {
		return err
	}
	return controller.Flush()
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// okClosedAsArgument: opentelemetry-go-contrib 5962, Close is called for an assertion.
func okClosedAsArgument(url string) int {
	resp, err := http.Get(url)
	must(err)
	must(resp.Body.Close())
	return resp.StatusCode
}

// okRecorded: opentelemetry-go-contrib 5962, what a recorder returns holds nothing.
func okRecorded(handler http.Handler, req *http.Request) int {
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, req)
	resp := w.Result()
	return resp.StatusCode
}

// okFailedRedirect: golang/go 17780, a response beside an error has a body that is closed already.
func okFailedRedirect(client *http.Client, req *http.Request) (string, error) {
	resp, err := client.Do(req)
	if err != nil {
		if resp != nil {
			return resp.Header.Get("Location"), err
		}
		return "", err
	}
	defer resp.Body.Close()
	return resp.Request.URL.String(), nil
}

// okCookie: noctx 10 and 17, a request that is given a cookie after it was made.
func okCookie(ctx context.Context, url string, cookie *http.Cookie) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	req.AddCookie(cookie)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// okHead: the answer to HEAD has no body.
func okHead(url string) (int64, error) {
	resp, err := http.Head(url)
	if err != nil {
		return 0, err
	}
	return resp.ContentLength, nil
}

// okReadAndDropped: goleak 37, the connection that is kept for the next request is no leak.
func okReadAndDropped(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return errors.Join(err, resp.Body.Close())
}

// deleted leaks nothing: 204 means that there is no body.
func deleted(client *http.Client, req *http.Request) error {
	resp, err := client.Do(req) // wrong GL403 "that there is no body with 204 is not known"
	if err != nil {
		return err
	}
	if resp.StatusCode == http.StatusNoContent {
		return nil
	}
	return resp.Body.Close()
}
