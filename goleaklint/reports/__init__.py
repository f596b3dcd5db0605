"""Findings in, text for people and machines out: one module for each format."""
