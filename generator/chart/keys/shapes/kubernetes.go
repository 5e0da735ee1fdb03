package main

import (
	"os"
	"path/filepath"
	"strings"
	"sync"

	"tracegen.dev/generator/chart/keys"
)

const (
	apps        = "k8s.io/api/apps/v1"
	autoscaling = "k8s.io/api/autoscaling/v2"
	core        = "k8s.io/api/core/v1"
	meta        = "k8s.io/apimachinery/pkg/apis/meta/v1"
	networking  = "k8s.io/api/networking/v1"
)

// kubernetes has what people write in a manifest: no status.
func kubernetes() *program {
	p := &program{
		source:    "k8s.io/api and k8s.io/apimachinery",
		modules:   []string{"K8S.IO/API", "K8S.IO/APIMACHINERY"},
		tag:       "json",
		untagged:  func(name string) string { return name },
		embeds:    true,
		unmarshal: "UnmarshalJSON",
		plain:     true,
		newest:    true,
		skip:      func(key string) bool { return key == "status" || key == "managedFields" },
		types: map[string]func() *node{
			"resource.Quantity":    kind("number,string"),
			"core.ResourceList":    resourceList,
			"intstr.IntOrString":   kind("number,string"),
			"runtime.RawExtension": free("RawExtension"),
			"meta.Duration":        kind("string"),
			"meta.MicroTime":       kind("string"),
			"meta.Time":            kind("string"),
		},
	}
	for _, roots := range [][]root{
		of(core, "Affinity", "ConfigMap", "Container", "ContainerPort", "EnvFromSource", "EnvVar", "HostAlias",
			"Lifecycle", "LocalObjectReference", "NodeAffinity", "PodAffinity", "PodAntiAffinity", "PodReadinessGate",
			"Sysctl", "TypedLocalObjectReference", "VolumeDevice", "VolumeResourceRequirements", "PersistentVolumeClaim", "PersistentVolumeClaimSpec",
			"PodDNSConfig", "PodSecurityContext", "PodSpec", "PodTemplateSpec", "Probe", "ResourceRequirements",
			"Secret", "SecurityContext", "Service", "ServicePort", "ServiceSpec", "SessionAffinityConfig",
			"Toleration", "TopologySpreadConstraint", "Volume", "VolumeMount"),
		of(apps, "DaemonSetSpec", "DaemonSetUpdateStrategy", "DeploymentSpec", "DeploymentStrategy", "RollingUpdateDaemonSet", "RollingUpdateDeployment", "RollingUpdateStatefulSetStrategy",
			"StatefulSetPersistentVolumeClaimRetentionPolicy", "StatefulSetSpec", "StatefulSetUpdateStrategy"),
		of("k8s.io/api/batch/v1", "CronJobSpec", "JobSpec"),
		of(autoscaling, "HorizontalPodAutoscalerBehavior", "HorizontalPodAutoscalerSpec", "MetricSpec"),
		of(networking, "HTTPIngressPath", "IngressBackend", "IngressRule", "IngressSpec", "IngressTLS",
			"NetworkPolicyEgressRule", "NetworkPolicyIngressRule", "NetworkPolicyPeer", "NetworkPolicyPort",
			"NetworkPolicySpec"),
		of("k8s.io/api/policy/v1", "PodDisruptionBudgetSpec"),
		of("k8s.io/api/rbac/v1", "PolicyRule", "RoleRef", "Subject"),
		of(meta, "LabelSelector", "ObjectMeta", "OwnerReference"),
	} {
		p.roots = append(p.roots, roots...)
	}
	p.extra = map[string]func(*walker) *node{
		"AccessModes":        func(*walker) *node { return leaf("string") }, // each of the list
		"AnySecurityContext": both("PodSecurityContext", "SecurityContext"),
		"Quantities":         func(*walker) *node { return texts("number,string")() },
		"Strings":            func(*walker) *node { return texts("string")() },
	}
	return p
}

// monitoring has the objects of the Prometheus operator, which hold pieces of
// Kubernetes' own.
func monitoring() *program {
	p := kubernetes()
	const v1 = "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	p.source = "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring"
	p.modules = []string{"MONITORING", "K8S.IO/API", "K8S.IO/APIMACHINERY"}
	p.extra = nil
	p.newest = false
	p.roots = of(v1, "Endpoint", "PodMetricsEndpoint", "PodMonitorSpec", "PrometheusSpec",
		"RelabelConfig", "RemoteReadSpec", "RemoteWriteSpec", "Rule", "RuleGroup", "SafeTLSConfig",
		"ServiceMonitorSpec", "TLSConfig")
	p.refs = func(full string) string {
		path, name := split(full)
		if strings.HasPrefix(path, "k8s.io/") && k8sHas(name) {
			return "k8s/" + name
		}
		return ""
	}
	return p
}

// k8sHas reports whether there is a shape of that name.
func k8sHas(name string) bool {
	_, ok := k8sShapes().Child(name)
	return ok
}

var k8sShapes = sync.OnceValue(func() keys.Node {
	text, err := os.ReadFile(filepath.Join(known, "k8s.keys"))
	if err != nil {
		panic(err) // make k8s first
	}
	c, err := keys.Parse(string(text))
	if err != nil {
		panic(err)
	}
	n, _ := c.At(c.Versions[0])
	return n
})

// resourceList has the resources that Kubernetes itself knows; devices have
// names of their own.
func resourceList() *node {
	below := map[string]*node{"*": {kinds: "number,string", open: "device"}}
	for _, name := range []string{"cpu", "ephemeral-storage", "hugepages-*", "memory", "storage"} {
		below[name] = leaf("number,string")
	}
	return &node{below: below}
}
