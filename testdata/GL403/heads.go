// Requests of method HEAD, whose responses have no body.
package gl403

import (
	"context"
	"errors"
	"net/http"
)

func okHeadInFunction(ctx context.Context, client *http.Client, url string) (int64, error) {
	req, err := http.NewRequestWithContext(ctx, "HEAD", url, nil)
	if err != nil {
		return 0, err
	}
	req = req.WithContext(ctx)
	resp, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	return resp.ContentLength, nil
}

func okHeadByName(url string) error {
	req, err := http.NewRequest(http.MethodHead, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = errors.New(resp.Status)
	}
	return err
}

func okHeadOfClient(client *http.Client, url string) bool {
	resp, err := client.Head(url)
	return err == nil && resp.StatusCode == http.StatusOK
}

func headRequest(url string) (*http.Request, error) {
	req, err := http.NewRequest("HEAD", url, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "*/*")
	return req, nil
}

func okHeadByHelper(client *http.Client, url string) (string, error) {
	req, err := headRequest(url)
	if err != nil {
		return "", err
	}
	resp, err := client.Do(req)
	if err != nil {
		return "", err
	}
	return resp.Header.Get("ETag"), nil
}

func send(method, url string) (*http.Response, error) {
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

func okHeadByArgument(url string) bool {
	resp, err := send(http.MethodHead, url)
	return err == nil && resp.StatusCode == http.StatusOK
}

func getByArgument(url string) bool {
	resp, err := send(http.MethodGet, url) // want GL403 "resp.Body"
	return err == nil && resp.StatusCode == http.StatusOK
}

func headOrGet(client *http.Client, url string, full bool) (int64, error) {
	req, err := http.NewRequest("HEAD", url, nil)
	if full {
		req, err = http.NewRequest("GET", url, nil)
	}
	if err != nil {
		return 0, err
	}
	resp, err := client.Do(req) // want GL403 "resp.Body"
	if err != nil {
		return 0, err
	}
	return resp.ContentLength, nil
}

func getInstead(client *http.Client, url string) (int64, error) {
	req, err := http.NewRequest("HEAD", url, nil)
	if err != nil {
		return 0, err
	}
	req.Method = "GET"
	resp, err := client.Do(req) // want GL403 "resp.Body"
	if err != nil {
		return 0, err
	}
	return resp.ContentLength, nil
}
