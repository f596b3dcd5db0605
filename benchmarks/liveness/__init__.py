"""How well goleaklint.liveness knows Go: held against runs of random concurrent programs."""
