"""One function in, with the summaries of what it calls; its own summary out."""

from goleaklint.calls.arguments import Arguments
from goleaklint.calls.outcomes import Outcomes
from goleaklint.calls.scan import Scan
from goleaklint.calls.summary import ParamSummary, Summary
from goleaklint.flow import ops


def summarise(scan: Scan, watched: frozenset[str]) -> Summary:
    """The function's summary, as far as those of its callees are known by now.

    Of the methods called on parameters it tells those in `watched`.
    """
    graph, reachable = scan.graph, scan.reachable
    returns, fails = graph.returned in reachable, bool({graph.panicked, graph.stopped} & reachable)
    arguments, outcomes = Arguments(scan, watched), Outcomes(scan)
    spawned_below = any(known.summary is not None and known.summary.spawns for _, known in scan.calls)
    contexts = [symbol for symbol in scan.params if symbol is not None and outcomes.is_context(symbol)]
    return Summary(
        params=tuple(ParamSummary() if symbol is None else arguments.param(symbol) for symbol in scan.params),
        results=tuple(map(outcomes.result, range(len(outcomes.types)))),
        never_returns=not returns,
        returns_only_if=outcomes.returns_only_if() if returns and fails else None,
        blocks=tuple(dict.fromkeys(outcomes.blocks())),
        observes_context=any(map(outcomes.observes, contexts)),
        spawns=spawned_below or bool(scan.all(ops.Go)),
        panics=graph.panicked in reachable,
    )
