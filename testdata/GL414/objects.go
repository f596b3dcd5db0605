// Objects of the package's own around files and connections, which somebody has to close.
package gl414

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"os"
	"sync"
)

type table struct {
	file  *os.File
	index *os.File
	rows  int
}

func openTable(name string) (*table, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	t := &table{file: file}
	if err := t.load(); err != nil {
		t.Close()
		return nil, err
	}
	return t, nil
}

func (t *table) load() error {
	var head [8]byte
	if _, err := t.file.Read(head[:]); err != nil {
		return err
	}
	t.rows = int(head[0])
	return nil
}

func (t *table) count() int { return t.rows }

func (t *table) Close() error { return t.file.Close() }

// inspected is how a subcommand of a node looked into one table of its database.
func inspected(name string) error {
	t, err := openTable(name) // want GL414 "t (gl414.table) is not closed on one way out of inspected"
	if err != nil {
		return err
	}
	fmt.Println(t.count())
	return nil
}

func bad(name string) (int, error) {
	t, err := openTable(name) // want GL414 "t (gl414.table)"
	if err != nil {
		return 0, err
	}
	if t.count() == 0 {
		return 0, errors.New("no rows")
	}
	return t.count(), t.Close()
}

// second fails between two of them, as constructors of index writers do.
func openBoth(one, other string) (*pair, error) {
	first, err := openTable(one) // want GL414 "first (gl414.table)"
	if err != nil {
		return nil, err
	}
	second, err := openTable(other)
	if err != nil {
		return nil, err
	}
	return &pair{first, second}, nil
}

type pair struct{ first, second *table }

func (p *pair) Close() error { return errors.Join(p.first.Close(), p.second.Close()) }

// bothDropped: what has such an object is one itself.
func bothDropped(one, other string) (int, error) {
	p, err := openBoth(one, other) // want GL414 "p (gl414.pair)"
	if err != nil {
		return 0, err
	}
	return p.first.count() + p.second.count(), nil
}

// opened: the tables of the rounds before are lost.
func opened(names []string) ([]*table, error) {
	var tables []*table
	for _, name := range names {
		t, err := openTable(name) // want GL414 "t (gl414.table)"
		if err != nil {
			return nil, err
		}
		tables = append(tables, t)
	}
	return tables, nil
}

type client struct {
	conn net.Conn
	in   *bufio.Reader
}

func dialClient(address string) (*client, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &client{conn, bufio.NewReader(conn)}, nil
}

func (c *client) ask(what string) (string, error) {
	if _, err := c.conn.Write([]byte(what)); err != nil {
		return "", err
	}
	return c.in.ReadString('\n')
}

func (c *client) shutdown() { c.conn.Close() }

func asked(address string) (string, error) {
	c, err := dialClient(address) // want GL414 "c (gl414.client)"
	if err != nil {
		return "", err
	}
	answer, err := c.ask("version")
	if err != nil {
		return "", err
	}
	c.shutdown()
	return answer, nil
}

// okDeferred is how it is done.
func okDeferred(name string) (int, error) {
	t, err := openTable(name)
	if err != nil {
		return 0, err
	}
	defer t.Close()
	return t.count(), nil
}

// okShutdown: what gives it back has another name.
func okShutdown(address string) (string, error) {
	c, err := dialClient(address)
	if err != nil {
		return "", err
	}
	defer c.shutdown()
	return c.ask("version")
}

// okReturned: now it is the caller's.
func okReturned(name string) (*table, error) {
	t, err := openTable(name)
	if err != nil {
		return nil, err
	}
	if t.count() == 0 {
		t.Close()
		return nil, errors.New("no rows")
	}
	return t, nil
}

type okStore struct {
	mu     sync.Mutex
	tables map[string]*table
}

// get keeps what it opens.
func (s *okStore) get(name string) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, ok := s.tables[name]
	if !ok {
		var err error
		if t, err = openTable(name); err != nil {
			return 0, err
		}
		s.tables[name] = t
	}
	return t.count(), nil
}

// okHanded: the goroutine closes it.
func okHanded(name string, out chan<- int) error {
	t, err := openTable(name)
	if err != nil {
		return err
	}
	go func() {
		defer t.Close()
		out <- t.count()
	}()
	return nil
}

// lines closes its file once it has read all of it.
type lines struct {
	file *os.File
	in   *bufio.Scanner
}

func openLines(name string) (*lines, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &lines{file, bufio.NewScanner(file)}, nil
}

func (l *lines) Close() error { return l.file.Close() }

func (l *lines) all() (found []string) {
	defer l.Close()
	for l.in.Scan() {
		found = append(found, l.in.Text())
	}
	return found
}

func okReadToItsEnd(name string) ([]string, error) {
	l, err := openLines(name)
	if err != nil {
		return nil, err
	}
	return l.all(), nil
}

// config has read its file when it is made: nothing is left to be closed.
type config struct{ text []byte }

func openConfig(name string) (*config, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	c := &config{make([]byte, 100)}
	_, err = file.Read(c.text)
	return c, err
}

func (c *config) Close() error { c.text = nil; return nil }

func okNothingHeld(name string) (int, error) {
	c, err := openConfig(name)
	if err != nil {
		return 0, err
	}
	return len(c.text), nil
}

type logger interface{ Log(line string) }

type fileLog struct{ out *os.File }

func newFileLog(name string) (*fileLog, error) {
	out, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	return &fileLog{out}, nil
}

func (l *fileLog) Log(line string) { fmt.Fprintln(l.out, line) }
func (l *fileLog) Close() error    { return l.out.Close() }

type okServer struct {
	mu  sync.Mutex
	log logger
}

// use is how a server opens its log anew: it keeps what has no Close by its type.
func (s *okServer) use(log logger) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if old, ok := s.log.(interface{ Close() error }); ok {
		old.Close()
	}
	s.log = log
}

func (s *okServer) reopen(name string) error {
	log, err := newFileLog(name)
	if err != nil {
		return err
	}
	s.use(log)
	return nil
}
