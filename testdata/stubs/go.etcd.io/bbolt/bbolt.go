// Package bbolt stands in for the real one: declarations, and nothing that does anything.
package bbolt

import (
	"os"
	"time"
)

func Open(path string, mode os.FileMode, options *Options) (db *DB, err error) { return &DB{path}, nil }

type Options struct {
	ReadOnly bool
	Timeout  time.Duration
}

type DB struct{ path string }

func (db *DB) Batch(fn func(*Tx) error) error         { return fn(&Tx{db}) }
func (db *DB) Begin(writable bool) (t *Tx, err error) { return &Tx{db}, nil }
func (db *DB) Close() error                           { return nil }
func (db *DB) Update(fn func(*Tx) error) error        { return fn(&Tx{db}) }
func (db *DB) View(fn func(*Tx) error) error          { return fn(&Tx{db}) }

type Tx struct{ db *DB }

func (tx *Tx) Bucket(name []byte) *Bucket                           { return &Bucket{tx} }
func (tx *Tx) Commit() (err error)                                  { return nil }
func (tx *Tx) CreateBucketIfNotExists(name []byte) (*Bucket, error) { return &Bucket{tx}, nil }
func (tx *Tx) Rollback() error                                      { return nil }

type Bucket struct{ tx *Tx }

func (b *Bucket) Cursor() *Cursor                    { return &Cursor{b} }
func (b *Bucket) Delete(key []byte) error            { return nil }
func (b *Bucket) Get(key []byte) []byte              { return nil }
func (b *Bucket) Put(key []byte, value []byte) error { return nil }

type Cursor struct{ bucket *Bucket }

func (c *Cursor) First() (key []byte, value []byte) { return nil, nil }
func (c *Cursor) Next() (key []byte, value []byte)  { return nil, nil }
