// Package closing is another package, whose function closes what it is given.
package closing

import "io"

// Quietly closes, and says nothing of errors.
func Quietly(c io.Closer) { _ = c.Close() }
