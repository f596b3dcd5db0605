module goleaklint.dev/benchmarks/types/oracle

go 1.24
