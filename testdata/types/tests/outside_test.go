package tests_test

import (
	"testing"

	"goleaklint.example/types/tests"
)

type fixture struct{ name string }

func newFixture() *fixture { return &fixture{"x"} }

func TestOutside(t *testing.T) {
	f := newFixture()
	t.Log(f.name, tests.Open(), tests.Exported())
}
