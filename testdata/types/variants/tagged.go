//go:build special

package variants

var tag = []float32{1}

func tagged() float32 { return tag[0] + Open(Name).fdTag() }

func (h *Handle) fdTag() float32 { return 2 }
