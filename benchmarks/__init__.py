"""Measurements of goleaklint: how right and how fast it is."""
