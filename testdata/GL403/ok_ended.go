// Responses whose client gives up after some time: notes.
package gl403

import (
	"errors"
	"net/http"
	"time"
)

var errStatus = errors.New("not what was asked for")

var patient = &http.Client{Timeout: time.Minute}

func okClientWithTimeout(url string) error {
	client := &http.Client{Timeout: time.Second}
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return errStatus
	}
	return resp.Body.Close()
}

func okSharedClientWithTimeout(url string) error {
	resp, err := patient.Get(url)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return errStatus
	}
	return resp.Body.Close()
}

func clientWithoutTimeout(url string) error {
	resp, err := endless.Get(url) // want GL403 "on one way"
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return errStatus
	}
	return resp.Body.Close()
}
