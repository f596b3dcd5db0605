// Servers that wait for a client's request for ever, beside those that do not.
package gl108

import (
	"net"
	"net/http"
	"time"
)

func listenAndServe(h http.Handler) error {
	return http.ListenAndServe(":8080", h) // want GL108 "http.ListenAndServe"
}

func listenAndServeTLS(h http.Handler) error {
	return http.ListenAndServeTLS(":8443", "cert", "key", h) // want GL108 "http.ListenAndServeTLS"
}

func serve(l net.Listener, h http.Handler) error {
	return http.Serve(l, h) // want GL108 "http.Serve serves"
}

func serveTLS(l net.Listener, h http.Handler) error {
	return http.ServeTLS(l, h, "cert", "key") // want GL108 "http.ServeTLS"
}

func bareServer(h http.Handler) error {
	s := &http.Server{Addr: ":8080", Handler: h} // want GL108 "this http.Server"
	return s.ListenAndServe()
}

func onlyWriteTimeout(h http.Handler) error {
	s := http.Server{Handler: h, WriteTimeout: time.Minute} // want GL108 "timeout for reading requests"
	return s.ListenAndServe()
}

func okReadHeaderTimeout(h http.Handler) error {
	s := &http.Server{Handler: h, ReadHeaderTimeout: time.Minute}
	return s.ListenAndServe()
}

func okReadTimeout(h http.Handler) error {
	s := &http.Server{Handler: h, ReadTimeout: time.Minute}
	return s.ListenAndServe()
}

func okLocalhost(h http.Handler) error {
	return http.ListenAndServe("localhost:6060", h)
}

func okUnixSocket(path string, h http.Handler) error {
	l, err := net.Listen("unix", path)
	if err != nil {
		return err
	}
	return http.Serve(l, h)
}

func okLoopback(h http.Handler) error {
	s := &http.Server{Addr: "127.0.0.1:8080", Handler: h}
	return s.ListenAndServe()
}

func okPprofServer(h http.Handler) error {
	return http.ListenAndServe(":6060", h)
}
