module goleaklint.example/types126

go 1.26
