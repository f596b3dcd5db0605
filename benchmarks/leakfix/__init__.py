"""How many of the leaks that real commits have fixed are reported before the fix, and no longer after it."""
