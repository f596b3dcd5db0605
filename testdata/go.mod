module goleaklint.example/testdata

go 1.24

require (
	github.com/cockroachdb/pebble v1.1.0
	github.com/cometbft/cometbft-db v1.0.0
	github.com/dgraph-io/badger/v4 v4.0.0
	github.com/ethereum/go-ethereum v1.15.0
	github.com/fsnotify/fsnotify v1.8.0
	github.com/gorilla/websocket v1.5.0
	github.com/libp2p/go-libp2p v0.40.0
	github.com/multiformats/go-multiaddr v0.14.0
	github.com/prometheus/prometheus v0.300.0
	github.com/quic-go/quic-go v0.50.0
	github.com/syndtr/goleveldb v1.0.0
	go.etcd.io/bbolt v1.4.0
	go.etcd.io/etcd/client/pkg/v3 v3.5.0
	go.etcd.io/etcd/client/v3 v3.5.0
	go.opentelemetry.io/otel/trace v1.32.0
	golang.org/x/sync v0.10.0
	google.golang.org/grpc v1.70.0
)

// Declarations of third parties, as far as fixtures need them.
replace (
	github.com/cockroachdb/pebble => ./stubs/github.com/cockroachdb/pebble
	github.com/cometbft/cometbft-db => ./stubs/github.com/cometbft/cometbft-db
	github.com/dgraph-io/badger/v4 => ./stubs/github.com/dgraph-io/badger/v4
	github.com/ethereum/go-ethereum => ./stubs/github.com/ethereum/go-ethereum
	github.com/fsnotify/fsnotify => ./stubs/github.com/fsnotify/fsnotify
	github.com/gorilla/websocket => ./stubs/github.com/gorilla/websocket
	github.com/libp2p/go-libp2p => ./stubs/github.com/libp2p/go-libp2p
	github.com/multiformats/go-multiaddr => ./stubs/github.com/multiformats/go-multiaddr
	github.com/prometheus/prometheus => ./stubs/github.com/prometheus/prometheus
	github.com/quic-go/quic-go => ./stubs/github.com/quic-go/quic-go
	github.com/syndtr/goleveldb => ./stubs/github.com/syndtr/goleveldb
	go.etcd.io/bbolt => ./stubs/go.etcd.io/bbolt
	go.etcd.io/etcd/client/pkg/v3 => ./stubs/go.etcd.io/etcd/client/pkg/v3
	go.etcd.io/etcd/client/v3 => ./stubs/go.etcd.io/etcd/client/v3
	go.opentelemetry.io/otel/trace => ./stubs/go.opentelemetry.io/otel/trace
	golang.org/x/sync => ./stubs/golang.org/x/sync
	google.golang.org/grpc => ./stubs/google.golang.org/grpc
)
