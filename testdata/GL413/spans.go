// Spans that some way out does not end.
package gl413

import (
	"context"
	"errors"

	"go.opentelemetry.io/otel/trace"
)

var errEmpty = errors.New("empty")

func traced(ctx context.Context, tracer trace.Tracer, load func(context.Context) error) error {
	ctx, span := tracer.Start(ctx, "load") // want GL413 "span (trace.Span) is not ended on one way out of traced"
	if err := load(ctx); err != nil {
		return err
	}
	span.End()
	return nil
}

// recorded tells the span of the error, and forgets to end it.
func recorded(ctx context.Context, tracer trace.Tracer, load func(context.Context) error) error {
	ctx, span := tracer.Start(ctx, "load") // want GL413 "span (trace.Span)"
	err := load(ctx)
	if err != nil {
		span.RecordError(err)
		return err
	}
	span.End()
	return nil
}

func each(ctx context.Context, tracer trace.Tracer, items []string, handle func(context.Context, string) error) error {
	for _, item := range items {
		ctx, span := tracer.Start(ctx, item) // want GL413 "span (trace.Span)"
		if err := handle(ctx, item); err != nil {
			continue
		}
		span.End()
	}
	return nil
}

func checked(ctx context.Context, tracer trace.Tracer, items []string) (int, error) {
	_, span := tracer.Start(ctx, "check") // want GL413 "span (trace.Span) is not ended on one way out of checked"
	if len(items) == 0 {
		return 0, errEmpty
	}
	defer span.End()
	return len(items), nil
}

func twoSpans(ctx context.Context, tracer trace.Tracer, load, store func(context.Context) error) error {
	inner, span := tracer.Start(ctx, "load") // want GL413 "span (trace.Span)"
	if err := load(inner); err != nil {
		span.End()
		return err
	}
	inner, span = tracer.Start(ctx, "store")
	defer span.End()
	return store(inner)
}

type service struct {
	tracer trace.Tracer
	span   trace.Span
}

func (s *service) handle(ctx context.Context, kind int) error {
	_, span := s.tracer.Start(ctx, "handle") // want GL413 "span (trace.Span)"
	switch kind {
	case 0:
		span.End()
		return nil
	case 1:
		span.AddEvent("one")
		span.End()
		return nil
	default:
		return errEmpty
	}
}

func (s *service) begin(ctx context.Context) (context.Context, trace.Span) {
	ctx, span := s.tracer.Start(ctx, "begin")
	return ctx, span
}

// wrapped has its span from a method that starts it.
func (s *service) wrapped(ctx context.Context, load func(context.Context) error) error {
	ctx, span := s.begin(ctx) // want GL413 "span (trace.Span)"
	if err := load(ctx); err != nil {
		return err
	}
	span.End()
	return nil
}
