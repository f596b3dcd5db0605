// Package trace stands in for the real one: declarations, and nothing that does anything.
package trace

import "context"

type (
	SpanStartOption interface{ start() }
	SpanEndOption   interface{ end() }
	EventOption     interface{ event() }
)

type Tracer interface {
	Start(ctx context.Context, spanName string, opts ...SpanStartOption) (context.Context, Span)
}

type Span interface {
	End(options ...SpanEndOption)
	AddEvent(name string, options ...EventOption)
	RecordError(err error, options ...EventOption)
	SetName(name string)
}

func SpanFromContext(ctx context.Context) Span { return nil }

func ContextWithSpan(parent context.Context, span Span) context.Context { return parent }
