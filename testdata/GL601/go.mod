module goleaklint.example/timers

go 1.22
