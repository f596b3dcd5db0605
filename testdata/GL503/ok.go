// Resources with a release of their own; the finalizer is a net.
package gl503

import (
	"net"
	"os"
	"runtime"
)

type okSegment struct{ file *os.File }

func okHasClose(f *os.File) *okSegment {
	s := &okSegment{file: f}
	runtime.SetFinalizer(s, func(s *okSegment) { s.file.Close() })
	return s
}

func (s *okSegment) Close() error {
	runtime.SetFinalizer(s, nil)
	return s.file.Close()
}

type okFile struct{ fd net.Conn }

func okExportedMethod(c net.Conn) *okFile {
	f := &okFile{fd: c}
	runtime.SetFinalizer(f, (*okFile).Stop)
	return f
}

func (f *okFile) Stop() { f.fd.Close() }

type inner struct{ fd net.Conn }

func (i *inner) end() { i.fd.Close() }

type okOuter struct{ *inner }

func okReleasedByOuter(c net.Conn) *okOuter {
	i := &inner{fd: c}
	runtime.SetFinalizer(i, (*inner).end)
	return &okOuter{i}
}

func (o *okOuter) End() { o.inner.end() }

type counter struct{ n *int }

func okCountsOnly(n *int) *counter {
	c := &counter{n: n}
	runtime.SetFinalizer(c, func(c *counter) { *c.n-- })
	return c
}

type signal struct{ gone chan struct{} }

// okClosesChannel: a channel is no resource.
func okClosesChannel() *signal {
	s := &signal{gone: make(chan struct{})}
	runtime.SetFinalizer(s, func(s *signal) { close(s.gone) })
	return s
}

func okUnknownFunction(s *signal, f func(*signal)) {
	runtime.SetFinalizer(s, f)
}

type okNet struct {
	file *os.File
	net  runtime.Cleanup
}

func okCleanupAsNet(f *os.File) *okNet {
	n := &okNet{file: f}
	n.net = runtime.AddCleanup(n, func(f *os.File) { f.Close() }, f)
	return n
}

func (n *okNet) Close() error {
	n.net.Stop()
	return n.file.Close()
}
