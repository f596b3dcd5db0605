package tests

import "testing"

type fixture struct {
	*hidden
	t *testing.T
}

func newFixture(t *testing.T) fixture { return fixture{Open(), t} }

func TestInside(t *testing.T) {
	f := newFixture(t)
	if f.bump() != 1 {
		f.t.Fatal(f.count)
	}
	t.Run("sub", func(t *testing.T) { t.Log(forOthers.bump()) })
}

var forOthers = Open()

func Exported() *hidden { return forOthers }
