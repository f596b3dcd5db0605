"""The functions of a module in; who calls whom, what each does and when it runs, out: the whole graph, or on demand."""
