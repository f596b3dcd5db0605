// Servers of the pages that net/http/pprof adds.
package gl108

import (
	"net/http"
	_ "net/http/pprof"
)

func okHandlersOfEverybody(addr string) error {
	return http.ListenAndServe(addr, nil)
}

func withHandlersOfItsOwn(addr string, h http.Handler) error {
	return http.ListenAndServe(addr, h) // want GL108 "http.ListenAndServe"
}
