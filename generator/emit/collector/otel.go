package collector

import (
	"fmt"
	"slices"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// otel writes the values of the chart opentelemetry-collector, and the
// configuration in them.
func otel(c *emit.Context) {
	a, in := c.Plan.Collector, c.Plan.Topology.Collector
	config := otelConfig(c)
	c.File("otel-collector/config.yaml", tree.YAML{config})

	v := c.Values(plan.OtelCollector)
	mode := plan.Leaf(in.Controller)
	v.Set(a.Str("modeKey").Value, mode)
	v.Set(a.Str("imageKey").Value, c.Str("otel/opentelemetry-collector-contrib", "the distribution that has every component of the pipeline"))
	if in.Replicas.Present() {
		v.Set(a.Str("replicasKey").Value, plan.Leaf(in.Replicas))
	}
	emit.Resources(v, a.Str("resourcesKey").Value, in.Resources)
	ports(c, v)
	mount(c, v, a.Str("volumesKey").Value, a.Str("volumeMountsKey").Value)
	if p := a.PodLogs; p != nil {
		v.Set(a.Str("presetLogsKey").Value, fact.Derive(true, p.URL))
		for _, at := range a.Strs("containerSecurityKeys").Value {
			const why = "container runtimes let nobody else read the files (containerd writes them with mode 0640)"
			v.Set(at+".runAsUser", c.Int(0, why))
			v.Set(at+".runAsGroup", c.Int(0, why))
		}
	}
	if in.KubernetesAttributes.Value || a.PodLogs != nil {
		clusterRole(c, v)
		if mode.Value == "daemonset" {
			at := a.Str("envKey").Value
			v.Set(at+"[0].name", fact.Derive(nodeVariable, mode))
			v.Set(at+"[0].valueFrom.fieldRef.fieldPath", c.Str("spec.nodeName", "the node that the pod runs on"))
		}
	}

	env(c, v, a.Str("envKey").Value)
	at := a.Str("configKey").Value
	v.SetNode(at, copied(config))
	without(c, v, at, config)
}

// ports opens those of the receivers that are on, and closes those that the
// chart opens by itself.
func ports(c *emit.Context, v *tree.Map) {
	a, in := c.Plan.Collector, c.Plan.Topology.Collector
	key := a.Str("portsKey").Value
	defaults := a.Strs("defaultPorts")
	var open []string
	for _, rc := range a.Receivers.On() {
		name := otelPort(rc)
		open = append(open, name)
		at := tree.JoinKey(key, name)
		v.Set(at+".enabled", rc.On)
		v.Set(at+".containerPort", rc.Port)
		v.Set(at+".servicePort", rc.Port)
		v.Set(at+".protocol", transport(c, rc))
		if in.Controller.Value == "daemonset" && slices.Contains(defaults.Value, name) {
			// Senders come by the Service: a port of the node would be one
			// that nothing else on it may have.
			v.SetNode(at+".hostPort", nothing(defaults))
		}
	}
	for _, name := range defaults.Value {
		if !slices.Contains(open, name) {
			v.Set(tree.JoinKey(key, name)+".enabled", fact.Derive(false, defaults))
		}
	}
	if mode := plan.Leaf(in.Controller); mode.Value == "daemonset" {
		v.Set(a.Str("serviceKey").Value, fact.Derive(true, mode))
	}
}

// otelPort is what the chart calls a receiver's port.
func otelPort(rc plan.Receiver) string {
	switch rc.Name {
	case "otlp-grpc":
		return "otlp"
	case "jaeger-thrift-http":
		return "jaeger-thrift"
	}
	return portName(rc).Value
}

// clusterRole lets the pods ask Kubernetes of others. The chart's preset would
// put its processor before the memory limiter.
func clusterRole(c *emit.Context, v *tree.Map) {
	at := c.Plan.Collector.Str("clusterRoleKey").Value
	const why = "what the processor k8sattributes asks for"
	v.Set(at+".create", c.Bool(true, why))
	for i, rule := range []struct {
		group     string
		resources []string
	}{
		{"", []string{"pods", "namespaces"}},
		{"apps", []string{"replicasets"}},
	} {
		to := tree.NewMap()
		to.SetNode("apiGroups", texts(c, why, rule.group))
		to.SetNode("resources", texts(c, why, rule.resources...))
		to.SetNode("verbs", texts(c, why, "get", "list", "watch"))
		v.SetNode(fmt.Sprintf("%s.rules[%d]", at, i), to)
	}
}

func texts(c *emit.Context, why string, values ...string) *tree.List {
	var facts []fact.String
	for _, v := range values {
		facts = append(facts, c.Str(v, why))
	}
	return tree.Strings(facts...)
}

// nothing is a null, which takes a default of the chart away.
func nothing(why fact.Any) *tree.Leaf {
	o, _ := why.Source()
	return &tree.Leaf{Origin: o}
}

// copied copies the configuration for the values, which are sorted, and changed
// where the file beside them is not.
func copied(n tree.Node) tree.Node {
	switch n := n.(type) {
	case *tree.Map:
		out := tree.NewMap()
		out.Origin = n.Origin
		for _, k := range n.Keys() {
			out.Put(k, copied(n.Get(k)))
		}
		return out
	case *tree.List:
		out := &tree.List{Origin: n.Origin}
		for _, item := range n.Items {
			out.Items = append(out.Items, copied(item))
		}
		return out
	}
	return n
}

// without takes away what the chart's own configuration has and ours has not:
// Helm would merge the two.
func without(c *emit.Context, v *tree.Map, at string, config *tree.Map) {
	a := c.Plan.Collector
	drop := func(path, feature string) {
		names := a.Strs(feature)
		for _, name := range names.Value {
			if p := tree.JoinKey(path, name); config.Lookup(p) == nil {
				v.SetNode(at+"."+p, nothing(names))
			}
		}
	}
	drop("receivers", "defaultReceivers")
	for _, receiver := range []string{"otlp", "jaeger"} {
		if config.Lookup("receivers."+receiver) != nil {
			drop("receivers."+receiver+".protocols", "defaultProtocols."+receiver)
		}
	}
	drop("processors", "defaultProcessors")
	drop("exporters", "defaultExporters")
	drop("extensions", "defaultExtensions")
	drop("service.pipelines", "defaultPipelines")
	if in := c.Plan.Topology.Collector.MemoryLimit; in != nil && in.MemoryMebibytes != nil {
		if from := a.Str("memoryLimiter"); from.Value == "values" {
			for _, name := range []string{"limit_percentage", "spike_limit_percentage"} {
				v.SetNode(at+".processors.memory_limiter."+name, nothing(from))
			}
		}
	}
}
