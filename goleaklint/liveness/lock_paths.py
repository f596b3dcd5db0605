"""A function in; which locks it holds where it ends, which it takes twice, and what it does to its callers' locks, out.

A dataflow of locksets along the paths that facts allow: a lock that is unlocked before it was locked is the caller's
(it is owed), and locking it again then only gives it back.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.flow.exits import facts_at_start, literal_of
from goleaklint.flow.facts import NOTHING, Facts
from goleaklint.flow.graph import Edge, EdgeKind
from goleaklint.index.symbols import Symbol
from goleaklint.liveness.lock_effects import EMPTY, Effect, Effects, Take, taken
from goleaklint.liveness.locks import Action, Lock, lock_at, lock_call, unlocked_by
from goleaklint.syntax import ast
from goleaklint.syntax.walk import expressions
