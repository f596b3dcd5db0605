// Iterators of which nothing stays open: their Release is there because the interface asks for it.
package gl406

import "github.com/ethereum/go-ethereum/ethdb"

type remoteSource struct{ urls []string }

func newRemoteSource(url string) ethdb.Iteratee { return &remoteSource{urls: []string{url}} }

func (s *remoteSource) NewIterator(prefix, start []byte) ethdb.Iterator {
	it := &remoteIterator{keys: s.urls}
	if len(s.urls) == 0 {
		return emptyIterator()
	}
	return it
}

type remoteIterator struct{ keys []string }

func (it *remoteIterator) Next() bool    { return len(it.keys) > 1 }
func (it *remoteIterator) Error() error  { return nil }
func (it *remoteIterator) Key() []byte   { return []byte(it.keys[0]) }
func (it *remoteIterator) Value() []byte { return nil }
func (it *remoteIterator) Release()      {}

type noIterator struct{ remoteIterator }

func emptyIterator() ethdb.Iterator { return &noIterator{} }

func (*noIterator) Next() bool { return false }

// okMerged is how prometheus asks all its remote sources: the queriers of those that answered are let go if one fails.
type okMerged struct{ sources []ethdb.Iteratee }

func (m *okMerged) apply(urls []string) {
	sources := make([]ethdb.Iteratee, 0, len(urls))
	for _, url := range urls {
		sources = append(sources, newRemoteSource(url))
	}
	m.sources = sources
}

func (m *okMerged) count() (n int, err error) {
	sources := m.sources
	for _, source := range sources {
		it := source.NewIterator(nil, nil)
		for it.Next() {
			n++
		}
		if err := it.Error(); err != nil {
			return n, err
		}
	}
	return n, nil
}

// mixed has one source more, of which nobody knows what its iterators hold.
type mixed struct{ sources []ethdb.Iteratee }

func (m *mixed) apply(db ethdb.Database, urls []string) {
	m.sources = append(m.sources, db)
	for _, url := range urls {
		m.sources = append(m.sources, newRemoteSource(url))
	}
}

func (m *mixed) count() (n int) {
	for _, source := range m.sources {
		it := source.NewIterator(nil, nil) // want GL406 "it (ethdb.Iterator)"
		for it.Next() {
			n++
		}
	}
	return n
}
