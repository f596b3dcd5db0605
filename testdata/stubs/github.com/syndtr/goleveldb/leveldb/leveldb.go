// Package leveldb stands in for the real one: declarations, and nothing that does anything.
package leveldb

import (
	"github.com/syndtr/goleveldb/leveldb/iterator"
	"github.com/syndtr/goleveldb/leveldb/opt"
	"github.com/syndtr/goleveldb/leveldb/storage"
	"github.com/syndtr/goleveldb/leveldb/util"
)

func Open(stor storage.Storage, o *opt.Options) (db *DB, err error)    { return &DB{}, nil }
func OpenFile(path string, o *opt.Options) (db *DB, err error)         { return &DB{}, nil }
func Recover(stor storage.Storage, o *opt.Options) (db *DB, err error) { return &DB{}, nil }
func RecoverFile(path string, o *opt.Options) (db *DB, err error)      { return &DB{}, nil }

type DB struct{ closed bool }

func (db *DB) Close() error                                                  { return nil }
func (db *DB) Delete(key []byte, wo *opt.WriteOptions) error                 { return nil }
func (db *DB) Get(key []byte, ro *opt.ReadOptions) (value []byte, err error) { return nil, nil }
func (db *DB) GetSnapshot() (*Snapshot, error)                               { return &Snapshot{}, nil }
func (db *DB) Has(key []byte, ro *opt.ReadOptions) (ret bool, err error)     { return false, nil }
func (db *DB) NewIterator(slice *util.Range, ro *opt.ReadOptions) iterator.Iterator {
	return iterator.NewEmptyIterator(nil)
}
func (db *DB) OpenTransaction() (*Transaction, error)            { return &Transaction{}, nil }
func (db *DB) Put(key, value []byte, wo *opt.WriteOptions) error { return nil }
func (db *DB) Write(batch *Batch, wo *opt.WriteOptions) error    { return nil }

type Batch struct{ data []byte }

func (b *Batch) Delete(key []byte)     {}
func (b *Batch) Put(key, value []byte) {}
func (b *Batch) Reset()                {}

type Snapshot struct{ db *DB }

func (snap *Snapshot) Get(key []byte, ro *opt.ReadOptions) (value []byte, err error) { return nil, nil }
func (snap *Snapshot) Has(key []byte, ro *opt.ReadOptions) (ret bool, err error)     { return false, nil }
func (snap *Snapshot) NewIterator(slice *util.Range, ro *opt.ReadOptions) iterator.Iterator {
	return iterator.NewEmptyIterator(nil)
}
func (snap *Snapshot) Release() {}

type Transaction struct{ db *DB }

func (tr *Transaction) Commit() error                                       { return nil }
func (tr *Transaction) Delete(key []byte, wo *opt.WriteOptions) error       { return nil }
func (tr *Transaction) Discard()                                            {}
func (tr *Transaction) Get(key []byte, ro *opt.ReadOptions) ([]byte, error) { return nil, nil }
func (tr *Transaction) NewIterator(slice *util.Range, ro *opt.ReadOptions) iterator.Iterator {
	return iterator.NewEmptyIterator(nil)
}
func (tr *Transaction) Put(key, value []byte, wo *opt.WriteOptions) error { return nil }
func (tr *Transaction) Write(b *Batch, wo *opt.WriteOptions) error        { return nil }
