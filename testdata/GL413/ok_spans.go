// Spans that are ended, or become somebody else's.
package gl413

import (
	"context"

	"go.opentelemetry.io/otel/trace"
)

func okDeferred(ctx context.Context, tracer trace.Tracer, load func(context.Context) error) error {
	ctx, span := tracer.Start(ctx, "load")
	defer span.End()
	return load(ctx)
}

// okWrapper: spancheck 33.
func okWrapper(ctx context.Context, tracer trace.Tracer, name string) (context.Context, trace.Span) {
	ctx, span := tracer.Start(ctx, name)
	span.AddEvent("started")
	return ctx, span
}

// okWrapperUsed: spancheck 33, the caller's side.
func okWrapperUsed(ctx context.Context, tracer trace.Tracer, load func(context.Context) error) error {
	ctx, span := okWrapper(ctx, tracer, "load")
	defer span.End()
	return load(ctx)
}

// okDeferredClosure: spancheck 12.
func okDeferredClosure(ctx context.Context, tracer trace.Tracer, load func(context.Context) error) (err error) {
	ctx, span := tracer.Start(ctx, "load")
	defer func() {
		if err != nil {
			span.RecordError(err)
		}
		span.End()
	}()
	return load(ctx)
}

// okScope: spancheck 25, a span that only one block has.
func okScope(ctx context.Context, tracer trace.Tracer, isTraced bool, load func(context.Context) error) error {
	if isTraced {
		var span trace.Span
		ctx, span = tracer.Start(ctx, "load")
		defer span.End()
	}
	return load(ctx)
}

type okTask struct {
	span   trace.Span
	tracer trace.Tracer
}

// okStruct: fabric-smart-client 1778, the span belongs to the struct.
func okStruct(ctx context.Context, tracer trace.Tracer) (context.Context, *okTask) {
	ctx, span := tracer.Start(ctx, "task")
	return ctx, &okTask{span, tracer}
}

// begin: fabric-smart-client 1778, kept in a field.
func (t *okTask) begin(ctx context.Context) context.Context {
	ctx, t.span = t.tracer.Start(ctx, "task")
	return ctx
}

func (t *okTask) end() { t.span.End() }

// okInContext: fabric-smart-client 1778, whoever has the context ends its span.
func okInContext(ctx context.Context, tracer trace.Tracer) context.Context {
	ctx, _ = tracer.Start(ctx, "task")
	return ctx
}

// okEndReturned: fabric-smart-client 1778, the caller is given what ends it.
func okEndReturned(ctx context.Context, tracer trace.Tracer) (context.Context, func()) {
	ctx, span := tracer.Start(ctx, "task")
	return ctx, func() { span.End() }
}

// okBorrowed: spancheck 41 asks that a span which somebody else started is ended. It must not be.
func okBorrowed(ctx context.Context, load func(context.Context) error) error {
	span := trace.SpanFromContext(ctx)
	span.AddEvent("load")
	return load(ctx)
}

func okInGoroutine(ctx context.Context, tracer trace.Tracer, load func(context.Context) error) {
	ctx, span := tracer.Start(ctx, "load")
	go func() {
		defer span.End()
		_ = load(ctx)
	}()
}

func finish(span trace.Span, err error) error {
	if err != nil {
		span.RecordError(err)
	}
	span.End()
	return err
}

func okEndedByHelper(ctx context.Context, tracer trace.Tracer, load func(context.Context) error) error {
	ctx, span := tracer.Start(ctx, "load")
	return finish(span, load(ctx))
}
