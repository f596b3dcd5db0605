package ethdb

import "io"

type KeyValueReader interface {
	Has(key []byte) (bool, error)
	Get(key []byte) ([]byte, error)
}

type KeyValueWriter interface {
	Put(key []byte, value []byte) error
	Delete(key []byte) error
}

type Iterator interface {
	Next() bool
	Error() error
	Key() []byte
	Value() []byte
	Release()
}

type Iteratee interface {
	NewIterator(prefix []byte, start []byte) Iterator
}

type Batch interface {
	KeyValueWriter
	ValueSize() int
	Write() error
	Reset()
	Replay(w KeyValueWriter) error
	Close()
}

type Batcher interface {
	NewBatch() Batch
	NewBatchWithSize(size int) Batch
}

type KeyValueStore interface {
	KeyValueReader
	KeyValueWriter
	Batcher
	Iteratee
	io.Closer
}

type Database interface {
	KeyValueStore
}
