"""Bytes in, Go syntax out: the only stage that knows tree-sitter."""
