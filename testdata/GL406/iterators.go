// Iterators over databases that an early return leaves open.
package gl406

import (
	"bytes"
	"errors"
	"iter"

	dbm "github.com/cometbft/cometbft-db"
	"github.com/dgraph-io/badger/v4"
	"github.com/ethereum/go-ethereum/ethdb"
	"github.com/syndtr/goleveldb/leveldb"
)

var errStop = errors.New("stop")

func countKeys(db ethdb.Database, prefix []byte, visit func([]byte) error) (n int, err error) {
	it := db.NewIterator(prefix, nil) // want GL406 "it (ethdb.Iterator) is not released on one way out of countKeys"
	for it.Next() {
		if err := visit(it.Key()); err != nil {
			return n, err
		}
		n++
	}
	it.Release()
	return n, it.Error()
}

func first(db *leveldb.DB) ([]byte, error) {
	it := db.NewIterator(nil, nil) // want GL406 "is not released on 2 ways out of first"
	if !it.First() {
		return nil, it.Error()
	}
	return bytes.Clone(it.Key()), nil
}

func validators(db dbm.DB, parse func([]byte) error) error {
	it, err := db.Iterator(nil, nil) // want GL406 "is not closed on one way out of validators"
	if err != nil {
		return err
	}
	for ; it.Valid(); it.Next() {
		if err := parse(it.Value()); err != nil {
			return err
		}
	}
	return it.Close()
}

func lastTwo(db dbm.DB) (a, b []byte, err error) {
	it, err := db.ReverseIterator(nil, nil) // want GL406 "before its variable gets another value"
	if err != nil {
		return nil, nil, err
	}
	a = it.Key()
	it, err = db.Iterator(a, nil)
	if err != nil {
		return nil, nil, err
	}
	defer it.Close()
	return a, it.Key(), nil
}

func scan(db *badger.DB, want []byte) (found bool) {
	db.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(badger.IteratorOptions{}) // want GL406 "it (badger.Iterator) is not closed on one way"
		for it.Rewind(); it.Valid(); it.Next() {
			if bytes.Equal(it.Item().Key(), want) {
				found = true
				return errStop
			}
		}
		it.Close()
		return nil
	})
	return found
}

func firstOf(seq iter.Seq[int]) (int, bool) {
	next, stop := iter.Pull(seq) // want GL406 "stop (iter.Pull) is not called on one way out of firstOf"
	v, ok := next()
	if v < 0 {
		return 0, false
	}
	stop()
	return v, ok
}

func okDeferred(db ethdb.Database, visit func([]byte) error) error {
	it := db.NewIterator(nil, nil)
	defer it.Release()
	for it.Next() {
		if err := visit(it.Key()); err != nil {
			return err
		}
	}
	return it.Error()
}

func okReopened(db ethdb.Database, batch int) {
	it := db.NewIterator(nil, nil)
	for n := 0; it.Next(); n++ {
		if n == batch {
			start := bytes.Clone(it.Key())
			it.Release()
			it = db.NewIterator(nil, start)
			n = 0
		}
	}
	it.Release()
}

type cursor struct {
	it  ethdb.Iterator
	err error
}

func okWrapped(db ethdb.Iteratee) *cursor {
	return &cursor{it: db.NewIterator(nil, nil)}
}

func okWrappedLater(db ethdb.Iteratee) (*cursor, error) {
	it := db.NewIterator(nil, nil)
	if it.Error() != nil {
		it.Release()
		return nil, it.Error()
	}
	c := &cursor{}
	c.it = it
	return c, nil
}

func okReleaseOnAllWays(db *leveldb.DB) ([]byte, error) {
	it := db.NewIterator(nil, nil)
	if !it.Last() {
		it.Release()
		return nil, it.Error()
	}
	key := bytes.Clone(it.Key())
	it.Release()
	return key, nil
}

func okCollected(dbs []ethdb.Database) []ethdb.Iterator {
	its := make([]ethdb.Iterator, 0, len(dbs))
	for _, db := range dbs {
		its = append(its, db.NewIterator(nil, nil))
	}
	return its
}

func okPanics(db dbm.DB) (n int) {
	it, err := db.Iterator(nil, nil)
	if err != nil {
		panic(err)
	}
	defer it.Close()
	for ; it.Valid(); it.Next() {
		n++
	}
	return n
}
