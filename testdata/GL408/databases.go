// Databases that a function opened for its own use and leaves open.
package gl408

import (
	"database/sql"
	"errors"
	"time"

	"github.com/cockroachdb/pebble"
	dbm "github.com/cometbft/cometbft-db"
	"github.com/dgraph-io/badger/v4"
	"github.com/libp2p/go-libp2p"
	"github.com/syndtr/goleveldb/leveldb"
	"go.etcd.io/bbolt"
)

var errVersion = errors.New("another version")

func version(path string) ([]byte, error) {
	db, err := leveldb.OpenFile(path, nil) // want GL408 "db (leveldb.DB) is not closed on one way out of version"
	if err != nil {
		return nil, err
	}
	found, err := db.Get([]byte("version"), nil)
	if err != nil {
		return nil, err
	}
	return found, db.Close()
}

type backend struct {
	db    *bbolt.DB
	stats *leveldb.DB
}

// newBackend is how etcd's backend would be made: the buckets are made after the file is open.
func newBackend(path string) (*backend, error) {
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second}) // missed GL408 "what is to stay leaks only if it cannot be set up: a note, as nobody tries again"
	if err != nil {
		return nil, err
	}
	if err := db.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucketIfNotExists([]byte("meta"))
		return err
	}); err != nil {
		return nil, err
	}
	return &backend{db: db}, nil
}

// openBoth opens two; where the second fails, the first stays locked.
func openBoth(dir string) (*backend, error) {
	db, err := bbolt.Open(dir+"/a", 0o600, nil) // missed GL408 "what is to stay leaks only if it cannot be set up: a note, as nobody tries again"
	if err != nil {
		return nil, err
	}
	stats, err := leveldb.OpenFile(dir+"/b", nil)
	if err != nil {
		return nil, err
	}
	return &backend{db, stats}, nil
}

func copied(from, to string) error {
	src, err := badger.Open(badger.DefaultOptions(from))
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := badger.Open(badger.DefaultOptions(to)) // want GL408 "dst (badger.DB) is not closed on one way out of copied"
	if err != nil {
		return err
	}
	if err := src.View(func(*badger.Txn) error { return dst.Update(func(*badger.Txn) error { return nil }) }); err != nil {
		return err
	}
	return dst.Close()
}

// inspected never closes what it opened.
func inspected(dir string) (bool, error) {
	db, err := pebble.Open(dir, nil) // want GL408 "db (pebble.DB)"
	if err != nil {
		return false, err
	}
	_, closer, err := db.Get([]byte("version"))
	if err != nil {
		return false, err
	}
	return true, closer.Close()
}

// rolledBack is how cometbft's rollback command loads its state.
func rolledBack(dir string, version string) (dbm.DB, error) {
	db, err := dbm.NewDB("state", "goleveldb", dir) // missed GL408 "what is to stay leaks only if it cannot be set up: a note, as nobody tries again"
	if err != nil {
		return nil, err
	}
	found, err := db.Get([]byte("version"))
	if err != nil {
		return nil, err
	}
	if string(found) != version {
		return nil, errVersion
	}
	return db, nil
}

// perRequest opens a pool of connections with each call, and with it a goroutine.
func perRequest(dsn string) (n int, err error) {
	db, err := sql.Open("postgres", dsn) // want GL408 "db (sql.DB)"
	if err != nil {
		return 0, err
	}
	err = db.QueryRow("SELECT count(*) FROM peers").Scan(&n)
	return n, err
}

// started makes a host; where it cannot be used, its listeners stay.
func started(check func() error) error {
	h, err := libp2p.New() // want GL408 "h (host.Host)"
	if err != nil {
		return err
	}
	if err := check(); err != nil {
		return err
	}
	return h.Close()
}

// counted closes what it opened only where it can be read.
func counted(path string) (n int, err error) {
	db, err := bbolt.Open(path, 0o600, nil) // want GL408 "db (bbolt.DB) is not closed on one way out of counted"
	if err != nil {
		return 0, err
	}
	err = db.View(func(tx *bbolt.Tx) error {
		if tx.Bucket([]byte("meta")) != nil {
			n++
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return n, db.Close()
}
