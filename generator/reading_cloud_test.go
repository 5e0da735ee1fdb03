package generator

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// parts are those of a distributed Tempo that touch the object store.
func (r *reading) parts(tempo object) []string {
	parts := []string{"distributor", "querier", "queryFrontend", "ingester", "compactor"}
	if strings.HasPrefix(r.releases["tempo"].version, "3.") {
		parts = []string{"distributor", "querier", "queryFrontend", "backendScheduler", "backendWorker", "blockBuilder", "liveStore"}
	}
	if at(tempo, "metricsGenerator", "enabled") == true {
		parts = append(parts, "metricsGenerator")
	}
	return parts
}

// everywhere demands that each part says the same under a key, and gives that.
func (r *reading) everywhere(tempo object, key, monolithic string) []any {
	if r.releases["tempo"].chart == "tempo" {
		list, _ := atKeys(tempo, monolithic).([]any)
		return list
	}
	var first []any
	for i, part := range r.parts(tempo) {
		list, _ := atKeys(tempo, part+"/"+key).([]any)
		if i == 0 {
			first = list
		}
		r.same(key+" of Tempo's parts", list, first)
	}
	return first
}

func (r *reading) environment(tempo object) []any {
	return r.everywhere(tempo, "extraEnv", "tempo/extraEnv")
}

// otherStore is for all stores but Minio.
func (r *reading) otherStore(tempo, trace, s3 object) {
	env := r.environment(tempo)
	annotations, _ := atKeys(tempo, "serviceAccount/annotations").(object)
	if len(env) > 0 && len(annotations) > 0 {
		r.fault("Tempo has both a key and an identity: %v, %v", env, annotations)
	}
	backend := str(trace, "backend")
	for _, other := range []string{"s3", "gcs", "azure", "local"} {
		if (at(trace, other) != nil) != (other == backend) {
			r.fault("the backend is %s, and there is something of %s, or nothing", backend, other)
		}
	}
	r.compared++
	inline := str(s3, "access_key") != ""
	if backend != "local" && len(env) == 0 && len(annotations) == 0 && !inline {
		r.fault("Tempo has no credentials")
	}
	switch backend {
	case "gcs":
		r.keyFile(tempo, env)
	case "azure":
		labels, _ := atKeys(tempo, "tempo/podLabels").(object)
		if r.releases["tempo"].chart == "tempo" {
			labels, _ = at(tempo, "podLabels").(object)
		}
		identity := len(annotations) > 0
		r.same("Azure's identity in the configuration", at(trace, "azure", "use_federated_token") == true, identity)
		r.same("Azure's identity at the pods", at(labels, "azure.workload.identity/use") == "true", identity)
	case "s3":
		r.keys(env)
		r.bucket(s3)
	}
}

// keys demands that both keys come from one Secret, and that whoever makes it
// makes both.
func (r *reading) keys(env []any) {
	secrets := map[string]string{}
	for _, e := range env {
		secrets[str(e, "valueFrom", "secretKeyRef", "name")] += " " + str(e, "valueFrom", "secretKeyRef", "key")
	}
	if len(env) > 0 {
		r.same("Secrets with Tempo's keys", len(secrets), 1)
	}
	x := r.profile + "/tempo/externalsecret.yaml"
	if r.text[x] == "" {
		return
	}
	made := ""
	data, _ := at(r.yaml(x), "spec", "data").([]any)
	for _, d := range data {
		made += " " + str(d, "secretKey")
	}
	r.same("keys of externalsecret.yaml", made, secrets[str(r.yaml(x), "spec", "target", "name")])
}

// bucket compares what the administrator gets with what Tempo is told.
func (r *reading) bucket(s3 object) {
	bucket, region := str(s3, "bucket"), str(s3, "region")
	endpoint := str(s3, "endpoint")
	partition := "aws"
	if strings.Contains(endpoint, ".amazonaws.com") {
		domain := "amazonaws.com"
		if strings.HasPrefix(region, "cn-") {
			partition, domain = "aws-cn", "amazonaws.com.cn"
		}
		r.same("Amazon's endpoint", endpoint, "s3."+region+"."+domain)
	}
	if name := r.profile + "/s3/policy.json"; r.text[name] != "" {
		r.same("resources of s3/policy.json", at(r.json(name), "Statement", 0, "Resource"),
			[]any{"arn:" + partition + ":s3:::" + bucket + "/*", "arn:" + partition + ":s3:::" + bucket})
	}
	if script := r.text[r.profile+"/s3/bootstrap.sh"]; script != "" {
		r.same("bucket of s3/bootstrap.sh", assigned(script, "bucket"), bucket)
	}
}

// keyFile follows Google's key file from the Secret to the variable that names
// it.
func (r *reading) keyFile(tempo object, env []any) {
	mounts := r.everywhere(tempo, "extraVolumeMounts", "tempo/extraVolumeMounts")
	volumes := r.everywhere(tempo, "extraVolumes", "extraVolumes")
	if len(env) == 0 {
		r.same("mounts of nothing", len(mounts)+len(volumes), 0)
		return
	}
	r.same("directory of the key file", path.Dir(str(env[0], "value")), str(at(mounts, 0), "mountPath"))
	r.same("volume of the key file", str(at(mounts, 0), "name"), str(at(volumes, 0), "name"))
	if str(at(volumes, 0), "secret", "secretName") == "" {
		r.fault("the volume of the key file is no Secret: %v", volumes)
	}
}

// encrypted is the Kustomization of the user's Secrets: whoever needs them waits
// for it, and it takes nothing away.
func (r *reading) encrypted(name string, k object) {
	r.same("prune of "+name, at(k, "spec", "prune"), false)
	for _, component := range []string{"tempo", "minio"} {
		file := r.profile + "/flux/" + component + ".yaml"
		if r.text[file] == "" {
			continue
		}
		needs, _ := at(r.yaml(file), "spec", "dependsOn").([]any)
		if !slices.ContainsFunc(needs, func(n any) bool { return str(n, "name") == name }) {
			r.fault("%s does not wait for %s", component, name)
		}
	}
	if strings.Contains(str(k, "spec", "path"), "/"+r.profile+"/") {
		r.fault("%s applies a part of the tree: %v", name, fmt.Sprint(at(k, "spec", "path")))
	}
}
