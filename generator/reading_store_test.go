package generator

import (
	"path"
	"regexp"
	"strings"
)

// store compares what the files say of where the blocks lie.
func (r *reading) store() {
	tempo := r.values["tempo"]
	trace, _ := atKeys(tempo, "storage/trace").(object)
	if r.releases["tempo"].chart == "tempo" {
		trace, _ = atKeys(tempo, "tempo/storage/trace").(object)
	}
	s3, _ := at(trace, "s3").(object)
	if _, minio := r.text[r.profile+"/minio/bootstrap.sh"]; !minio && at(tempo, "minio", "enabled") != true {
		r.otherStore(tempo, trace, s3)
		return
	}
	if m := clusterName.FindStringSubmatch(str(s3, "endpoint")); m != nil {
		r.reaches("tempo", str(s3, "endpoint"), "s3")
	}
	user, secret, key := r.credentials(tempo, s3)

	bucket := str(s3, "bucket")
	arns := []any{"arn:aws:s3:::" + bucket + "/*", "arn:aws:s3:::" + bucket}
	minio := r.values["minio"]
	own := false
	if _, has := r.text[r.profile+"/minio/policy.json"]; has {
		own = at(r.json(r.profile+"/minio/policy.json"), "Statement", 0, "Sid") != "TempoPermissions"
	}
	if minio != nil {
		r.same("bucket of Minio", at(minio, "buckets", 0, "name"), bucket)
		r.same("user of Minio", at(minio, "users", 0, "accessKey"), user)
		r.same("policy of the user", at(minio, "users", 0, "policy"), at(minio, "policies", 0, "name"))
		if !own {
			r.same("resources of Minio's policy", at(minio, "policies", 0, "statements", 0, "resources"), arns)
		}
		if region := str(s3, "region"); region != "" {
			r.same("region of Minio", atKeys(minio, "environment/MINIO_SITE_REGION"), region)
		}
		if secret == "" {
			r.same("secret key of Minio", at(minio, "users", 0, "secretKey"), s3["secret_key"])
		} else {
			r.same("Secret of Minio", at(minio, "users", 0, "existingSecret"), secret)
			r.same("key of Minio's Secret", at(minio, "users", 0, "existingSecretKey"), key)
		}
	}
	if sub, _ := at(tempo, "minio").(object); at(sub, "enabled") == true {
		r.same("bucket of the subchart", at(sub, "buckets", 0, "name"), bucket)
		root, password := "rootUser", "rootPassword"
		if r.releases["tempo"].version == "0.27.4" {
			root, password = "accessKey", "secretKey" // Minio's old chart
		}
		r.same("user of the subchart", sub[root], user)
		r.same("password of the subchart", sub[password], s3["secret_key"])
		return
	}
	policy := r.json(r.profile + "/minio/policy.json")
	if !own {
		r.same("resources of policy.json", at(policy, "Statement", 0, "Resource"), arns)
	}
	if minio != nil {
		r.statements(minio, policy)
	}
	script := r.text[r.profile+"/minio/bootstrap.sh"]
	r.same("bucket of bootstrap.sh", assigned(script, "bucket"), bucket)
	r.same("user of bootstrap.sh", assigned(script, "user"), user)
	r.same("region of bootstrap.sh", assigned(script, "region"), str(s3, "region"))
	if m := regexp.MustCompile(`mc alias set \S+ (\S+) `).FindStringSubmatch(script); m == nil {
		r.fault("bootstrap.sh does not say where the server is")
	} else {
		address, _ := r.address(m[1])
		r.same("address of the server", address, str(s3, "endpoint"))
		r.same("TLS of the server", strings.HasPrefix(m[1], "http:"), s3["insecure"])
	}
}

// statements compares those of the chart's values with those of policy.json.
func (r *reading) statements(minio, policy any) {
	theirs, _ := at(policy, "Statement").([]any)
	ours, _ := at(minio, "policies", 0, "statements").([]any)
	r.same("number of statements", len(ours), len(theirs))
	for i := range min(len(ours), len(theirs)) {
		r.same("actions of the policies", at(ours[i], "actions"), at(theirs[i], "Action"))
		r.same("resources of the policies", at(ours[i], "resources"), at(theirs[i], "Resource"))
		effect := at(ours[i], "effect")
		if effect == nil {
			effect = "Allow"
		}
		r.same("effects of the policies", effect, at(theirs[i], "Effect"))
		conditions, _ := at(ours[i], "conditions").([]any)
		operators, _ := at(theirs[i], "Condition").(object)
		r.same("number of operators", len(conditions), len(operators))
	}
}

// assigned is what a line of a script sets a variable to.
func assigned(script, name string) string {
	for line := range strings.Lines(script) {
		if v, ok := strings.CutPrefix(line, name+"="); ok {
			return strings.TrimSpace(v)
		}
	}
	return ""
}

// credentials demands that every part of Tempo logs in in the same way, and
// that whoever makes the Secret makes that one.
func (r *reading) credentials(tempo, s3 object) (user, secret, key string) {
	if s3["access_key"] != nil {
		return str(s3, "access_key"), "", ""
	}
	env := r.environment(tempo)
	for _, e := range env {
		switch at(e, "name") {
		case "AWS_ACCESS_KEY_ID":
			user = str(e, "value")
		case "AWS_SECRET_ACCESS_KEY":
			secret, key = str(e, "valueFrom", "secretKeyRef", "name"), str(e, "valueFrom", "secretKeyRef", "key")
		}
	}
	if user == "" || secret == "" || key == "" {
		r.fault("Tempo has no credentials")
	}
	made := map[string]bool{}
	for name := range r.text {
		if path.Base(name) != "externalsecret.yaml" {
			continue
		}
		x := r.yaml(name)
		made[str(x, "metadata", "namespace")] = true
		r.same("namespace of "+name, at(x, "metadata", "namespace"), r.releases[path.Base(path.Dir(name))].namespace)
		r.same("Secret of "+name, at(x, "spec", "target", "name"), secret)
		r.same("key of "+name, at(x, "spec", "data", 0, "secretKey"), key)
	}
	for _, component := range []string{"tempo", "minio"} {
		if rel, ok := r.releases[component]; ok && len(made) > 0 && !made[rel.namespace] {
			r.fault("nothing makes the Secret in the namespace of %s", component)
		}
	}
	return user, secret, key
}
