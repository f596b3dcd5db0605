"""Control-flow graphs as text and as Mermaid drawings."""

import textwrap

from go_traces import function

from goleaklint.flow.lower import lower
from goleaklint.flow.printing import graph_mermaid, graph_text

BODY = """\
\tif x == "<a>" {
\t\treturn
\t}
\tselect {
\tcase c <- 1:
\t}
\tlonger(aaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbb, cccccccccccc)"""


def test_a_graph_as_text() -> None:
    text, body = function(BODY)
    assert graph_text(lower(body, lambda call: False), text) == textwrap.dedent("""\
        block 0 entry
          -> 5 true: x == "<a>"
          -> 6 false: x == "<a>"
        block 1 returned
        block 5
          5: Return return
          -> 1 return
        block 6
          -> 7
        block 7
          7: Select select { case c <- 1: }
          -> 9 case: case c <- 1:
        block 8
          10: Call longer(aaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbb...
          -> 1 return
        block 9
          -> 8
        """)


def test_a_graph_as_a_drawing() -> None:
    text, body = function(BODY)
    lines = graph_mermaid(lower(body, lambda call: False), text).splitlines()
    assert lines[0] == "flowchart TD"
    assert '  b0 -->|"true: x == &quot;&lt;a&gt;&quot;"| b5' in lines
    assert '  b5["5: Return return"]' in lines
    assert '  b1["returned"]' in lines
    assert "  b9 --> b8" in lines
