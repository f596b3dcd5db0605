package util

type Range struct {
	Start []byte
	Limit []byte
}

func BytesPrefix(prefix []byte) *Range { return &Range{Start: prefix} }
