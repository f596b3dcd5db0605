package tsdb

import (
	"context"

	"github.com/prometheus/prometheus/storage"
)

type Options struct{ RetentionDuration int64 }
type DBStats struct{}

func Open(dir string, l any, r any, opts *Options, stats *DBStats) (db *DB, err error) {
	return &DB{dir}, nil
}
func OpenDBReadOnly(dir, sandboxDirRoot string, l any) (*DBReadOnly, error) {
	return &DBReadOnly{dir}, nil
}

type DB struct{ dir string }

func (db *DB) Appender(ctx context.Context) storage.Appender               { return nil }
func (db *DB) ChunkQuerier(mint, maxt int64) (storage.ChunkQuerier, error) { return nil, nil }
func (db *DB) Close() error                                                { return nil }
func (db *DB) Querier(mint, maxt int64) (storage.Querier, error)           { return nil, nil }

type DBReadOnly struct{ dir string }

func (db *DBReadOnly) ChunkQuerier(mint, maxt int64) (storage.ChunkQuerier, error) { return nil, nil }
func (db *DBReadOnly) Close() error                                                { return nil }
func (db *DBReadOnly) Querier(mint, maxt int64) (storage.Querier, error)           { return nil, nil }

type IndexReader interface{ Close() error }

type ChunkReader interface{ Close() error }

type BlockReader interface {
	Index() (IndexReader, error)
	Chunks() (ChunkReader, error)
}
