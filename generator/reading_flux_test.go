package generator

import "path"

// fromRegistry reads chart and version off the OCIRepository that a release
// names.
func (r *reading) fromRegistry(component string, spec object) {
	source := r.yaml("base/" + component + "/source.yaml")
	if overlay := r.profile + "/" + component + "/source.yaml"; r.text[overlay] != "" {
		source = merged(source, r.yaml(overlay))
	}
	r.same("kind of the source of "+component, str(source, "kind"), str(spec, "spec", "chartRef", "kind"))
	r.same("name of the source of "+component, str(source, "metadata", "name"), str(spec, "spec", "chartRef", "name"))
	rel := r.releases[component]
	rel.chart = path.Base(str(source, "spec", "url"))
	rel.version = str(source, "spec", "ref", "tag")
	r.releases[component] = rel
}
