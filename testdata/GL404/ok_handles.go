// Rows, transactions, connections and statements that are given back, or become somebody else's.
package gl404

import (
	"context"
	"database/sql"
	"errors"
	"log"
)

// okDeferred: sqlrows 1.
func okDeferred(db *sql.DB) (name string, err error) {
	rows, err := db.Query("SELECT name FROM peers")
	if err != nil {
		return "", err
	}
	defer rows.Close()
	if rows.Next() {
		return name, rows.Scan(&name)
	}
	return "", rows.Err()
}

// okDeferredLiteral: sqlclosecheck 49, a regression of its version 0.6.0.
func okDeferredLiteral(db *sql.DB) (err error) {
	rows, err := db.Query("SELECT name FROM peers")
	if err != nil {
		return err
	}
	defer func() {
		if closing := rows.Close(); closing != nil {
			err = errors.Join(err, closing)
		}
	}()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
	}
	return rows.Err()
}

// okClosedInPlace: sqlclosecheck 8 asks why it has to be deferred. It has not.
func okClosedInPlace(db *sql.DB) (n int, err error) {
	rows, err := db.Query("SELECT name FROM peers")
	if err != nil {
		return 0, err
	}
	if rows.Next() {
		n++
	}
	if err := rows.Close(); err != nil {
		return 0, err
	}
	return n, nil
}

// okReturned hands the rows to its caller.
func okReturned(db *sql.DB) (*sql.Rows, error) {
	rows, err := db.Query("SELECT name FROM peers")
	if err != nil {
		return nil, err
	}
	return rows, nil
}

func okReturnedAtOnce(db *sql.DB) (*sql.Rows, error) {
	return db.Query("SELECT name FROM peers")
}

func closeRows(rows *sql.Rows) {
	if err := rows.Close(); err != nil {
		log.Println(err)
	}
}

// okDeferredHelper: sqlclosecheck 43.
func okDeferredHelper(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, "SELECT name FROM peers")
	if err != nil {
		return err
	}
	defer closeRows(rows)
	if !rows.Next() {
		return errTooMany
	}
	return nil
}

// okDeferredShortLiteral: rowserrcheck 16.
func okDeferredShortLiteral(db *sql.DB) bool {
	rows, err := db.Query("SELECT name FROM peers")
	if err != nil {
		panic(err)
	}
	defer func() { _ = rows.Close() }()
	return rows.Next()
}

// okDeferredPanic: go-critic 609.
func (s *store) okDeferredPanic() (id int64, err error) {
	rows, err := s.db.Query("SELECT id FROM peers")
	if err != nil {
		return 0, err
	}
	defer func() {
		err := rows.Close()
		if err != nil {
			panic(err)
		}
	}()
	if rows.Next() {
		return id, rows.Scan(&id)
	}
	return 0, nil
}

func drain(rows *sql.Rows) (n int, err error) {
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

func okClosedByHelper(db *sql.DB) (int, error) {
	rows, err := db.Query("SELECT name FROM peers")
	if err != nil {
		return 0, err
	}
	return drain(rows)
}

type closer interface{ Close() error }

func closeAll(all ...closer) {
	for _, each := range all {
		each.Close()
	}
}

// okClosedByName: sqlclosecheck pull request 37, a helper that takes whatever can be closed.
func okClosedByName(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM peers")
	if err != nil {
		return err
	}
	defer closeAll(rows)
	rows.Next()
	return rows.Err()
}

// okReadToTheEnd: golang/go 34544, rows close themselves after the last one.
func okReadToTheEnd(db *sql.DB) (n int, err error) {
	rows, err := db.Query("SELECT name FROM peers")
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// okContext: what belongs to a context is closed with it.
func okContext(parent context.Context, db *sql.DB) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	rows, err := db.QueryContext(ctx, "SELECT name FROM peers")
	if err != nil {
		return err
	}
	rows.Next()
	return rows.Err()
}

// okInTransaction is how cometbft's sink runs what it is given.
func okInTransaction(db *sql.DB, query func(*sql.Tx) error) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	if err := query(tx); err != nil {
		_ = tx.Rollback()
		return err
	}
	return tx.Commit()
}

func okRolledBackAnyway(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec("DELETE FROM peers"); err != nil {
		return err
	}
	return tx.Commit()
}

func okScanned(db *sql.DB) (name string, err error) {
	err = db.QueryRow("SELECT name FROM peers").Scan(&name)
	return name, err
}

// okStatements: a statement of a transaction ends with it.
func okStatements(db *sql.DB, names []string) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	stmt, err := tx.Prepare("INSERT INTO peers VALUES (?)")
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := stmt.Exec(name); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func (s *store) okKept() (err error) {
	s.query, err = s.db.Prepare("SELECT name FROM peers")
	if err != nil {
		return err
	}
	s.rows, err = s.query.Query()
	return err
}

func okNextSet(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM peers; SELECT name FROM guests")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
	}
	if !rows.NextResultSet() {
		return rows.Err()
	}
	rows.Next()
	return nil
}
