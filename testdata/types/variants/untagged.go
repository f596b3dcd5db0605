//go:build !special

package variants

var tag = map[string]int{}

func tagged() int { return tag["x"] + common(nil) }
