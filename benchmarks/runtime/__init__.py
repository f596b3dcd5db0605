"""How many of the leaks in the programs of Go's own goroutine leak tests are reported."""
