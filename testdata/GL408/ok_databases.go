// Databases that are closed, or become somebody else's.
package gl408

import (
	"database/sql"
	"errors"
	"sync"
	"sync/atomic"

	"github.com/dgraph-io/badger/v4"
	"github.com/syndtr/goleveldb/leveldb"
	"go.etcd.io/bbolt"
)

func okDeferred(path string) ([]byte, error) {
	db, err := leveldb.OpenFile(path, nil)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return db.Get([]byte("version"), nil)
}

func okHandedBack(path string) (*leveldb.DB, error) {
	db, err := leveldb.OpenFile(path, nil)
	if errors.Is(err, errVersion) {
		db, err = leveldb.RecoverFile(path, nil)
	}
	if err != nil {
		return nil, err
	}
	return db, nil
}

func okClosedOnError(path string) (_ *backend, err error) {
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, db.Close())
		}
	}()
	if err = db.View(func(*bbolt.Tx) error { return nil }); err != nil {
		return nil, err
	}
	return &backend{db: db}, nil
}

var (
	once   sync.Once
	shared *sql.DB
)

// okOnce: package sql says that a DB is rarely closed; it is opened once.
func okOnce(dsn string) (*sql.DB, error) {
	var err error
	once.Do(func() { shared, err = sql.Open("postgres", dsn) })
	return shared, err
}

type okStore struct {
	mu   sync.Mutex
	open map[string]*badger.DB
}

func (s *okStore) get(dir string) (*badger.DB, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if db := s.open[dir]; db != nil {
		return db, nil
	}
	db, err := badger.Open(badger.DefaultOptions(dir))
	if err != nil {
		return nil, err
	}
	s.open[dir] = db
	return db, nil
}

func (s *okStore) drop(dir string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	db := s.open[dir]
	delete(s.open, dir)
	return db.Close()
}

// okCloseFunction hands the way to close to its caller.
func okCloseFunction(path string) (get func(string) ([]byte, error), done func() error, err error) {
	db, err := leveldb.OpenFile(path, nil)
	if err != nil {
		return nil, nil, err
	}
	get = func(key string) ([]byte, error) { return db.Get([]byte(key), nil) }
	return get, db.Close, nil
}

func okClosedInLoop(paths []string) (found int, err error) {
	for _, path := range paths {
		db, err := leveldb.OpenFile(path, nil)
		if err != nil {
			return found, err
		}
		has, err := db.Has([]byte("version"), nil)
		if closing := db.Close(); err == nil {
			err = closing
		}
		if err != nil {
			return found, err
		}
		if has {
			found++
		}
	}
	return found, nil
}

// okServes keeps its database as long as it serves.
func okServes(path string, requests <-chan []byte) error {
	db, err := leveldb.OpenFile(path, nil)
	if err != nil {
		return err
	}
	go func() {
		defer db.Close()
		for key := range requests {
			_, _ = db.Get(key, nil)
		}
	}()
	return nil
}

type okHandle struct {
	current atomic.Pointer[sql.DB]
	byName  sync.Map
}

// okReconnect puts the pool where everybody finds it, and where Close takes it from.
func (h *okHandle) okReconnect(source string) *sql.DB {
	db, err := sql.Open("postgres", source)
	if err != nil {
		return nil
	}
	h.current.Store(db)
	return db
}

func (h *okHandle) okUse(source, query string) error {
	db := h.okReconnect(source)
	if db == nil {
		return errVersion
	}
	_, err := db.Exec(query)
	return err
}

func (h *okHandle) okOfName(name, query string) error {
	db, err := sql.Open("postgres", name)
	if err != nil {
		return err
	}
	shared, loaded := h.byName.LoadOrStore(name, db)
	if loaded {
		_ = db.Close()
	}
	_, err = shared.(*sql.DB).Exec(query)
	return err
}
