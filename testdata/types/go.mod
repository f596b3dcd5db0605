module goleaklint.example/types

go 1.24
