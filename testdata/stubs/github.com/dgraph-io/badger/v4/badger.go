// Package badger stands in for the real one: declarations, and nothing that does anything.
package badger

import (
	"context"
	"time"
)

var DefaultIteratorOptions = IteratorOptions{PrefetchValues: true}

func DefaultOptions(path string) Options    { return Options{Dir: path} }
func Open(opt Options) (*DB, error)         { return &DB{opt}, nil }
func OpenManaged(opts Options) (*DB, error) { return &DB{opts}, nil }

type Options struct{ Dir string }
type IteratorOptions struct {
	PrefetchValues bool
	Prefix         []byte
}
type MergeFunc func(existingVal, newVal []byte) []byte
type KVList struct{}
type Item struct{ key []byte }

func (item *Item) Key() []byte                           { return item.key }
func (item *Item) KeyCopy(dst []byte) []byte             { return append(dst[:0], item.key...) }
func (item *Item) Value(fn func(val []byte) error) error { return fn(nil) }
func (item *Item) ValueCopy(dst []byte) ([]byte, error)  { return dst, nil }

type DB struct{ opt Options }

func (db *DB) Close() error { return nil }
func (db *DB) GetMergeOperator(key []byte, f MergeFunc, dur time.Duration) *MergeOperator {
	return &MergeOperator{f}
}
func (db *DB) NewManagedWriteBatch() *WriteBatch                { return &WriteBatch{} }
func (db *DB) NewTransaction(update bool) *Txn                  { return &Txn{db} }
func (db *DB) NewTransactionAt(readTs uint64, update bool) *Txn { return &Txn{db} }
func (db *DB) NewWriteBatch() *WriteBatch                       { return &WriteBatch{} }
func (db *DB) NewWriteBatchAt(commitTs uint64) *WriteBatch      { return &WriteBatch{} }
func (db *DB) Subscribe(ctx context.Context, cb func(kv *KVList) error, matches any) error {
	return nil
}
func (db *DB) Update(fn func(txn *Txn) error) error { return fn(&Txn{db}) }
func (db *DB) View(fn func(txn *Txn) error) error   { return fn(&Txn{db}) }

type Txn struct{ db *DB }

func (txn *Txn) Commit() error                                        { return nil }
func (txn *Txn) CommitAt(commitTs uint64, callback func(error)) error { return nil }
func (txn *Txn) CommitWith(cb func(error))                            {}
func (txn *Txn) Delete(key []byte) error                              { return nil }
func (txn *Txn) Discard()                                             {}
func (txn *Txn) Get(key []byte) (item *Item, rerr error)              { return &Item{key}, nil }
func (txn *Txn) NewIterator(opt IteratorOptions) *Iterator            { return &Iterator{txn} }
func (txn *Txn) NewKeyIterator(key []byte, opt IteratorOptions) *Iterator {
	return &Iterator{txn}
}
func (txn *Txn) Set(key, val []byte) error { return nil }

type Iterator struct{ txn *Txn }

func (it *Iterator) Close()                            {}
func (it *Iterator) Item() *Item                       { return &Item{} }
func (it *Iterator) Next()                             {}
func (it *Iterator) Rewind()                           {}
func (it *Iterator) Seek(key []byte)                   {}
func (it *Iterator) Valid() bool                       { return false }
func (it *Iterator) ValidForPrefix(prefix []byte) bool { return false }

type WriteBatch struct{ err error }

func (wb *WriteBatch) Cancel()               {}
func (wb *WriteBatch) Delete(k []byte) error { return wb.err }
func (wb *WriteBatch) Flush() error          { return wb.err }
func (wb *WriteBatch) Set(k, v []byte) error { return wb.err }

type MergeOperator struct{ f MergeFunc }

func (op *MergeOperator) Add(val []byte) error { return nil }
func (op *MergeOperator) Stop()                {}
