"""The journey of Go files from patterns to findings, one call per stage. `run.py` is where to start reading."""
