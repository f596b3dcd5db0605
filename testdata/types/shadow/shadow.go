// Package shadow gives other meanings to predeclared names, and to names of packages.
package shadow

import (
	"fmt"
	"strings"
)

type error interface{ Code() int }

type string struct{ text []byte }

func (s string) Len() int { return len(s) }

func len(s string) int { return cap(s.text) }

const true = 3

var iota = "a"

func fail(e error, s string) (int, error) {
	return e.Code() + s.Len() + true, nil
}

func use(int32 uint8, copy func() bool) bool {
	_ = int32 + 1
	_ = copy()
	nil := 3
	_ = nil + 2
	any := func() rune { return 'x' }
	_ = any()
	type int struct{ n uint16 }
	var x int
	_ = x.n
	fmt := strings.NewReader(iota)
	_ = fmt.Len()
	append := make(map[bool]float32)
	_ = append[copy()]
	new := 2.5
	_ = new * 2
	{
		type string = []uint8
		var s string
		_ = s[0]
		len := cap(s)
		_ = len
	}
	strings := string{}
	_ = strings.text
	if false := copy(); false {
		return false
	}
	for use := range 3 {
		_ = use
	}
	return copy()
}

func printed() { fmt.Println(iota, true) }

func params(len, cap int, string string) (make func(int) error) {
	_ = len + cap
	_ = string.text
	return make
}

type T struct{ T *T }

func (T *T) Method() *T2 { return &T2{T: *T} }

type T2 struct{ T }

func method(T T) {
	_ = T.T.Method().Method().T.T
}
