package importer

import (
	"slices"
	"strings"
	"sync"
)

// shape says what a value is that stands in a manifest below a key.
type shape struct {
	key   string // the manifest's key, or the last ones, such as spec/resources
	below string // a key that stands somewhere above; or empty
	kind  string // of the manifest; or empty
	name  string // type of k8s.io/api
	list  bool   // it is the item of a list
}

// shapes are tried from the top, and the first that fits is it. To know more
// keys, add rows.
var shapes = sync.OnceValue(func() []shape {
	const pod, container, containers = "PodSecurityContext", "SecurityContext", "containers"
	return []shape{
		{key: "securityContext", below: containers, name: container},
		{key: "securityContext", below: "initContainers", name: container},
		{key: "template/spec/securityContext", name: pod},
		{key: "jobTemplate/spec/template/spec/securityContext", name: pod},
		{key: "securityContext", name: "AnySecurityContext"},

		{key: "resources", below: "volumeClaimTemplates", name: "VolumeResourceRequirements"},
		{key: "resources", below: "volumeClaimTemplate", name: "VolumeResourceRequirements"},
		{key: "resources", kind: "PersistentVolumeClaim", name: "VolumeResourceRequirements"},
		{key: "resources", name: "ResourceRequirements"},
		{key: "resources/requests", name: "Quantities"},
		{key: "resources/limits", name: "Quantities"},

		{key: "tolerations", name: "Toleration", list: true},
		{key: "affinity", name: "Affinity"},
		{key: "nodeAffinity", name: "NodeAffinity"},
		{key: "podAffinity", name: "PodAffinity"},
		{key: "podAntiAffinity", name: "PodAntiAffinity"},
		{key: "topologySpreadConstraints", name: "TopologySpreadConstraint", list: true},
		{key: "imagePullSecrets", name: "LocalObjectReference", list: true},
		{key: "hostAliases", name: "HostAlias", list: true},
		{key: "dnsConfig", name: "PodDNSConfig"},
		{key: "readinessGates", name: "PodReadinessGate", list: true},
		{key: "sysctls", name: "Sysctl", list: true},

		{key: "env", name: "EnvVar", list: true},
		{key: "envFrom", name: "EnvFromSource", list: true},
		{key: "volumes", name: "Volume", list: true},
		{key: "volumeMounts", name: "VolumeMount", list: true},
		{key: "volumeDevices", name: "VolumeDevice", list: true},
		{key: "initContainers", name: "Container", list: true},
		{key: containers, name: "Container", list: true},
		{key: "livenessProbe", name: "Probe"},
		{key: "readinessProbe", name: "Probe"},
		{key: "startupProbe", name: "Probe"},
		{key: "lifecycle", name: "Lifecycle"},
		{key: "ports", below: containers, name: "ContainerPort", list: true},
		{key: "ports", kind: "Service", name: "ServicePort", list: true},

		{key: "strategy", kind: "Deployment", name: "DeploymentStrategy"},
		{key: "updateStrategy", kind: "StatefulSet", name: "StatefulSetUpdateStrategy"},
		{key: "updateStrategy", kind: "DaemonSet", name: "DaemonSetUpdateStrategy"},
		{key: "strategy/rollingUpdate", kind: "Deployment", name: "RollingUpdateDeployment"},
		{key: "updateStrategy/rollingUpdate", kind: "StatefulSet", name: "RollingUpdateStatefulSetStrategy"},
		{key: "updateStrategy/rollingUpdate", kind: "DaemonSet", name: "RollingUpdateDaemonSet"},
		{key: "persistentVolumeClaimRetentionPolicy", name: "StatefulSetPersistentVolumeClaimRetentionPolicy"},
		{key: "volumeClaimTemplates", name: "PersistentVolumeClaim", list: true},
		{key: "spec/selector", below: "volumeClaimTemplates", name: "LabelSelector"},
		{key: "dataSource", name: "TypedLocalObjectReference"},
		{key: "accessModes", name: "AccessModes", list: true},

		{key: "tls", kind: "Ingress", name: "IngressTLS", list: true},
		{key: "rules", kind: "Ingress", name: "IngressRule", list: true},
		{key: "rules", kind: "Role", name: "PolicyRule", list: true},
		{key: "rules", kind: "ClusterRole", name: "PolicyRule", list: true},
		{key: "metrics", kind: "HorizontalPodAutoscaler", name: "MetricSpec", list: true},
		{key: "behavior", kind: "HorizontalPodAutoscaler", name: "HorizontalPodAutoscalerBehavior"},
		{key: "ingress", kind: "NetworkPolicy", name: "NetworkPolicyIngressRule", list: true},
		{key: "egress", kind: "NetworkPolicy", name: "NetworkPolicyEgressRule", list: true},
		{key: "sessionAffinityConfig", kind: "Service", name: "SessionAffinityConfig"},

		{key: "labels", name: "Strings"},
		{key: "annotations", name: "Strings"},
		{key: "nodeSelector", name: "Strings"},
		{key: "matchLabels", name: "Strings"},
	}
})

// shapeAt is the shape of what is copied to a place, or empty. Within a text of
// its own, such as a configuration file, keys are not Kubernetes'.
func shapeAt(at place) (name string, list bool) {
	if strings.Contains(at.path, "|") {
		return "", false
	}
	path, isItem := strings.CutSuffix(at.path, "/[]")
	names := strings.Split(path, "/")
	for _, s := range shapes() {
		if !strings.HasSuffix("/"+path, "/"+s.key) {
			continue
		}
		if s.kind != "" && s.kind != at.kind || s.below != "" && !slices.Contains(names[:len(names)-1], s.below) {
			continue
		}
		if isItem && !s.list {
			continue
		}
		return "k8s/" + s.name, s.list && !isItem
	}
	return "", false
}

// echoes are the templates in which a chart writes down all its values, as a
// record for its own tools. Such a copy makes no key good.
var echoes = sync.OnceValue(func() map[string]string {
	return map[string]string{
		// The ConfigMap linkerd-config, which the injector and the CLI read by the
		// names that the templates have (linkerd2 version-2.20,
		// pkg/charts/linkerd2/values.go).
		"linkerd-control-plane": "config.yaml",
	}
})
