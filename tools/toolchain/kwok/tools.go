//go:build tools

// Package kwok pins the simulator of kubelets that tools/toolchain builds beside the control plane.
package kwok

import _ "sigs.k8s.io/kwok/cmd/kwok"
