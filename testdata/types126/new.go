// Package types126 holds what Go 1.26 brought: new of an expression, and type parameters that refer to themselves.
package types126

import "errors"

type Config struct {
	Retries *int
	Name    *string
	Limit   *uint8
	Any     *any
}

type Adder[A Adder[A]] interface{ Add(A) A }

type Money int64

func (m Money) Add(other Money) Money { return m + other }

func total[A Adder[A]](first A, rest ...A) A {
	for _, each := range rest {
		first = first.Add(each)
	}
	return first
}

func pair() (int, error) { return 1, nil }

func use(n int, s string) Config {
	p := new(3)
	*p += 2
	_ = *new("x") + s
	_ = *new(s[1:])
	_ = new(n + 1)
	_ = *new('x')
	_ = *new(2.5)
	_ = new(n > 3)
	_ = new([]int{1, 2})
	_ = (*new(Config{})).Retries
	_ = *new(pointed(n))
	_ = new(Config)
	_ = new(Money(3)).Add(4)
	_ = new(uint8(3))
	_ = new(1 << 3)
	_ = new(func() error { return nil })
	_ = total(Money(1), 2, 3).Add(4)
	target, ok := errors.AsType[*failure](nil)
	_, _ = target.code, ok
	return Config{Retries: new(3), Name: new("x"), Limit: new(uint8(1)), Any: new(any(1))}
}

func pointed(n int) *int { return new(n) }

type failure struct{ code int }

func (f *failure) Error() string { return "" }
