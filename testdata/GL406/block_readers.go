// Readers of a block, which counts them.
package gl406

import "github.com/prometheus/prometheus/tsdb"

type blockQuerier struct {
	index  tsdb.IndexReader
	chunks tsdb.ChunkReader
}

func newBlockQuerier(b tsdb.BlockReader) (*blockQuerier, error) {
	index, err := b.Index() // want GL406 "index (tsdb.IndexReader)"
	if err != nil {
		return nil, err
	}
	chunks, err := b.Chunks()
	if err != nil {
		return nil, err
	}
	return &blockQuerier{index, chunks}, nil
}

func okNewBlockQuerier(b tsdb.BlockReader) (*blockQuerier, error) {
	index, err := b.Index()
	if err != nil {
		return nil, err
	}
	chunks, err := b.Chunks()
	if err != nil {
		index.Close()
		return nil, err
	}
	return &blockQuerier{index, chunks}, nil
}
