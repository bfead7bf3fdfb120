//go:build tools

// Package kubernetes pins the control plane that tools/toolchain builds for rehearsals and tests: go.mod and go.sum say
// exactly which sources go in.
package kubernetes

import (
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
	_ "k8s.io/kubernetes/cmd/kube-controller-manager"
	_ "k8s.io/kubernetes/cmd/kube-scheduler"
)
