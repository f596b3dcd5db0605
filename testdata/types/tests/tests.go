// Package tests has tests, inside and outside.
package tests

type hidden struct{ count uint8 }

func (h *hidden) bump() uint8 { h.count++; return h.count }

func Open() *hidden { return &hidden{} }
