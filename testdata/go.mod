module goleaklint.example/testdata

go 1.24
