package peer

type ID string

type AddrInfo struct{ ID ID }
