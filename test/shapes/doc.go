// Package shapes holds the shape of Kubernetes' own types to the version of
// k8s.io/api that its go.mod pins. It is a module of its own, so that tracegen
// does not depend on Kubernetes.
//
// To take a newer one, raise both here and set version in the test, then run the
// test with TRACEGEN_UPDATE=1.
package shapes
