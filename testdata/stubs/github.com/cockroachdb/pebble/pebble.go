// Package pebble stands in for the real one: declarations, and nothing that does anything.
package pebble

import (
	"context"
	"io"
)

var (
	NoSync = &WriteOptions{}
	Sync   = &WriteOptions{Sync: true}
)

func Open(dirname string, opts *Options) (db *DB, err error) { return &DB{dirname}, nil }

type Options struct{ ReadOnly bool }
type WriteOptions struct{ Sync bool }
type IterOptions struct {
	LowerBound []byte
	UpperBound []byte
}
type CloneOptions struct{ IterOptions *IterOptions }
type KeyRange struct{ Start, End []byte }
type BatchOption func(*Batch)

type Reader interface {
	Close() error
	Get(key []byte) (value []byte, closer io.Closer, err error)
	NewIter(o *IterOptions) (*Iterator, error)
}

type value struct{ key []byte }

func (v *value) Close() error { return nil }

type DB struct{ dirname string }

func (d *DB) Apply(batch *Batch, opts *WriteOptions) error          { return nil }
func (d *DB) Close() error                                          { return nil }
func (d *DB) Delete(key []byte, opts *WriteOptions) error           { return nil }
func (d *DB) Get(key []byte) ([]byte, io.Closer, error)             { return nil, &value{key}, nil }
func (d *DB) NewBatch(opts ...BatchOption) *Batch                   { return &Batch{} }
func (d *DB) NewBatchWithSize(size int, opts ...BatchOption) *Batch { return &Batch{} }
func (d *DB) NewEventuallyFileOnlySnapshot(keyRanges []KeyRange) *EventuallyFileOnlySnapshot {
	return &EventuallyFileOnlySnapshot{d}
}
func (d *DB) NewIndexedBatch() *Batch                   { return &Batch{} }
func (d *DB) NewIndexedBatchWithSize(size int) *Batch   { return &Batch{} }
func (d *DB) NewIter(o *IterOptions) (*Iterator, error) { return &Iterator{}, nil }
func (d *DB) NewIterWithContext(ctx context.Context, o *IterOptions) (*Iterator, error) {
	return &Iterator{}, nil
}
func (d *DB) NewSnapshot() *Snapshot                          { return &Snapshot{d} }
func (d *DB) Set(key, value []byte, opts *WriteOptions) error { return nil }

type Snapshot struct{ db *DB }

func (s *Snapshot) Close() error                              { return nil }
func (s *Snapshot) Get(key []byte) ([]byte, io.Closer, error) { return nil, &value{key}, nil }
func (s *Snapshot) NewIter(o *IterOptions) (*Iterator, error) { return &Iterator{}, nil }
func (s *Snapshot) NewIterWithContext(ctx context.Context, o *IterOptions) (*Iterator, error) {
	return &Iterator{}, nil
}

type EventuallyFileOnlySnapshot struct{ db *DB }

func (es *EventuallyFileOnlySnapshot) Close() error { return nil }
func (es *EventuallyFileOnlySnapshot) Get(key []byte) (data []byte, closer io.Closer, err error) {
	return nil, &value{key}, nil
}
func (es *EventuallyFileOnlySnapshot) NewIter(o *IterOptions) (*Iterator, error) {
	return &Iterator{}, nil
}
func (es *EventuallyFileOnlySnapshot) NewIterWithContext(ctx context.Context, o *IterOptions) (*Iterator, error) {
	return &Iterator{}, nil
}

type Batch struct{ data []byte }

func (b *Batch) Close() error                                { return nil }
func (b *Batch) Commit(o *WriteOptions) error                { return nil }
func (b *Batch) Delete(key []byte, opts *WriteOptions) error { return nil }
func (b *Batch) Get(key []byte) ([]byte, io.Closer, error)   { return nil, &value{key}, nil }
func (b *Batch) NewIter(o *IterOptions) (*Iterator, error)   { return &Iterator{}, nil }
func (b *Batch) NewIterWithContext(ctx context.Context, o *IterOptions) (*Iterator, error) {
	return &Iterator{}, nil
}
func (b *Batch) Set(key, value []byte, opts *WriteOptions) error { return nil }

type Iterator struct{ err error }

func (i *Iterator) Clone(opts CloneOptions) (*Iterator, error) { return &Iterator{}, nil }
func (i *Iterator) CloneWithContext(ctx context.Context, opts CloneOptions) (*Iterator, error) {
	return &Iterator{}, nil
}
func (i *Iterator) Close() error           { return nil }
func (i *Iterator) Error() error           { return i.err }
func (i *Iterator) First() bool            { return false }
func (i *Iterator) Key() []byte            { return nil }
func (i *Iterator) Next() bool             { return false }
func (i *Iterator) SeekGE(key []byte) bool { return false }
func (i *Iterator) Valid() bool            { return false }
func (i *Iterator) Value() []byte          { return nil }
