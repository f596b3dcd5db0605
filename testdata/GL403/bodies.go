// Response bodies that nobody closes.
package gl403

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
)

func statusBeforeDefer(url string) ([]byte, error) {
	resp, err := http.Get(url) // want GL403 "resp.Body (http.Response) is not closed on one way out of statusBeforeDefer"
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, errors.New(resp.Status)
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func notify(url string) error {
	_, err := http.Post(url, "text/plain", strings.NewReader("done")) // want GL403 "is thrown away"
	return err
}

func alive(url string) bool {
	resp, err := http.Get(url) // want GL403 "resp.Body"
	return err == nil && resp.StatusCode == http.StatusOK
}

func retry(client *http.Client, req *http.Request) (*http.Response, error) {
	var resp *http.Response
	var err error
	for i := 0; i < 5; i++ {
		resp, err = client.Do(req) // want GL403 "on 2 ways out of retry"
		if err == nil && resp.StatusCode < 500 {
			return resp, nil
		}
	}
	return nil, errors.New("gave up")
}

func decode(url string, v any) error {
	resp, err := http.Get(url) // want GL403 "resp.Body"
	if err != nil {
		return err
	}
	return parse(resp, v)
}

func parse(resp *http.Response, v any) error {
	return json.NewDecoder(resp.Body).Decode(v)
}

type api struct{ client *http.Client }

func (a *api) do(req *http.Request) (*http.Response, error) {
	resp, err := a.client.Do(req)
	if err != nil {
		return nil, err
	}
	return resp, nil
}

func (a *api) version(req *http.Request) (string, error) {
	resp, err := a.do(req) // want GL403 "resp.Body"
	if err != nil {
		return "", err
	}
	return resp.Header.Get("Version"), nil
}

func okHelperCloses(url string, v any) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	return parseAndClose(resp, v)
}

func parseAndClose(resp *http.Response, v any) error {
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(v)
}

func okBodyReturned(url string) (io.ReadCloser, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

func okDeferredLiteral(url string) (data []byte, err error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer func() {
		if closing := resp.Body.Close(); err == nil {
			err = closing
		}
	}()
	return io.ReadAll(resp.Body)
}

func okNilCheck(url string) error {
	resp, err := http.Get(url)
	if resp != nil {
		defer resp.Body.Close()
	}
	if err != nil {
		return err
	}
	return nil
}

func okRetry(client *http.Client, req *http.Request) (*http.Response, error) {
	for {
		resp, err := client.Do(req)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode != http.StatusServiceUnavailable {
			return resp, nil
		}
		resp.Body.Close()
	}
}

func okReadToItsEnd(url string) ([]byte, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(resp.Body)
}

func okContextEnds(parent context.Context, url string) (int, error) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func okBodyToGoroutine(url string, lines chan<- []byte) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	body := resp.Body
	go func() {
		defer body.Close()
		data, _ := io.ReadAll(body)
		lines <- data
	}()
	return nil
}
