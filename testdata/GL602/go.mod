module goleaklint.example/timeafter

go 1.22
