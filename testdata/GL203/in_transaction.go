// A channel closed by a function that a library calls.
package gl203

import (
	"sync"

	"go.etcd.io/bbolt"
)

// okClosedInside: whoever gives back an error has called what it was given, or failed.
func okClosedInside(db *bbolt.DB, use func([]byte)) error {
	keys := make(chan []byte)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for key := range keys {
			use(key)
		}
	}()
	return db.View(func(tx *bbolt.Tx) error {
		defer func() {
			close(keys)
			wg.Wait()
		}()
		cursor := tx.Bucket([]byte("all")).Cursor()
		for key, _ := cursor.First(); key != nil; key, _ = cursor.Next() {
			keys <- key
		}
		return nil
	})
}

func neverClosedInside(db *bbolt.DB, use func([]byte)) error {
	keys := make(chan []byte)
	go func() {
		for key := range keys { // want GL203 "this receive from keys"
			use(key)
		}
	}()
	return db.View(func(tx *bbolt.Tx) error {
		key, _ := tx.Bucket([]byte("all")).Cursor().First()
		keys <- key
		return nil
	})
}

func runOkClosedInside() { okClosedInside(&bbolt.DB{}, func([]byte) {}) }

func runNeverClosedInside() { neverClosedInside(&bbolt.DB{}, func([]byte) {}) }
