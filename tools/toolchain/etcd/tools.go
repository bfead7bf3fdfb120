//go:build tools

// Package etcd pins the etcd that tools/toolchain builds where none is installed.
package etcd

import _ "go.etcd.io/etcd/server/v3"
