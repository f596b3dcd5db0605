// Transactions and batches that are neither committed nor given up.
package gl407

import (
	"errors"

	"github.com/dgraph-io/badger/v4"
	"github.com/syndtr/goleveldb/leveldb"
	"go.etcd.io/bbolt"
)

var errMissing = errors.New("missing")

func write(db *badger.DB, key, value []byte) error {
	txn := db.NewTransaction(true) // want GL407 "txn (badger.Txn) is not discarded on one way out of write"
	if err := txn.Set(key, value); err != nil {
		return err
	}
	return txn.Commit()
}

func read(db *badger.DB, key []byte) ([]byte, error) {
	txn := db.NewTransaction(false) // want GL407 "is not discarded on 2 ways out of read"
	item, err := txn.Get(key)
	if err != nil {
		return nil, err
	}
	return item.ValueCopy(nil)
}

func put(db *leveldb.DB, key, value []byte) error {
	tr, err := db.OpenTransaction() // want GL407 "tr (leveldb.Transaction) is not committed or rolled back on one way"
	if err != nil {
		return err
	}
	if err := tr.Put(key, value, nil); err != nil {
		return err
	}
	return tr.Commit()
}

func lookUp(db *bbolt.DB, bucket, key []byte) ([]byte, error) {
	tx, err := db.Begin(false) // want GL407 "tx (bbolt.Tx)"
	if err != nil {
		return nil, err
	}
	b := tx.Bucket(bucket)
	if b == nil {
		return nil, errMissing
	}
	value := b.Get(key)
	tx.Rollback()
	return value, nil
}

func rewrite(db *badger.DB, keys [][]byte) error {
	txn := db.NewTransaction(true) // want GL407 "txn"
	for i, key := range keys {
		if err := txn.Delete(key); err != nil {
			return err
		}
		if i%1000 == 999 {
			if err := txn.Commit(); err != nil {
				return err
			}
			txn = db.NewTransaction(true) // want GL407 "txn"
		}
	}
	return txn.Commit()
}

func fill(db *badger.DB, pairs map[string][]byte) error {
	batch := db.NewWriteBatch() // want GL407 "batch (badger.WriteBatch)"
	for key, value := range pairs {
		if err := batch.Set([]byte(key), value); err != nil {
			return err
		}
	}
	return batch.Flush()
}

func okDeferred(db *badger.DB, key, value []byte) error {
	txn := db.NewTransaction(true)
	defer txn.Discard()
	if err := txn.Set(key, value); err != nil {
		return err
	}
	return txn.Commit()
}

func okRolledBackOnError(db *bbolt.DB, fn func(*bbolt.Tx) error) (err error) {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			tx.Rollback()
		}
	}()
	if err = fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func okManaged(db *badger.DB, key []byte) error {
	return db.Update(func(txn *badger.Txn) error { return txn.Delete(key) })
}

type session struct {
	tx *bbolt.Tx
}

func (s *session) okBegins(db *bbolt.DB) (err error) {
	s.tx, err = db.Begin(true)
	return err
}

// okManagedRead: a managed database takes no read timestamp, so there is nothing to discard.
func okManagedRead(db *badger.DB, key []byte, at uint64) error {
	txn := db.NewTransactionAt(at, false)
	_, err := txn.Get(key)
	return err
}

func okManagedBatch(db *badger.DB, key, value []byte) error {
	batch := db.NewManagedWriteBatch()
	if err := batch.Set(key, value); err != nil {
		return err
	}
	return batch.Flush()
}

func okHandedBack(db *badger.DB) *badger.Txn {
	txn := db.NewTransaction(true)
	return txn
}

func finish(tx *bbolt.Tx, err error) error {
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func okFinishedByHelper(db *bbolt.DB, fn func(*bbolt.Tx) error) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	return finish(tx, fn(tx))
}

func okEachRound(db *badger.DB, keys [][]byte) error {
	for _, key := range keys {
		txn := db.NewTransaction(true)
		if err := txn.Delete(key); err != nil {
			txn.Discard()
			return err
		}
		if err := txn.Commit(); err != nil {
			return err
		}
	}
	return nil
}
