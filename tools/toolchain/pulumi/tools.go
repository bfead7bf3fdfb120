//go:build tools

// Package pulumi pins the Pulumi CLI that tools/toolchain builds when no release can be had: go.mod and go.sum say
// exactly which sources go in.
package pulumi

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
