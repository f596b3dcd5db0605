package infer

import "slices"

func returnedAlone() func(string) string { return Identity }

func closures[T any](ts []T) {
	each := func(t T) *T { return Ptr(t) }
	_ = Map(ts, each)
	_ = Map(Map(ts, each), func(p *T) T { return *p })
	_, _ = Both(ts[0], ts)
	_ = Apply(ts, Identity, func(in []T) []T { return in[1:] })
	var local []struct{ t T }
	for _, each := range Map(ts, func(t T) struct{ t T } { return struct{ t T }{t} }) {
		local = append(local, each)
		_ = each.t
	}
	_ = Filter(local, func(s struct{ t T }) bool { return any(s.t) != nil })
}

func pointed[T any](t T, ts []func(T) *T) T {
	var double = func(T) **T { return nil }
	t = *Ptr[T](t)
	t = *ts[0](t)
	t = **[]func(T) **T{double}[0](t)
	*Ptr[T](t), t = t, *(func(T) *T)(Ptr[T])(t)
	return *Ptr[T](*Ptr[T](t))
}

func partly[S ~[]E, E any](s S, n int) S {
	grown := slices.Grow[S](nil, n)
	grown = append(grown, s...)
	grown = Filter[S](grown, nil)
	_ = Filter[Names](nil, func(s string) bool { return s == "" })
	keep := Filter[[]float32]
	_ = keep(nil, nil)
	return grown
}
