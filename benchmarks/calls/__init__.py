"""How well goleaklint.calls knows who calls whom: held against the call graphs of golang.org/x/tools."""
