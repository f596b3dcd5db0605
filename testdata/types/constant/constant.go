// Package constant holds untyped and typed constants wherever they can stand.
package constant

import "math"

const (
	A = iota
	B
	C = "c"
	D
	E = iota + 0.5
	F
	_
	G, H = iota, iota << 1
	I, J
)

type Kind uint16

const (
	First Kind = iota + 1
	Second
	Third
	Last          = Third
	Mixed         = Third << 2
	Rune          = 'x' + iota
	Big           = 1 << 100
	Small         = Big >> 98
	Ratio         = 1 / 3.0
	Whole         = 7 / 2
	Cond          = A < B
	Str           = "a" + C
	Len           = len(Str)
	Cplx          = 2i * 3
	Float float32 = 1 << 3
	Size          = len([Third]int{})
)

const typed int64 = 5

var (
	table  [Third + 1]string
	matrix [Len][1 << 2]Kind
	inferd = [...]string{Second: "b", "c", First: "a"}
	number = 1 << 3
	float  = 2.0
	quoted = `raw "x"`
	sum    = Third + 4
	flag   = typed > 3
)

type Duration int64

const (
	Nano   Duration = 1
	Micro           = 1000 * Nano
	Milli           = 1000 * Micro
	Masked          = Milli &^ 0xFF
)

func take(int, int64, float64, any, Kind, ...uint8) {}

func contexts(k Kind, n int, u uint, f float64, is []int, m map[Kind]float32, c chan Kind) (Kind, float64, any) {
	take(1, 2, 3, 4, 5)
	take('a', 'b', 'c', 'd', 'e', 6, 'f')
	take(A, B, E, E, A, B)
	take(Len, typed, Ratio, typed, First, 1<<3)
	take(2.0, 1e3, 1, 1.5, 2.0)
	take(int(typed), 1, f*2, Rune, Rune)
	k = 3
	k += 4
	k, n = 5, 6
	m[1] = 2
	m[Second] += A
	is[2], is[A] = B, 'x'
	is[typed]++
	c <- 7
	c <- First
	_ = is[1:2:3]
	_ = is[A:typed]
	_ = m[1] > 2
	_ = k == 3 && n > A || f < 1
	_ = 3 == k
	var x float32 = 1
	var y, z = 2, 3.0
	var w uint8 = 'a'
	var i any = 'a'
	var e = Big / (Big >> 3)
	_, _, _, _, _, _ = x, y, z, w, i, e
	v := 1
	var r = 'r'
	s := C + "x"
	b := Cond
	_, _, _, _ = v, r, s, b
	_ = 1
	_ = 'r'
	_ = C
	_ = Cond
	_ = Big >> 90
	_ = 1 < 2.0
	_ = 1 == 'a'
	_ = "x" < C
	_ = !Cond
	_ = -A
	_ = (1 + 2) * 3.5
	_ = 1 + 'a' + 2.5
	_ = float32(1 + 2.5)
	_ = uint8(1<<3 + A)
	_ = Kind(Rune)
	_ = Micro / 10
	_ = 10 * Micro
	_ = math.MaxUint32 + int64(1)
	_ = math.Sqrt(2) * 3
	switch k {
	case 1, Second, 'x':
	case 4 + 5:
	}
	switch n := 3; n {
	case A:
	}
	switch 7 {
	case n:
	}
	switch C {
	case s, "x":
	}
	switch {
	case n > 3, Cond:
	case true:
	}
	switch i {
	case 1, "a", 'r', nil, 2.5:
	}
	if 1 < 2 && (n > 2 || false) {
		n = 2
	}
	for n < 10 && true {
		n++
	}
	return 3, 4, 5
}

func shifts(n int, u uint, u8 uint8, bs []byte, k Kind) (uint64, any) {
	_ = 1 << 3
	_ = 1 << n
	_ = 1 << u
	_ = 1.0 << 3
	_ = 'a' << 1
	var a uint64 = 1 << n
	var b = 1 << n
	var c int32 = 1<<n + 2
	_ = uint64(1) << n
	_ = uint64(1 << n)
	_ = uint8(1) << 3
	_ = u8 << 1.0
	_ = u8 >> A
	_ = u8 << typed
	_ = k << 2
	_ = uint64(bs[0])<<24 | uint64(bs[1])<<16 + uint64(bs[2])
	_ = 1<<n == 2
	_ = 1<<n == a
	_ = u8 + 1<<u8
	_ = bs[1<<u]
	_ = make([]int, 1<<u)
	_ = -1 << n
	_ = ^0 << n
	_ = (1 << n) | k
	_ = 1<<3<<n + a
	_ = n << (1 << 2)
	_ = n << (1 << u)
	_ = 32 << (^uint(0) >> 63)
	_ = float64(1<<3) * 2
	_ = a<<1 + a>>63
	a <<= 3
	a >>= u8
	a |= 1 << n
	take(1<<n, 1<<u, 1<<3, 1<<u, 1<<n, 1<<u8, 1<<2)
	b, c = 1<<u, 1<<u
	_, _ = b, c
	const local = 1 << 4
	var array [1 << local]byte
	_ = array[local<<1 : 1<<n]
	_ = k&(1<<u) != 0
	_ = n&(1<<3) != 0
	_ = 0 != k&(1<<u)
	if n&1 == 1 || k>>3 > 0x1F {
		return 1 << u, 1 << u
	}
	return 1<<63 - 1, 1 << 3
}

func locals() {
	const (
		a         = iota
		b float32 = iota
		c
		d = "x"
	)
	const e, f = a + 1, c * 2
	const g = len("abc") + A
	const h = Kind(g)
	var x [a + 3]int
	var y [h][g]bool
	_, _ = x[a], y[h-1][1]
	_ = [...]int{2: 1, 5}
	_ = [...]string{h: "x"}
	_, _, _ = d, e, f
	const k = len(x) * cap(y)
	var z [k]struct{}
	_ = len(z)
	const w = len([10]int{}) + len("héé")
	var v [w]int
	_ = v
	const deep = ((1 + 2) * (3))
	const neg, not, plus, inv = -deep, !true, +deep, ^deep
	_ = [-neg]int{}
	_ = [inv &^ inv]int{}
	_ = [0x10 | 0b11 ^ 0o7 - 1_0 + 010]int{}
	_ = ['\n' + '\x05' - '\'' + 'é' - '\u00e8' + '\\' - '\\' + 30]int{}
	_ = [7 / 2 % 2 << 3]int{}
	_ = [int(2.5 * 2)]int{}
	_ = [math.MaxUint8]byte{}
	_ = [1e2]byte{}
	_ = [len(C + "d")]byte{}
	_ = [uint8(3) + 1]byte{}
	_ = [len(table)]byte{}
	_ = [len("\t\"é")]byte{}
	_, _, _ = not, plus, inv
}

func builtins(bs []byte, c complex64, m map[Kind]string, ks []Kind) {
	bs = append(bs, "foo"...)
	bs = append(bs, 'x', 1<<3)
	bs = append([]byte(nil), C...)
	_ = copy(bs, "foo")
	_ = copy(bs, C)
	_ = append(ks, First, 2, A)
	delete(m, 3)
	delete(m, Second)
	_ = make([]int, 3, 1<<4)
	_ = make(chan int, typed)
	_ = make(map[string]int, 1e2)
	_ = real(2i) + imag(c)
	_ = real(1 + 2i)
	_ = complex(1, 2)
	_ = complex(1.5, float32(2))
	_ = max(1, 2.5) + float32(1)
	_ = min("a", C)
	_ = min(ks[0], 3)
	_ = min(1, 2)
	_ = max(len(bs), 2, 'a')
	_ = len("x") + cap(bs)
	_ = [max(1, 2, len("abc"))]int{}
	_ = [len([...]int{5: 1})]int{}
	clear(m)
	println(1, 'a', "x", 2.5, 1<<3, C)
	defer close(make(chan int, 1))
	defer delete(m, 4)
	go print("x", nil == any(nil))
	if recover() != nil {
		panic(1 + 2)
	}
	panic("x" + C)
}
