"""Who must give back what, on which path: what a function acquires, and the ways on which it keeps it for good."""
