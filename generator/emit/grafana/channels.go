package grafana

import (
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/emit/escape"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// provisioning is a file of datasources as Grafana reads it.
func provisioning(c *emit.Context, list *tree.List) *tree.Map {
	file := tree.NewMap()
	file.Set("apiVersion", c.Int(1, "the version of the provisioning format"))
	file.SetNode("datasources", list)
	return file
}

// inValues hands the datasources over in Helm values, of which the charts make
// a provisioning file.
func inValues(c *emit.Context) {
	g, v := c.Plan.Grafana, c.Values("grafana")
	list := datasources(c, escape.GrafanaFile)
	if g.Stack() {
		v.SetNode(g.Str("datasourcesKey").Value, others(c.Plan, list))
		return
	}
	// Beside a file that the user's own release may have, under a name of its
	// own: Helm replaces lists whole.
	key := g.Str("datasourcesKey")
	if g.Delivery.Way == plan.ByComponent {
		key = g.Str("datasourcesOwnKey")
	}
	v.SetNode(key.Value, provisioning(c, list))
}

// sidecar hands the datasources over in a ConfigMap, which a sidecar of Grafana
// finds by its label and writes beside the provisioned files. That of
// kube-prometheus-stack looks in its own namespace only.
func sidecar(c *emit.Context) {
	g, v := c.Plan.Grafana, c.Values("grafana")
	label := g.Str("datasourceLabel").Named("grafana.sidecar")
	v.Set(g.Str("sidecarDatasourcesKey").Value, fact.Derive(true, g.Sidecar, label))
	v.Set(g.Str("sidecarLabelKey").Value, label)
	value := fact.Derive("1", label) // what the chart grafana takes, too, which asks for no value
	if g.Knows("datasourceLabelValue") {
		of := g.Str("datasourceLabelValue")
		value = fact.Derive(of.Value, of, label)
	}
	list := datasources(c, escape.GrafanaFile)
	if g.Stack() {
		list = others(c.Plan, list)
	}
	file := provisioning(c, list)
	configMap(c, "datasources", label, value, "tracing.yaml", text(c, &tree.File{Body: tree.YAML{file}}, file))
}

// configMap is one that Grafana's sidecar reads a file from.
func configMap(c *emit.Context, what string, label, value fact.String, key string, content fact.String) {
	o := c.NewObject("v1", "ConfigMap", "a core object of Kubernetes", c.Str("tracing-"+what, "no name that the charts take"), c.Plan.Grafana.Namespace)
	o.Set(tree.JoinKey("metadata.labels", label.Value), value)
	o.Set(tree.JoinKey("data", key), content)
	c.Object("grafana", what+"-configmap.yaml", o)
}

// text is a file inside an object. It comes from all that its leaves do.
func text(c *emit.Context, file *tree.File, root tree.Node) fact.String {
	from := []fact.Any{c.Str("", "a file inside an object")}
	tree.Walk(root, "", func(_ string, n tree.Node, o fact.Origin) {
		if _, ok := n.(*tree.Leaf); ok {
			from = append(from, fact.String{Origin: o})
		}
	})
	return fact.Derive(string(file.Encode()), from...)
}

// objects hands the datasources over to the grafana-operator, which calls
// Grafana's API.
func objects(c *emit.Context) {
	for _, item := range datasources(c, escape.GrafanaAPI).Items {
		d := item.(*tree.Map)
		kind := d.Get("type").(*tree.Leaf).Value.(string)
		o := object(c, "GrafanaDatasource", kind)
		o.SetNode("spec.uid", d.Get("uid"))
		for _, key := range d.Keys() {
			if key != "uid" { // there is one in the datasource, too, which is deprecated
				o.SetNode("spec.datasource."+key, d.Get(key))
			}
		}
		c.Object("grafana", "datasource-"+kind+".yaml", o)
	}
}

// object is one of the operator's, for the Grafanas that the topology means.
func object(c *emit.Context, kind, name string) *tree.Map {
	g, in := c.Plan.Grafana, c.Plan.Topology.Grafana.GrafanaOperator
	o := c.NewObject("grafana.integreatly.org/v1beta1", kind, "the grafana-operator's object", c.Str("tracing-"+name, "a name that is free"), g.Namespace)
	if len(in.InstanceSelector) == 0 { // which must be there, and then means every Grafana
		every := tree.NewMap()
		every.Origin = c.Origin("no label is asked for")
		o.SetNode("spec.instanceSelector", every)
	}
	for _, l := range in.InstanceSelector {
		o.Set(tree.JoinKey("spec.instanceSelector.matchLabels", l.Key.Value), plan.Leaf(l.Value))
	}
	if in.CrossNamespace.Value {
		o.Set("spec.allowCrossNamespaceImport", plan.Leaf(in.CrossNamespace))
	}
	return o
}

// others leaves out the datasource that kube-prometheus-stack makes itself, the
// last.
func others(p *plan.Plan, list *tree.List) *tree.List {
	if p.Prometheus != nil && p.Prometheus.Stack {
		list.Items = list.Items[:len(list.Items)-1]
	}
	return list
}
