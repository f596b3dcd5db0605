// Package even lies in a directory of another name.
package even

type Number uint32

const Two Number = 2

var Table = [...]string{Two: "two", 5: "five"}

func (n Number) Half() Number { return n / Two }

func Half(n int) Number { return Number(n).Half() }

func From(n int) Number { return Number(n) }
