package generator

import "testing"

// TestKindFiles looks into what kind and the machine read.
func TestKindFiles(t *testing.T) {
	const ports = `cluster: {kind: "kind", hostPorts: {http: 8080}, nodes: [{name: "a"}, {name: "b", role: "control-plane"}, {name: "c", role: "control-plane"}]}`
	filesHave(t, []fileCase{
		{"ports of the first control plane", ports + traefik3, "p/kind/cluster.yaml",
			[]string{"- role: worker\n- role: control-plane\n  labels:\n    ingress-ready: \"true\"\n", "containerPort: 30080\n    hostPort: 8080\n", "containerPort: 30443\n    hostPort: 443\n"}, []string{"image:"}},
		{"no ports unless asked for", `cluster: kind: "kind"` + traefik3, "p/kind/cluster.yaml", nil, []string{"extraPortMappings"}},
	})
	valuesHave(t, []valueCase{
		{"the ports of Traefik's Service", ports + traefik3, "traefik", map[string]string{
			"ports.web.nodePort": "30080", "ports.websecure.nodePort": "30443", "service.type": "NodePort",
		}},
		{"none unless asked for", `cluster: kind: "kind"` + traefik3, "traefik", map[string]string{"ports.web.nodePort": ""}},
	})
}
