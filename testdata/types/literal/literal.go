// Package literal holds composite literals, with and without the types of what is in them.
package literal

type Point struct{ X, Y float64 }
type Line struct{ From, To *Point }
type Points []Point
type Lines map[string]*Line
type Grid [2][3]Point
type Key struct{ a, b int }
type Tree struct {
	Value    int
	Children []*Tree
	Parent   *Tree
	Tags     map[string][]string
	Visit    func(*Tree) bool
	Inner    struct{ n, m uint8 }
	Many     []struct {
		Name string `json:"name"`
		Any  any
	}
}
type Pointers []*Point
type Boxed[T any] struct{ Items []T }
type Alias = map[Key]Point
type Generic[T any] []T
type ToPoint *Point

func literals() {
	_ = Point{1, 2}
	_ = &Point{X: 1}
	_ = []Point{{1, 2}, {X: 3}, Point{}}
	_ = []*Point{{1, 2}, nil, &Point{}}
	_ = Points{{1, 2}}[0].X
	_ = Pointers{{1, 2}}[0].Y
	_ = Lines{"a": {From: &Point{1, 2}}, "b": nil}
	_ = map[Key]Point{{1, 2}: {3, 4}, Key{}: {}}
	_ = map[*Key][]Point{{1, 2}: {{3, 4}}}
	_ = Alias{{a: 1}: {Y: 2}}
	_ = [][]int{{1}, {2, 3}, nil}
	_ = [2][2]string{{"a"}, 1: {1: "b"}}
	_ = [...]Point{2: {1, 2}, {}}
	_ = [...][2]int{{1}, {2}}
	_ = Grid{{{1, 2}}, {1: {3, 4}}}
	_ = map[string]map[string][]Point{"a": {"b": {{1, 2}}}}
	_ = map[string][]*Line{"a": {{&Point{}, nil}}}
	_ = []struct{ a, b int }{{1, 2}, {b: 3}}
	_ = []*struct{ p Point }{{Point{}}, {p: Point{1, 2}}}
	_ = map[string]struct{}{"a": {}}
	_ = [3]func(int) error{nil, func(int) error { return nil }}
	_ = []any{1, "a", 'r', nil, 2.5, Point{}, []int{1}}
	_ = []float32{1, 'a', 2.5, 1 << 3}
	_ = map[any]int{1: 1, "a": 'b'}
	_ = map[[2]int]bool{{1, 2}: true}
	_ = []map[string]int{{"a": 1}, {}}
	_ = []ToPoint{&Point{}}
	_ = []interface{ M() }{nil}
	_ = []chan int{make(chan int), nil}
	_ = [...]rune{'a': 'b', 98: 3}
	t := Tree{
		Value:    1,
		Children: []*Tree{{Value: 2, Children: []*Tree{{}}}, nil},
		Tags:     map[string][]string{"x": {"y"}},
		Visit:    func(t *Tree) bool { return t.Parent == nil },
		Inner:    struct{ n, m uint8 }{1, 'x'},
	}
	t.Many = append(t.Many, struct {
		Name string `json:"name"`
		Any  any
	}{"a", 1})
	t.Inner.n++
	_ = t.Many[0].Name
	_ = &[]int{1}
	_ = (&[3]int{1, 2})[1]
	_ = &map[string]int{}
	_ = Boxed[Point]{[]Point{{1, 2}}}
	_ = Boxed[*Line]{Items: []*Line{{}}}.Items[0].From
	_ = []Boxed[int]{{[]int{1}}}
	_ = Generic[Point]{{1, 2}, 3: {}}
	_ = Generic[*Point]{{1, 2}}
	_ = map[string]Generic[Key]{"a": {{1, 2}}}
	_ = struct {
		Point
		n int
	}{Point{1, 2}, 3}.X
	_ = struct{ Boxed[int] }{Boxed[int]{}}.Items
	type local struct{ p *Point }
	_ = []local{{&Point{}}, {p: nil}}
	_ = map[local]*local{{nil}: {nil}}
	if t.Inner == struct{ n, m uint8 }{1, 2} {
		return
	}
	for _, each := range []struct {
		name string
		want Point
	}{{"a", Point{}}, {name: "b"}} {
		_ = each.want.X
		_ = each.name
	}
	x := 1
	_ = map[int]string{x: "a", x + 1: "b"}
	_ = []int{0: x, 3: x}
}

func generic[T any, S ~[]T, M ~map[string]T, P ~struct{ t T }](t T) {
	_ = []T{t}
	_ = S{t, t}
	_ = M{"a": t}
	_ = P{t}
	_ = P{t: t}
	_ = []S{{t}, nil}
	_ = map[string]M{"a": {"b": t}}
	_ = Boxed[T]{[]T{t}}
}
