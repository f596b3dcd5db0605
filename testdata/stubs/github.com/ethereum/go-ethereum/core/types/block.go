package types

type Header struct{ Number uint64 }
