"""The functions of a module in, who calls whom out: calls, goroutines and defers, through closures and interfaces."""
