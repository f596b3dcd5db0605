// Package convert holds conversions and operators.
package convert

import (
	"fmt"
	"io"
	"math"
	"time"
	"unsafe"
)

type Celsius float32
type Text string
type Runes []rune
type Handler func(Text) error
type Point struct{ X, Y int }
type Spot struct{ X, Y int }
type Bits uint8

const (
	One Bits = 1 << iota
	Two
	Four
	All = One | Two | Four
)

type header struct {
	kind  uint8
	count uint32
	rest  [3]byte
}

func conversions(p Point, f float64, s string, b []byte, a any, ptr *Point) {
	_ = Celsius(f) + Celsius(1)
	_ = float64(Celsius(2.5)) * f
	_ = Text(s) + "x" + Text("y")
	_ = string(Text("z"))[1:]
	_ = []rune(s)[0]
	_ = Runes(s)[0]
	_ = string([]rune{'a', 0x62})
	_ = string(rune(65))
	_ = string('x')
	_ = []byte("abc")
	_ = [2]byte(b)
	_ = (*[2]byte)(b)[0]
	_ = Spot(p).X
	_ = (*Spot)(ptr).Y
	_ = (*Spot)(&p)
	_ = struct{ X, Y int }(p).X
	_ = Handler(nil)
	_ = Handler(func(Text) error { return nil })("x")
	_ = (func())(nil)
	_ = (chan<- int)(make(chan int))
	_ = (<-chan int)(nil)
	_ = interface{}(3)
	_ = any("x")
	_ = any(nil)
	_ = error(nil)
	_ = io.Reader(nil)
	_ = fmt.Stringer(time.Second).String()
	_ = a.(fmt.Stringer).String()
	_ = time.Duration(3) * time.Second
	_ = 3 * time.Second
	_ = time.Duration(f) * time.Millisecond / 2
	_ = time.Second.Seconds() + 1
	_ = int64(len(s)) << 10
	_ = uint8(All) &^ 2
	_ = (Bits)(3) | One
	_ = (float64)(3)
	_ = (*int)(nil)
	_ = uintptr(unsafe.Pointer(ptr))
	_ = (*header)(unsafe.Pointer(&b[0])).count
	_ = unsafe.Sizeof(header{}) + unsafe.Offsetof(header{}.count) + unsafe.Alignof(f)
	_ = unsafe.Slice(&b[0], 3)[1]
	_ = unsafe.String(&b[0], 2)
	_ = *unsafe.StringData(s)
	_ = unsafe.SliceData(b)
	_ = unsafe.Add(unsafe.Pointer(&b[0]), 3)
	var sized [unsafe.Sizeof(uint32(0))]byte
	_ = sized
}

func operators(i int, u uint8, f float32, s string, c complex128, p, q *Point, e error, a any, x, y Bits) {
	_ = -i + +i ^ ^i
	_ = i<<u | 1<<u | i>>3
	_ = u &^ 0xF % 3
	_ = !(i > 3) && f < 2 || s == "x"
	_ = p == q || p != nil && nil == q
	_ = e != nil == true
	_ = a == 3 || a == "x" || 'r' == a || a == nil || nil != a
	_ = x == One && y != 3
	_ = *p == Point{1, 2}
	_ = (*p == Point{X: 1})
	_ = real(c)*2 + imag(c)
	_ = complex(1, f)
	_ = complex(real(c), 2)
	_ = c*2i + 1 - 'x'
	_ = f*2 + 1/2
	_ = 1/2 + f
	_ = s + "a" + "b"
	_ = "a" + "b" + s
	_ = i == len(s)
	_ = 1.0*float32(i) + math.MaxFloat32
	_ = min(i, 3) + max(1, 2)
	_ = min(1, 2.5, 'x')
	_ = max(f, 1)
	_ = min("a", s)
	_ = s[1] - '0'
	_ = "constant"[i] + 1
	_ = "constant"[2:i]
	_ = i < 3 == (f > 1)
	i += 2
	i <<= 3
	u *= 2
	f /= 3
	s += "x"
	i++
	u--
	p.X, p.Y = p.Y, -p.X
	(*p).X -= 1
	_ = math.Pi * f
	_ = math.MaxInt64 / time.Second
	_ = 2 * math.Pi * float64(i)
	_ = x<<1 | One<<2
	_ = &p.X
	_ = **&p
	_ = *&i
}
