// badger's iterators have to be closed before their transaction is discarded.
package gl419

import "github.com/dgraph-io/badger/v4"

func deferredInTurn(db *badger.DB) (n int) {
	txn := db.NewTransaction(false)
	it := txn.NewIterator(badger.IteratorOptions{}) // want GL419 "it (badger.Iterator) is released after txn"
	defer it.Close()
	defer txn.Discard()
	for ; it.Valid(); it.Next() {
		n++
	}
	return n
}

func discardedInside(db *badger.DB) (n int) {
	txn := db.NewTransaction(false)
	it := txn.NewIterator(badger.IteratorOptions{}) // want GL419 "it (badger.Iterator) is released after txn"
	defer it.Close()
	for ; it.Valid(); it.Next() {
		n++
	}
	txn.Discard()
	return n
}

func inTurn(db *badger.DB) {
	txn := db.NewTransaction(false)
	it := txn.NewIterator(badger.IteratorOptions{}) // want GL419 "it"
	it.Rewind()
	txn.Discard()
	it.Close()
}

func committed(db *badger.DB, key []byte) error {
	txn := db.NewTransaction(true)
	defer txn.Discard()
	it := txn.NewIterator(badger.IteratorOptions{}) // want GL419 "it"
	defer it.Close()
	if err := txn.Delete(key); err != nil {
		return err
	}
	return txn.Commit()
}

func onOneWay(db *badger.DB) error {
	txn := db.NewTransaction(true)
	it := txn.NewIterator(badger.IteratorOptions{}) // want GL419 "it"
	if !it.Valid() {
		txn.Discard()
		it.Close()
		return nil
	}
	it.Close()
	return txn.Commit()
}

func keyIterator(db *badger.DB, key []byte) {
	txn := db.NewTransaction(false)
	it := txn.NewKeyIterator(key, badger.IteratorOptions{}) // want GL419 "it"
	defer it.Close()
	defer txn.Discard()
	it.Rewind()
}

func okDeferredInOrder(db *badger.DB) (n int) {
	txn := db.NewTransaction(false)
	defer txn.Discard()
	it := txn.NewIterator(badger.IteratorOptions{})
	defer it.Close()
	for ; it.Valid(); it.Next() {
		n++
	}
	return n
}

func okClosedFirst(db *badger.DB, key []byte) error {
	txn := db.NewTransaction(true)
	defer txn.Discard()
	it := txn.NewIterator(badger.IteratorOptions{})
	it.Seek(key)
	it.Close()
	return txn.Commit()
}

func okOneLiteral(db *badger.DB) {
	txn := db.NewTransaction(false)
	it := txn.NewIterator(badger.IteratorOptions{})
	defer func() {
		it.Close()
		txn.Discard()
	}()
	it.Rewind()
}

func okManaged(db *badger.DB) error {
	return db.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(badger.IteratorOptions{})
		defer it.Close()
		it.Rewind()
		return nil
	})
}

func okTwoTransactions(db *badger.DB, key []byte) error {
	txn := db.NewTransaction(false)
	defer txn.Discard()
	other := db.NewTransaction(true)
	defer other.Discard()
	it := txn.NewIterator(badger.IteratorOptions{})
	defer it.Close()
	if err := other.Delete(key); err != nil {
		return err
	}
	return other.Commit()
}

func okOnEachWay(db *badger.DB) error {
	txn := db.NewTransaction(true)
	it := txn.NewIterator(badger.IteratorOptions{})
	if !it.Valid() {
		it.Close()
		txn.Discard()
		return nil
	}
	it.Close()
	return txn.Commit()
}
