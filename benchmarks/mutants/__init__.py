"""Correct Go code with one release taken away: how many of the leaks that this makes are reported?"""
