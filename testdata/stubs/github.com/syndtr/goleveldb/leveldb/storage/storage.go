package storage

type Storage interface {
	Close() error
}

func OpenFile(path string, readOnly bool) (Storage, error) { return &file{path}, nil }

type file struct{ path string }

func (f *file) Close() error { return nil }
