module github.com/cometbft/cometbft-db

go 1.24
