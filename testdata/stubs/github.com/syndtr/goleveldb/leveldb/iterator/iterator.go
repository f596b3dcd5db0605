package iterator

type Iterator interface {
	Error() error
	First() bool
	Key() []byte
	Last() bool
	Next() bool
	Prev() bool
	Release()
	Seek(key []byte) bool
	Valid() bool
	Value() []byte
}

func NewEmptyIterator(err error) Iterator { return &empty{err} }

type empty struct{ err error }

func (i *empty) Error() error         { return i.err }
func (i *empty) First() bool          { return false }
func (i *empty) Key() []byte          { return nil }
func (i *empty) Last() bool           { return false }
func (i *empty) Next() bool           { return false }
func (i *empty) Prev() bool           { return false }
func (i *empty) Release()             {}
func (i *empty) Seek(key []byte) bool { return false }
func (i *empty) Valid() bool          { return false }
func (i *empty) Value() []byte        { return nil }
