// Package nginx emits the Helm values of ingress-nginx.
package nginx

import (
	"strconv"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

// Emitter is this package's.
var Emitter = &emit.Emitter{
	Name: "ingress-nginx",
	Doc:  "Helm values of ingress-nginx: tracing, access log, how it is reached",
	Run:  run,
}

func run(c *emit.Context) error {
	if c.Plan.Nginx == nil {
		return nil
	}
	w := &writer{c, c.Plan.Nginx, c.Plan.Topology.IngressNginx, c.Values("ingress-nginx")}
	if w.x.Zipkin {
		w.openTracing()
	} else {
		w.openTelemetry()
	}
	w.accessLog()
	w.reached()
	return nil
}

type writer struct {
	*emit.Context
	x      *plan.Nginx
	in     *topology.IngressNginx
	values *tree.Map
}

// config sets a key of the controller's ConfigMap, which is a text whatever it
// says. A version without the key is refused by a check.
func (w *writer) config(feature string, f fact.Any) {
	key := w.x.Str(feature)
	if key.Value == "" {
		return
	}
	var text string
	switch v := f.Any().(type) {
	case string:
		text = v
	case bool:
		text = strconv.FormatBool(v)
	case int64:
		text = strconv.FormatInt(v, 10)
	case float64:
		text = strconv.FormatFloat(v, 'f', -1, 64)
	}
	w.values.Set(tree.JoinKey(w.x.Str("configKey").Value, key.Value), fact.Derive(text, f))
}

func (w *writer) openTelemetry() {
	if module := w.x.Str("openTelemetryModuleKey"); module.Value != "" {
		w.values.Set(module.Value, fact.Derive(true, module))
	}
	w.config("openTelemetrySwitch", fact.Derive(true, w.x.Export.Protocol))
	w.config("collectorHostKey", w.x.Export.Endpoint.Host)
	w.config("collectorPortKey", w.x.Export.Endpoint.Port)
	if w.in.ServiceName.Present() {
		w.config("serviceNameKey", plan.Leaf(w.in.ServiceName))
	}
	// What holds otherwise differs between versions: none, or a hundredth.
	ratio := plan.Leaf(w.in.Sampling)
	sampler := fact.Derive("AlwaysOn", ratio)
	if ratio.Value < 1 {
		sampler.Value = "TraceIdRatioBased"
		w.config("samplerRatioKey", ratio)
	}
	w.config("samplerKey", sampler)
	w.config("samplerParentKey", w.Bool(true, "who calls with a trace has decided already"))
}

func (w *writer) openTracing() {
	w.config("openTracingSwitch", fact.Derive(true, w.x.Export.Protocol))
	w.config("zipkinHostKey", w.x.Export.Endpoint.Host)
	w.config("zipkinPortKey", w.x.Export.Endpoint.Port)
	w.config("zipkinSampleRateKey", plan.Leaf(w.in.Sampling))
	if w.in.ServiceName.Present() {
		w.config("zipkinServiceNameKey", plan.Leaf(w.in.ServiceName))
	}
}

func (w *writer) accessLog() {
	on := plan.Leaf(w.in.AccessLog.Enabled)
	if !on.Value {
		w.config("disableLogKey", fact.Derive(true, on))
		return
	}
	w.config("logEscapeKey", w.Bool(true, "what a client sends must not end a text"))
	w.config("logFormatKey", fact.Derive(w.x.LogFormat.Value, w.x.LogFormat, on))
}

// reached is how requests come in. On kind that is the ports of the node that
// the configuration of the cluster maps; ingress-nginx has the same for kind in
// hack/manifest-templates/provider/kind.
func (w *writer) reached() {
	if class := plan.Leaf(w.in.Class); class.Value != w.x.Str("ingressClass").Value {
		w.values.Set(w.x.Str("ingressClassKey").Value, class)
	}
	if w.x.Service.Value != "" {
		w.values.Set(w.x.Str("serviceTypeKey").Value, w.x.Service)
	}
	if w.x.HostPorts.Value {
		w.hostPorts()
	}
	emit.PodAnnotations(w.values, w.x.Release, w.x.Annotations)
	emit.Resources(w.values, w.x.Strs("resourcesKeys").Value[0], w.in.Resources)
}

func (w *writer) hostPorts() {
	on := w.x.HostPorts
	set := func(path string, f fact.Any) { w.values.Set(path, f) }
	set(w.x.Str("hostPortKey").Value, on)
	set(w.x.Str("hostPortHTTPKey").Value, w.Plan.HostPorts.HTTP.Node)
	set(w.x.Str("hostPortHTTPSKey").Value, w.Plan.HostPorts.HTTPS.Node)
	set(w.x.Strs("nodeSelectorKeys").Value[0]+".ingress-ready", fact.Derive("true", on))
	at := w.x.Strs("tolerationsKeys").Value[0] + "[0]."
	const why = "the node whose ports are mapped is the control plane"
	set(at+"key", w.Str("node-role.kubernetes.io/control-plane", why))
	set(at+"operator", w.Str("Equal", why))
	set(at+"effect", w.Str("NoSchedule", why))
	at = w.x.Str("updateStrategyKey").Value + "."
	const swap = "two pods cannot have one port of the node: the old one goes first"
	set(at+"type", w.Str("RollingUpdate", swap))
	set(at+"rollingUpdate.maxUnavailable", w.Int(1, swap))
	const local = "an Ingress is reached at the host, not at the Service"
	set(w.x.Str("publishServiceKey").Value, w.Bool(false, local))
	set(w.x.Str("argumentsKey").Value+".publish-status-address", w.Str("localhost", local))
}
