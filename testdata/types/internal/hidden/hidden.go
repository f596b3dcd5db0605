// Package hidden is seen by its own module only.
package hidden

type inner struct{ Value []byte }

type Secret struct{ Inner inner }

func (s *Secret) Reveal() *Secret { return s }

func (s Secret) private() inner { return s.Inner }

func Make() *Secret { s := Secret{}; _ = s.private().Value; return &s }

var Known = []inner{{Value: []byte("x")}, Make().private()}

type Sum [4]byte

var Zero Sum
