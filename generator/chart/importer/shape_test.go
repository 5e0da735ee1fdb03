package importer_test

import "testing"

// TestShapes has values in a manifest, and what their keys become.
func TestShapes(t *testing.T) {
	const pod = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: x
  labels:
    {{- include "labels" . | nindent 4 }}
    {{- with .Values.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  strategy:
    {{- toYaml .Values.strategy | nindent 4 }}
  template:
    metadata:
      annotations:
        checksum/config: {{ include (print $.Template.BasePath "/cm.yaml") . | sha256sum }}
        # a comment
        {{- toYaml .Values.podAnnotations | nindent 8 }}
    spec:
      {{- with .Values.securityContext }}
      securityContext: {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: x
          securityContext: {{ .Values.containerSecurityContext | toJson }}
          resources:
{{ toYaml .Values.resources | indent 12 }}
          env:
          {{- with .Values.env }}
          {{- toYaml . | nindent 10 }}
          {{- end }}
          {{- range .Values.more }}
          - {{ toYaml . | nindent 12 | trim }}
          {{- end }}
          volumeMounts:
            - name: data
              mountPath: /data
            {{- toYaml .Values.mounts | nindent 12 }}
        {{- toYaml .Values.sidecars | nindent 8 }}
      tolerations:
        {{- tpl (toYaml .Values.tolerations) . | nindent 8 }}
      {{- include "node" . | nindent 6 }}
---
kind: ConfigMap
data:
  config.yaml: |
    resources:
      {{- toYaml .Values.config | nindent 6 }}
---
kind: ClusterRole
{{- if .Values.q }}
rules:
{{- if .Values.q }}
  - apiGroups: ["a"]
    verbs: ["get"]
{{- end }}
  {{- if .Values.rules -}}
  {{ toYaml .Values.rules | nindent 2 -}}
  {{- end }}
{{- end }}
`
	got, _ := body(t, files{
		"values.yaml":      "tolerations: []\nmounts: []\nsidecars: []\nrules: []\n",
		"templates/t.yaml": pod,
		"templates/_helpers.tpl": `{{ define "node" }}nodeSelector:
  {{- toYaml .Values.nodeSelector | nindent 2 }}{{ end }}
{{ define "labels" -}}
app: {{ .Chart.Name }}
{{ with .Values.all }}{{ toYaml . }}{{ end }}
{{- end }}`,
	})
	const want = `all like:k8s/Strings
config any open:t.yaml
containerSecurityContext like:k8s/SecurityContext
env list like:k8s/EnvVar
labels like:k8s/Strings
more list like:k8s/EnvVar
mounts list like:k8s/VolumeMount
nodeSelector like:k8s/Strings
podAnnotations like:k8s/Strings
q any
resources like:k8s/ResourceRequirements
rules list like:k8s/PolicyRule
securityContext like:k8s/PodSecurityContext
sidecars list like:k8s/Container
strategy like:k8s/DeploymentStrategy
tolerations list like:k8s/Toleration
`
	if got != want {
		t.Errorf("it is\n%s", got)
	}
}

// TestTwoPlaces: what is copied to two places has the shape of neither, unless
// it is a securityContext.
func TestTwoPlaces(t *testing.T) {
	got, _ := body(t, files{"templates/t.yaml": `kind: Pod
spec:
  securityContext: {{ toYaml .Values.both | nindent 4 }}
  affinity: {{ toYaml .Values.other | nindent 4 }}
  template:
    spec:
      securityContext: {{ toYaml .Values.both | nindent 8 }}
      containers:
      - securityContext: {{ toYaml .Values.both | nindent 10 }}
        resources: {{ toYaml .Values.other | nindent 10 }}
`})
	if want := "both like:k8s/AnySecurityContext\nother any open:t.yaml\n"; got != want {
		t.Errorf("it is\n%s", got)
	}
}
