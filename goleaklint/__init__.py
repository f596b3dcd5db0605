"""goleaklint finds leaks in Go source: goroutines that never end, resources never given back, memory never let go.

The folders of this package, read downwards in `pipeline.py`, are the journey of a Go file from bytes to finding.
"""
