// Package labels stands in for the real one.
package labels

type Labels struct{ data string }

type Matcher struct {
	Name  string
	Value string
}
