// Package generated mixes code that was written with code that was generated.
package generated

type Written struct {
	Message
	Size int64
}

func NewMessage(name string) *Message {
	return &Message{Body: &Body{int64(len(name))}, Kind: Kind_A}
}

func Write(m Message) Written {
	w := Written{Message: m, Size: m.GetBody().Size}
	w.Kind = Kind_B
	_ = w.GetBody().GetSize()
	_ = Kind_name[w.Kind]
	return w
}
