package main

import (
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/charts"
	"tracegen.dev/generator/diag"
)

// report prints a diff in words.
type report struct {
	out *strings.Builder
	d   *charts.Diff
}

func (r report) line(format string, args ...any) { fmt.Fprintf(r.out, format+"\n", args...) }

// section begins a group.
func (r report) section(format string, args ...any) { r.line("\n"+format+":", args...) }

func (r report) print() {
	d := r.d
	r.line("%s %s -> %s", d.Chart, d.Old, d.New)
	for _, c := range []struct {
		what string
		charts.Change
	}{{"software", d.AppVersion}, {"repository", d.Repository}, {"oldest Kubernetes", d.MinKubernetes}} {
		if c.Is() {
			r.line("%s: %s -> %s", c.what, orNone(c.Old), orNone(c.New))
		}
	}
	if d.Deprecated.New != "" {
		r.line("%s is deprecated; use %s", d.New, d.Deprecated.New)
	}
	if d.Old == d.New {
		r.line("it is one version: nothing changes")
	}
	if d.Profile != nil {
		r.profile()
	}
	r.services()
	r.receivers()
	r.features()
	r.keys()
	if d.Profile != nil {
		r.values()
	} else if d.Alike() && d.Old != d.New {
		r.line("nothing else that is known changes")
	}
	r.unknown()
}

func orNone(s string) string {
	if s == "" {
		return "none that is known"
	}
	return s
}

// profile prints what somebody has to do.
func (r report) profile() {
	t := r.d.Profile
	if t.Pinned == r.d.Old {
		r.line("profile %s", t.Profile)
	} else {
		r.line("profile %s, as if it ran %s instead of %s", t.Profile, r.d.Old, t.Pinned)
	}
	if len(t.Edits) > 0 {
		r.section("To edit")
	}
	for _, e := range t.Edits {
		r.line("  %s: %s", at(e.Position, e.Path), e.Message)
		r.line("    edit: %s", e.Help)
	}
	if len(t.Findings) > 0 {
		r.section("What is wrong with the profile at %s, and not at %s", r.d.New, r.d.Old)
	}
	for _, f := range t.Findings {
		r.line("  %s: %s: %s [%s]", at(f.Position, f.Path), f.Severity, f.Message, f.Code)
		if f.Help != "" {
			r.line("    edit: %s", f.Help)
		}
	}
	if len(t.Addresses) > 0 {
		r.section("Addresses that move; a build writes them wherever the tree names them, and what stands elsewhere is yours to edit")
	}
	for _, a := range t.Addresses {
		r.line("  %s: %s -> %s", a.Name, a.Old, a.New)
		if len(a.Files) > 0 {
			r.line("    in %s", strings.Join(a.Files, ", "))
		}
	}
}

func at(p diag.Position, path string) string {
	if p.IsValid() {
		return p.String() + ": " + path
	}
	return path
}

func (r report) services() {
	d := r.d
	if len(d.Services) > 0 {
		r.section("Services of the release %s", d.Release)
	}
	for _, s := range d.Services {
		switch {
		case s.Old == "":
			r.line("  + %s", s.New)
		case s.New == "":
			r.line("  - %s", s.Old)
			continue
		case s.Old != s.New:
			r.line("  %s -> %s", s.Old, s.New)
		default:
			r.line("  %s", s.Old)
		}
		for _, p := range s.Ports {
			r.line("    %s", change(p.Old, p.New, portText))
		}
	}
}

// change writes what comes, goes, or becomes something else.
func change[T any](old, new *T, text func(T) string) string {
	switch {
	case old == nil:
		return "+ " + text(*new)
	case new == nil:
		return "- " + text(*old)
	}
	return text(*old) + " -> " + text(*new)
}

func (r report) receivers() {
	if len(r.d.Receivers) > 0 {
		r.section("Receivers")
	}
	for _, c := range r.d.Receivers {
		r.line("  %s", change(c.Old, c.New, func(v charts.Receiver) string {
			return fmt.Sprintf("%s %d by %s", v.Name, v.Port, v.Key)
		}))
	}
}

// features prints those that no rename tells already.
func (r report) features() {
	told := map[[2]string]bool{}
	for _, k := range r.d.Keys.Renamed {
		told[[2]string{k.From, k.To}] = true
	}
	title := false
	for _, f := range r.d.Features {
		old, _ := f.Old.(string)
		new, _ := f.New.(string)
		if told[[2]string{old, new}] {
			continue
		}
		if !title {
			title = true
			if r.d.Profile != nil {
				r.section("What tracegen goes by for this profile, and a build heeds by itself")
			} else {
				r.section("What tracegen goes by, and a build heeds by itself")
			}
		}
		a, isList := f.Old.([]string)
		b, wasList := f.New.([]string)
		if isList && wasList {
			r.line("  %s:%s%s", f.Name, members(" + ", b, a), members(" - ", a, b))
		} else {
			r.line("  %s: %s -> %s", f.Name, featureText(f.Old), featureText(f.New))
		}
		r.line("    %s", f.Doc)
		if f.Source != "" {
			r.line("    source: %s", f.Source)
		}
	}
}

// members are those of a list, which may be long, that another one lacks.
func members(mark string, of, lacking []string) string {
	var out []string
	for _, s := range of {
		if !slices.Contains(lacking, s) {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return mark + strings.Join(out, ", ")
}

func (r report) keys() {
	k := r.d.Keys
	if len(k.Renamed) > 0 {
		r.section("Value keys with another name%s", r.byBuild())
	}
	for _, n := range k.Renamed {
		r.line("  %s -> %s (%s)", n.From, n.To, n.At)
		if n.Reshaped {
			r.line("    the keys below have other names, too")
		}
		if n.Source != "" {
			r.line("    source: %s", n.Source)
		}
	}
	r.changed("Value keys that are gone, which %s ignores or refuses%s", "- ", k.Removed)
	r.changed("Value keys that are new in %s%s", "+ ", k.Added)
	if len(k.Changed) > 0 {
		r.section("Value keys that take less than before%s", r.byBuild())
	}
	for _, c := range k.Changed {
		r.line("  %s: %s -> %s", c.Path, c.Old, c.New)
	}
}

// byBuild is what follows the title of what a profile has to do nothing about.
func (r report) byBuild() string {
	if r.d.Profile == nil {
		return ""
	}
	return " (a build heeds them; what is your own stands above)"
}

func (r report) changed(title, mark string, list []charts.ChangedKey) {
	if len(list) > 0 {
		r.section(title, r.d.New, r.byBuild())
	}
	for _, c := range list {
		below := ""
		if c.Below > 0 {
			below = fmt.Sprintf(", with %s below", counted(c.Below, "key"))
		}
		r.line("  %s%s (%s%s)", mark, c.Path, c.Kinds, below)
	}
}

// values prints what a build writes otherwise.
func (r report) values() {
	t := r.d.Profile
	if t.Unread != "" {
		r.section("What a build would write cannot be compared")
		r.line("  with %s errors stop it: those above, or what `tracegen vet` says", t.Unread)
		return
	}
	if len(t.Values) > 0 {
		r.section("Values of %s that a build writes otherwise, by itself", t.Component)
	}
	for _, v := range t.Values {
		switch {
		case v.Old == nil:
			r.line("  + %s: %s", v.Path, short(v.New))
		case v.New == nil:
			r.line("  - %s: %s", v.Path, short(v.Old))
		default:
			r.line("  %s: %s -> %s", v.Path, short(v.Old), short(v.New))
		}
	}
	if len(t.Edits)+len(t.Findings)+len(t.Addresses)+len(t.Values) == 0 && r.d.Alike() && r.d.Old != r.d.New {
		r.line("nothing else that this profile has is touched")
	}
}

// short is a value in one line.
func short(v any) string {
	text := fmt.Sprint(v)
	if first, rest, more := strings.Cut(text, "\n"); more && rest != "" {
		return first + " ..."
	}
	return strings.TrimSuffix(text, "\n")
}

// unknown says what could not be compared.
func (r report) unknown() {
	d := r.d
	if missing := d.Keys.Unknown; len(missing) > 0 {
		r.line("\nWhich values %s %s reads is not known, so the keys are not compared. To make it known:", d.Chart, strings.Join(missing, " and "))
	}
	for _, version := range d.Keys.Unknown {
		r.line("  helm pull %s --version %s", r.source(version), version)
		r.line("  tracegen charts import %s-%s.tgz", d.Chart, version)
	}
	if !d.KnowsServices {
		r.line("\nThe Services of %s are not known, and not compared.", d.Chart)
	}
}

// source is where Helm finds the chart, as its arguments say it.
func (r report) source(version string) string {
	from := r.d.Repository.New
	if version == r.d.Old {
		from = r.d.Repository.Old
	}
	switch {
	case strings.HasPrefix(from, "oci://"):
		return from
	case from == "":
		return r.d.Chart
	}
	return r.d.Chart + " --repo " + from
}
