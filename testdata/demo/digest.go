package main

import (
	"crypto/sha256"
	"io"
	"os"
)

// digests leaks: each file stays open until the last one is read, and a large spool holds more files than a process may
// have open.
func digests(names []string) (map[[sha256.Size]byte]string, error) {
	sums := make(map[[sha256.Size]byte]string, len(names))
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		hash := sha256.New()
		if _, err := io.Copy(hash, file); err != nil {
			return nil, err
		}
		sums[[sha256.Size]byte(hash.Sum(nil))] = name
	}
	return sums, nil
}

// total is right: each file is closed by the function that opened it.
func total(names []string) (int64, error) {
	var sum int64
	for _, name := range names {
		n, err := size(name)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}

func size(name string) (int64, error) {
	part, err := OpenPart(name)
	if err != nil {
		return 0, err
	}
	defer part.Close()
	info, err := part.file.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
