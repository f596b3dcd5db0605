package main

import (
	"os"
	"runtime"
)

// Part is a file in transit.
type Part struct {
	file    *os.File
	cleanup runtime.Cleanup
	buffer  [32 << 10]byte
}

// NewPart leaks: the finalizer captures the part that it waits for, so no part is ever collected, not even a closed one.
func NewPart(spool string) (*Part, error) {
	file, err := os.CreateTemp(spool, "part-*")
	if err != nil {
		return nil, err
	}
	part := &Part{file: file}
	runtime.SetFinalizer(part, func(*Part) {
		part.Close()
	})
	return part, nil
}

// OpenPart is right: the cleanup holds the file, not the part.
func OpenPart(name string) (*Part, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	part := &Part{file: file}
	part.cleanup = runtime.AddCleanup(part, func(file *os.File) { file.Close() }, file)
	return part, nil
}

// Close gives the file back.
func (p *Part) Close() error {
	p.cleanup.Stop()
	return p.file.Close()
}
