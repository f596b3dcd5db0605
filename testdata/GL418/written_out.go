// Loops over lists that the source writes out: there are as many rounds as it has words for.
package gl418

import (
	"io"
	"os"
)

var settings = []string{"defaults.toml", "site.toml", "user.toml"}

func okPackageVariable() int64 {
	var size int64
	for _, name := range settings {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close()
		n, _ := io.Copy(io.Discard, f)
		size += n
	}
	return size
}

var halves [2]string

func okArray() int64 {
	var size int64
	for _, name := range halves {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close()
		n, _ := io.Copy(io.Discard, f)
		size += n
	}
	return size
}

func okParameter() int64 { return sizes([]string{"a", "b"}) + sizes(settings) }

func sizes(names []string) int64 {
	var size int64
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close()
		n, _ := io.Copy(io.Discard, f)
		size += n
	}
	return size
}

var registered = []string{"defaults.toml"}

// Register makes it one more, and whoever calls it may do so for every user.
func Register(name string) { registered = append(registered, name) }

func registeredSizes() int64 {
	var size int64
	for _, name := range registered {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close() // want GL418 "f of every round"
		n, _ := io.Copy(io.Discard, f)
		size += n
	}
	return size
}
