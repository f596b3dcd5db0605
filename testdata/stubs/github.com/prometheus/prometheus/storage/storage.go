// Package storage stands in for the real one: declarations, and nothing that does anything.
package storage

import (
	"context"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/util/annotations"
)

type SeriesRef uint64

type SelectHints struct{ Start, End int64 }
type LabelHints struct{ Limit int }
type SearchHints struct{ Limit int }
type SearchResult struct{ Value string }

type AppenderTransaction interface {
	Commit() error
	Rollback() error
}

type Appender interface {
	AppenderTransaction
	Append(ref SeriesRef, l labels.Labels, t int64, v float64) (SeriesRef, error)
}

type AppenderV2 interface {
	AppenderTransaction
	Append(ref SeriesRef, ls labels.Labels, st, t int64, v float64) (SeriesRef, error)
}

type Appendable interface {
	Appender(ctx context.Context) Appender
}

type AppendableV2 interface {
	AppenderV2(ctx context.Context) AppenderV2
}

type LabelQuerier interface {
	LabelValues(ctx context.Context, name string, hints *LabelHints, matchers ...*labels.Matcher) ([]string, annotations.Annotations, error)
	LabelNames(ctx context.Context, hints *LabelHints, matchers ...*labels.Matcher) ([]string, annotations.Annotations, error)
	Close() error
}

type Querier interface {
	LabelQuerier
	Select(ctx context.Context, sortSeries bool, hints *SelectHints, matchers ...*labels.Matcher) SeriesSet
}

type ChunkQuerier interface {
	LabelQuerier
	Select(ctx context.Context, sortSeries bool, hints *SelectHints, matchers ...*labels.Matcher) ChunkSeriesSet
}

type Queryable interface {
	Querier(mint, maxt int64) (Querier, error)
}

type ChunkQueryable interface {
	ChunkQuerier(mint, maxt int64) (ChunkQuerier, error)
}

type Storage interface {
	Queryable
	ChunkQueryable
	Appendable
	StartTime() (int64, error)
	Close() error
}

type Searcher interface {
	SearchLabelNames(ctx context.Context, hints *SearchHints, matchers ...*labels.Matcher) SearchResultSet
	SearchLabelValues(ctx context.Context, name string, hints *SearchHints, matchers ...*labels.Matcher) SearchResultSet
}

type SearchResultSet interface {
	Next() bool
	At() SearchResult
	Warnings() annotations.Annotations
	Err() error
	Close() error
}

type Series interface {
	Labels() labels.Labels
}

type ChunkSeries interface {
	Labels() labels.Labels
}

type SeriesSet interface {
	Next() bool
	At() Series
	Err() error
	Warnings() annotations.Annotations
}

type ChunkSeriesSet interface {
	Next() bool
	At() ChunkSeries
	Err() error
	Warnings() annotations.Annotations
}
