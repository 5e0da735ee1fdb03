package tree

import (
	"bytes"
	"fmt"
	"testing"

	"go.yaml.in/yaml/v3"
)

// values is a tree of the size of a Helm values file.
func values() *Map {
	m := NewMap()
	for i := range 20 {
		p := fmt.Sprintf("component%d", i)
		m.Set(p+".image.tag", str("2.2.4"))
		m.Set(p+".image.repository", str("docker.io/grafana/tempo"))
		m.Set(p+".service.port", num(4317))
		m.Set(p+".endpoint", str("http://tempo.tracing.svc.cluster.local:3200"))
		m.Set(p+".args[0]", str("--log.level=debug"))
		m.Set(p+".args[1]", str("{{ .Values.x }}"))
		m.Set(p+".env[0].name", str("POD_IP"))
		m.Set(p+".env[0].value", str("yes"))
		m.Set(p+".config", str("receivers:\n  otlp:\n    endpoint: x\nexporters:\n  otlp: {}\n"))
		m.SetNode(p+".ratio", leaf(0.1))
		m.SetNode(p+".nodeSelector", NewMap())
	}
	return m
}

// library makes what yaml.v3 encodes in order.
func library(n Node) *yaml.Node {
	y := &yaml.Node{}
	switch n := n.(type) {
	case *Map:
		y.Kind = yaml.MappingNode
		for _, k := range n.keys {
			y.Content = append(y.Content, library(leaf(k)), library(n.Get(k)))
		}
	case *List:
		y.Kind = yaml.SequenceNode
		for _, v := range n.Items {
			y.Content = append(y.Content, library(v))
		}
	case *Leaf:
		if err := y.Encode(n.Value); err != nil {
			panic(err)
		}
	}
	return y
}

func BenchmarkYAML(b *testing.B) {
	root := values()
	b.Run("ours", func(b *testing.B) {
		f := File{Body: YAML{root}}
		b.ReportAllocs()
		for b.Loop() {
			b.SetBytes(int64(len(f.Encode())))
		}
	})
	b.Run("yaml.v3", func(b *testing.B) {
		y := library(root)
		b.ReportAllocs()
		for b.Loop() {
			var w bytes.Buffer
			e := yaml.NewEncoder(&w)
			e.SetIndent(2)
			if err := e.Encode(y); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(w.Len()))
		}
	})
}
