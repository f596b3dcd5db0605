// Package db stands in for the real one: declarations, and nothing that does anything.
package db

type BackendType string

func NewDB(name string, backend BackendType, dir string) (DB, error) { return nil, nil }

type DB interface {
	Get(key []byte) ([]byte, error)
	Set(key []byte, value []byte) error
	Iterator(start, end []byte) (Iterator, error)
	ReverseIterator(start, end []byte) (Iterator, error)
	NewBatch() Batch
	Close() error
}

type Batch interface {
	Set(key, value []byte) error
	Delete(key []byte) error
	Write() error
	WriteSync() error
	Close() error
}

type Iterator interface {
	Domain() (start []byte, end []byte)
	Valid() bool
	Next()
	Key() (key []byte)
	Value() (value []byte)
	Error() error
	Close() error
}
