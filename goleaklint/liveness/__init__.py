"""Goroutines and what they share (channels, locks, wait groups) in, the operations at which one is left behind out."""
