package variants

const Name = "windows"

const limit = 4

type describer uint8

type Handle struct {
	fd   uintptr
	wide []uint16
}

func (h *Handle) path() string { return string(rune(h.wide[0])) }

func (h *Handle) Close() error { return nil }

func Open(name string) *Handle { return &Handle{fd: limit} }

func only() (uintptr, error) {
	h := Open(Name)
	return h.fd, h.Close()
}
