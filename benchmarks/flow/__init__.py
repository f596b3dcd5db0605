"""Judges of goleaklint.flow: what its graphs and facts say, held against what Go does."""
