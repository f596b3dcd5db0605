// Bodies that are given on as an io.Reader.
package gl403

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
)

func text(r io.Reader) (string, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return "", err
	}
	return string(data), nil
}

func okReadByHelper(url string) (string, error) {
	resp, err := http.Get(url)
	if err != nil {
		return "", err
	}
	s, err := text(resp.Body)
	if resp.StatusCode != http.StatusOK {
		return "", errors.New(resp.Status)
	}
	resp.Body.Close()
	return s, err
}

func decodeID(r io.Reader) (answer struct{ ID int }, err error) {
	err = json.NewDecoder(r).Decode(&answer)
	return answer, err
}

func decodedByHelper(url string) (int, error) {
	resp, err := http.Get(url) // want GL403 "resp.Body (http.Response) is not closed on one way out of decodedByHelper"
	if err != nil {
		return 0, err
	}
	answer, err := decodeID(resp.Body)
	return answer.ID, err
}
