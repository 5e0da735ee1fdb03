package generator

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// store compares what the files say of where the blocks lie.
func (r *reading) store() {
	tempo := r.values["tempo"]
	trace, _ := keys(tempo, "storage/trace").(object)
	if r.releases["tempo"].chart == "tempo" {
		trace, _ = keys(tempo, "tempo/storage/trace").(object)
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
	if minio != nil {
		r.same("bucket of Minio", at(minio, "buckets", 0, "name"), bucket)
		r.same("user of Minio", at(minio, "users", 0, "accessKey"), user)
		r.same("policy of the user", at(minio, "users", 0, "policy"), at(minio, "policies", 0, "name"))
		r.same("resources of Minio's policy", at(minio, "policies", 0, "statements", 0, "resources"), arns)
		if region := str(s3, "region"); region != "" {
			r.same("region of Minio", keys(minio, "environment/MINIO_SITE_REGION"), region)
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
	r.same("resources of policy.json", at(policy, "Statement", 0, "Resource"), arns)
	if minio != nil {
		r.same("actions of the policies", at(minio, "policies", 0, "statements", 0, "actions"), at(policy, "Statement", 0, "Action"))
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

// grafanaList gives the datasources of Grafana's values.
func (r *reading) grafanaList() (list []any, stack bool) {
	v := r.values["grafana"]
	if r.releases["grafana"].chart == "kube-prometheus-stack" {
		list, _ = keys(v, "grafana/additionalDataSources").([]any)
		return list, true
	}
	list, _ = at(v, "datasources", "datasources.yaml", "datasources").([]any)
	return list, false
}

// datasources follows the links between the datasources.
func (r *reading) datasources() {
	if r.values["grafana"] == nil {
		return
	}
	list, stack := r.grafanaList()
	file, _ := at(r.yaml(r.profile+"/grafana/datasources.yaml"), "datasources").([]any)
	own := r.releases["grafana"].chart
	declared := []string{}
	if stack {
		declared = append(declared, "prometheus") // the stack's own
		if uid := str(keys(r.values["grafana"], "grafana/sidecar/datasources/uid")); uid != "" {
			declared[0] = uid
		}
	}
	declared = append(declared, r.uids(list)...)
	r.linked(own, r.values["grafana"], declared)
	r.linked("datasources.yaml", file, r.uids(file))
	slices.Sort(declared)
	if len(slices.Compact(slices.Clone(declared))) < len(declared) {
		r.fault("two datasources have one uid: %q", declared)
	}
	for _, uid := range r.uids(file) {
		if !slices.Contains(declared, uid) {
			r.fault("%s has the datasource %s, which the values lack", "datasources.yaml", uid)
		}
	}
	for i, d := range list {
		r.same("datasource in file and values", r.asGrafana(d, true), r.asGrafana(file[i], false))
	}
	for _, d := range file {
		address, _ := r.address(str(d, "url"))
		switch {
		case at(d, "type") == "tempo":
			r.reaches("grafana", address, "tempo")
		case at(d, "type") == "prometheus" && !slices.Contains(r.uids(list), str(d, "uid")):
			r.reaches("grafana", address, "prometheus")
		}
	}
}

func (r *reading) uids(list []any) []string {
	var out []string
	for _, d := range list {
		if uid := str(d, "uid"); uid == "" || slices.Contains(out, uid) {
			r.fault("the datasource %v has no uid of its own", at(d, "name"))
		} else {
			out = append(out, uid)
		}
	}
	return out
}

// linked demands that each uid that is referred to is declared.
func (r *reading) linked(where string, v any, declared []string) {
	scalars(v, "", func(at string, v any) {
		if path.Base(at) == "datasourceUid" {
			r.compared++
			if !slices.Contains(declared, fmt.Sprint(v)) {
				r.fault("%s: %s is %v, and there are %q", where, at, v, declared)
			}
		}
	})
}

// asGrafana is a datasource as Grafana gets to see it: through Helm's tpl if it
// stands in values, and through the variables of the provisioning.
func (r *reading) asGrafana(d any, values bool) map[string]string {
	out := map[string]string{}
	scalars(d, "", func(at string, v any) {
		text, ok := v.(string)
		if values && ok {
			text = r.tpl(text)
		} else if !ok {
			text = fmt.Sprint(v)
		}
		if strings.Contains(strings.ReplaceAll(text, "$$", ""), "$") {
			r.fault("Grafana would expand a variable in %s: %s", at, text)
		}
		out[at] = strings.ReplaceAll(text, "$$", "$")
	})
	return out
}

// traceField lets the access log's line be searched as Grafana would.
func (r *reading) traceField() {
	traefik, list := r.values["traefik"], []any{}
	if l, _ := r.grafanaList(); l != nil {
		list = l
	}
	for _, d := range list {
		field := at(d, "jsonData", "derivedFields", 0)
		if field == nil || at(field, "matcherType") == "label" {
			continue
		}
		if nginx := r.values["ingress-nginx"]; nginx != nil {
			r.finds(field, r.nginxLine(nginx))
			continue
		}
		if traefik == nil {
			continue
		}
		log, _ := keys(traefik, "logs/access").(object)
		if log == nil {
			log, _ = at(traefik, "accessLog").(object)
		}
		line := `{"ClientHost":"10.0.0.1"`
		headers, _ := keys(log, "fields/headers/names").(object)
		for name, keep := range headers {
			if keep == "keep" {
				line += fmt.Sprintf(",%q:%q", "request_"+name, map[string]string{
					"X-B3-Traceid": trace, "Traceparent": "00-" + trace + "-00f067aa0ba902b7-01",
				}[name])
			}
		}
		own, known := traceFields[r.releases["traefik"].version]
		if !known {
			r.fault("traefik %s: which field has the trace ID?", r.releases["traefik"].version)
		}
		if own != "" {
			line += fmt.Sprintf(",%q:%q", own, trace)
		}
		if at(log, "enabled") != true || at(log, "format") != "json" {
			line = ""
		}
		r.finds(field, line+"}")
	}
}

// finds demands that a derived field takes the trace ID out of a line.
func (r *reading) finds(field any, line string) {
	re, err := regexp.Compile(strings.ReplaceAll(r.tpl(str(field, "matcherRegex")), "$$", "$"))
	if err != nil {
		r.fault("the derived field: %v", err)
	} else if m := re.FindStringSubmatch(line); len(m) != 2 || m[1] != trace {
		r.fault("%s does not find the trace ID in %s", re, line)
	}
	r.compared++
}

const trace = "4bf92f3577b34da6a3ce929d0e0e4736"
