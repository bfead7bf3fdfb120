//go:build tools

// Package loki pins the program that checks the configuration of logs which clusters get.
package loki

import _ "github.com/grafana/loki/v3/cmd/loki"
