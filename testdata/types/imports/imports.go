// Package imports reaches the others in all the ways there are.
package imports

import (
	"context"
	. "errors"
	_ "expvar"
	str "strings"

	"goleaklint.example/types/generated"
	. "goleaklint.example/types/generic"
	g "goleaklint.example/types/infer"
	"goleaklint.example/types/internal/hidden"
	"goleaklint.example/types/names/odd"
	"goleaklint.example/types/promote"
	"goleaklint.example/types/variants"
)

type Own struct {
	*promote.Deep
	List[even.Number]
	hidden.Secret
}

func use(ctx context.Context, o Own, c promote.Closing) {
	_ = New("x").Error() + str.ToUpper("y")
	_ = Is(nil, ErrUnsupported)
	o.Deep.Rename("x")
	o.Lock()
	_ = o.Level
	o.Push(even.Two).Push(2)
	_ = even.Two.Half() + even.Half(3)
	_ = o.Reveal().Inner.Value
	_ = hidden.Make().Reveal()
	_ = hidden.Known[0].Value
	_ = g.Map([]int{1}, even.From)
	_ = *g.Ptr(o.Secret)
	_ = c.Describe()
	_ = generated.NewMessage("x").GetBody().GetSize()
	_ = generated.Kind_name[generated.Kind_A]
	var m generated.Message
	m.Body = &generated.Body{Size: 3}
	_ = generated.Write(m).Size + int64(generated.Kind_B)
	_ = variants.Open("x").Close()
	_ = variants.Name + "x"
	_ = variants.Default.Describe()
	_ = Sum[Age](1)
	_ = Pair[even.Number, *Own]{Value: &o}.Value.Level
	_ = even.Table[even.Two]
	<-ctx.Done()
}

func shadowed(str func() int, even []int) {
	_ = str() + even[0]
	promote := struct{ Both int }{}
	_ = promote.Both
}

const bits = len(hidden.Sum{}) * 8

type table [bits / 15]*hidden.Secret

func lengths(t table) {
	_ = t[0].Inner
	_ = [len(hidden.Zero)]int{}
}
