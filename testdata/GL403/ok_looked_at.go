// Responses that somebody has looked at, as a comment for a linter that says the same tells: notes.
package gl403

import "net/http"

var endless = &http.Client{Transport: http.DefaultTransport}

func okLookedAt(url string) error {
	resp, err := endless.Get(url) //nolint:bodyclose,noctx // the server sends none
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return errStatus
	}
	return nil
}

func anotherMatterLookedAt(url string) error {
	resp, err := endless.Get(url) //nolint:noctx // want GL403 "on 2 ways"
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return errStatus
	}
	return nil
}
