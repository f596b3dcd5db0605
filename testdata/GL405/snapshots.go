// Snapshots of databases.
package gl405

import (
	"errors"

	"github.com/cockroachdb/pebble"
	"github.com/syndtr/goleveldb/leveldb"
)

var errEmpty = errors.New("empty")

func pair(db *leveldb.DB) (a, b []byte, err error) {
	snap, err := db.GetSnapshot() // want GL405 "snap (leveldb.Snapshot) is not released on one way out of pair"
	if err != nil {
		return nil, nil, err
	}
	if a, err = snap.Get([]byte("a"), nil); err != nil {
		return nil, nil, err
	}
	b, err = snap.Get([]byte("b"), nil)
	snap.Release()
	return a, b, err
}

func has(db *leveldb.DB, key []byte) bool {
	snap, err := db.GetSnapshot() // want GL405 "snap"
	if err != nil {
		return false
	}
	found, _ := snap.Has(key, nil)
	return found
}

func export(db *pebble.DB, write func(*pebble.Snapshot) error) error {
	snap := db.NewSnapshot() // want GL405 "snap (pebble.Snapshot) is not closed on one way out of export"
	if err := write(snap); err != nil {
		return err
	}
	return snap.Close()
}

func keys(db *pebble.DB) (n int, err error) {
	snap := db.NewSnapshot() // want GL405 "is not closed on one way out of keys"
	it, err := snap.NewIter(nil)
	if err != nil {
		return 0, err
	}
	for it.First(); it.Valid(); it.Next() {
		n++
	}
	it.Close()
	return n, snap.Close()
}

func watch(db *leveldb.DB, stop <-chan struct{}, use func(*leveldb.Snapshot) bool) error {
	for {
		snap, err := db.GetSnapshot() // want GL405 "snap"
		if err != nil {
			return err
		}
		select {
		case <-stop:
			return nil
		default:
		}
		use(snap)
		snap.Release()
	}
}

type view struct{ snap *pebble.Snapshot }

func newView(db *pebble.DB) (*view, error) {
	v := &view{snap: db.NewSnapshot()}
	if _, _, err := v.snap.Get([]byte("version")); err != nil { // want GL401 "is thrown away"
		return nil, err // missed GL405 "an acquisition inside a literal is not followed"
	}
	return v, nil
}

func newChecked(db *pebble.DB) (*view, error) {
	snap := db.NewSnapshot() // want GL405 "snap"
	v := &view{snap: snap}
	if _, err := snap.NewIter(nil); err != nil { // want GL406 "is thrown away"
		return nil, err
	}
	return v, nil
}

func okDeferred(db *leveldb.DB) ([]byte, error) {
	snap, err := db.GetSnapshot()
	if err != nil {
		return nil, err
	}
	defer snap.Release()
	return snap.Get([]byte("a"), nil)
}

func okReturned(db *leveldb.DB) (*leveldb.Snapshot, error) {
	snap, err := db.GetSnapshot()
	if err != nil {
		return nil, err
	}
	return snap, nil
}

func okInStruct(db *pebble.DB) *view {
	return &view{snap: db.NewSnapshot()}
}

func okOnEachWay(db *pebble.DB, write func(*pebble.Snapshot) error) error {
	snap := db.NewSnapshot()
	if err := write(snap); err != nil {
		return errors.Join(err, snap.Close())
	}
	return snap.Close()
}

func okSent(db *pebble.DB, out chan<- *pebble.Snapshot) {
	out <- db.NewSnapshot()
}

func okClosedByMethod(db *pebble.DB) error {
	snap := db.NewSnapshot()
	v := &view{snap}
	defer v.close()
	if v.empty() {
		return errEmpty
	}
	return nil
}

func (v *view) close() { v.snap.Close() }

func (v *view) empty() bool { return v.snap == nil }
