// Rows, transactions, connections and statements that some way out leaves open.
package gl404

import (
	"context"
	"database/sql"
	"errors"
)

var errTooMany = errors.New("too many")

func first(db *sql.DB) (name string, err error) {
	rows, err := db.Query("SELECT name FROM peers") // want GL404 "rows (sql.Rows) is not closed on one way out of first"
	if err != nil {
		return "", err
	}
	if rows.Next() {
		return name, rows.Scan(&name)
	}
	return "", rows.Err()
}

// names leaves the loop when a row cannot be read.
func names(db *sql.DB) (all []string, err error) {
	rows, err := db.Query("SELECT name FROM peers") // want GL404 "rows (sql.Rows)"
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		all = append(all, name)
	}
	return all, rows.Err()
}

func exists(db *sql.DB, name string) bool {
	rows, err := db.Query("SELECT 1 FROM peers WHERE name = ?", name) // want GL404 "rows (sql.Rows)"
	return err == nil && rows.Err() == nil
}

// insert uses Query where it needs Exec: the rows that it throws away keep the connection.
func insert(db *sql.DB, name string) error {
	_, err := db.Query("INSERT INTO peers VALUES (?)", name) // want GL404 "is thrown away"
	return err
}

// transfer is the transaction whose first statement fails.
func transfer(ctx context.Context, db *sql.DB, from, to string) error {
	tx, err := db.Begin() // want GL404 "tx (sql.Tx) is not committed or rolled back on 2 ways out of transfer"
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE a SET n = n - 1 WHERE id = ?", from); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE a SET n = n + 1 WHERE id = ?", to); err != nil {
		return err
	}
	return tx.Commit()
}

// onlyErr asks a row for its error, which does not give its connection back.
func onlyErr(db *sql.DB, name string) error {
	row := db.QueryRow("SELECT 1 FROM peers WHERE name = ?", name) // want GL404 "row (sql.Row)"
	return row.Err()
}

// locked takes a connection of its own to hold a lock of the session.
func locked(db *sql.DB, work func(*sql.Conn) error) error {
	conn, err := db.Conn(context.Background()) // want GL404 "conn (sql.Conn) is not closed on one way out of locked"
	if err != nil {
		return err
	}
	if _, err := conn.ExecContext(context.Background(), "SELECT pg_advisory_lock(1)"); err != nil {
		return err
	}
	defer conn.Close()
	return work(conn)
}

// twice overwrites the rows of the first query.
func twice(db *sql.DB) (n int, err error) {
	rows, err := db.Query("SELECT name FROM peers") // want GL404 "rows (sql.Rows)"
	if err != nil {
		return 0, err
	}
	if rows.Next() {
		n++
	}
	rows, err = db.Query("SELECT name FROM guests")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

type store struct {
	db    *sql.DB
	query *sql.Stmt
	rows  *sql.Rows
}

func (s *store) open(query string) (*sql.Rows, error) {
	rows, err := s.db.Query(query)
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// limited has its rows from a method of the module.
func (s *store) limited(most int) (n int, err error) {
	rows, err := s.open("SELECT name FROM peers") // want GL404 "rows (sql.Rows)"
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		if n++; n > most {
			return 0, errTooMany
		}
	}
	return n, rows.Close()
}
