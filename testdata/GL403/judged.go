// Functions that judge an error, or a response by an error.
package gl403

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

var errBusy = errors.New("busy")

func again(ctx context.Context, err error) (bool, error) {
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	return errors.Is(err, errBusy), err
}

// okJudgedFirst: where the call failed there is no body, whoever says that it has.
func okJudgedFirst(ctx context.Context, client *http.Client, req *http.Request) (bool, error) {
	resp, err := client.Do(req)
	retry, err := again(ctx, err)
	if retry {
		return true, err
	}
	if err != nil {
		return false, err
	}
	return false, resp.Body.Close()
}

type statusError struct{ resp *http.Response }

func (e *statusError) Error() string { return fmt.Sprint("unexpected status ", e.resp.StatusCode) }

func checkStatus(resp *http.Response, want int) error {
	if resp.StatusCode == want {
		return nil
	}
	return &statusError{resp}
}

// inError: nobody closes the body of a response that is in an error.
func inError(client *http.Client, req *http.Request) error {
	resp, err := client.Do(req) // want GL403 "resp.Body (http.Response) is not closed on one way out of inError"
	if err != nil {
		return err
	}
	if err := checkStatus(resp, http.StatusCreated); err != nil {
		return fmt.Errorf("upload: %w", err)
	}
	return resp.Body.Close()
}
