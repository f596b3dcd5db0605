"""How well goleaklint.types knows Go: held against what Go's own type checker says of the same source."""
