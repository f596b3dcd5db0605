"""Where benchmarks keep what is costly to fetch."""

import os
from pathlib import Path


def cache_directory() -> Path:
    """The user's cache directory for the benchmarks; it may not exist yet."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "goleaklint-benchmarks"
