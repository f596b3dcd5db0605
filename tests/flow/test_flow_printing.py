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
          -> 4 true: x == "<a>"
          -> 5 false: x == "<a>"
        block 1 returned
        block 4
          5: Return return
          -> 1 return
        block 5
          -> 6
        block 6
          7: Select select { case c <- 1: }
          -> 8 case: case c <- 1:
        block 7
          10: Call longer(aaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbb...
          -> 1 return
        block 8
          -> 7
        """)


def test_a_graph_as_a_drawing() -> None:
    text, body = function(BODY)
    lines = graph_mermaid(lower(body, lambda call: False), text).splitlines()
    assert lines[0] == "flowchart TD"
    assert '  b0 -->|"true: x == &quot;&lt;a&gt;&quot;"| b4' in lines
    assert '  b4["5: Return return"]' in lines
    assert '  b1["returned"]' in lines
    assert "  b8 --> b7" in lines
