package opt

type Options struct{ ReadOnly bool }
type ReadOptions struct{ DontFillCache bool }
type WriteOptions struct{ Sync bool }
