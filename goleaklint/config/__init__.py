"""A configuration file and the command line come in; one frozen Config goes out, or every mistake in them at once.

A configuration file may lie in the repository under analysis, so it is not trusted: it names data and switches rules,
and nothing that it says makes the tool run code.
"""

from goleaklint.config.globs import PathGlob
from goleaklint.config.loading import FILE_NAMES, find_config, load_config, read_config
from goleaklint.config.overrides import Overrides, apply_overrides
from goleaklint.config.rule_names import RuleNames
from goleaklint.config.settings import Config, FailOn, Modules

__all__ = [
    "FILE_NAMES",
    "Config",
    "FailOn",
    "Modules",
    "Overrides",
    "PathGlob",
    "RuleNames",
    "apply_overrides",
    "find_config",
    "load_config",
    "read_config",
]
