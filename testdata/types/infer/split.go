package infer

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
