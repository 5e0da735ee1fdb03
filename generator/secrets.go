package generator

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"tracegen.dev/generator/check"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
	"tracegen.dev/generator/verify"
)

// secretsCheck reads the bytes of the tree again, and looks for secrets.
type secretsCheck struct {
	ignored *ignoring
	bases   tree.Tree
	read    map[*byte]bool // files that no secret was found in
}

func newSecretsCheck(ignored *ignoring, bases tree.Tree) *secretsCheck {
	return &secretsCheck{ignored, slices.Clone(bases), map[*byte]bool{}}
}

// profile checks one profile's files, and those of the bases that it has a part
// in. What the user wrote is a finding at the user's line; whatever else gets out
// is the program's fault.
func (s *secretsCheck) profile(p *plan.Plan, out *emit.Output, bodies []*tree.File, files tree.Tree, diags *diag.List) error {
	files = slices.Clone(files)
	for _, f := range s.bases {
		if p.Release(path.Base(path.Dir(f.Path))) != nil {
			files = append(files, f)
		}
	}
	files = slices.DeleteFunc(files, func(f tree.Output) bool { return len(f.Data) == 0 || s.read[&f.Data[0]] })
	// Who ignores what TG015 and TG021 say has them where a throw-away cluster has.
	throwaway := p.Throwaway.Value || ignores(p, "TG015", "TG021")
	leaks := verify.Secrets(files, knownSecrets(p), throwaway)
	for _, f := range files {
		s.read[&f.Data[0]] = !slices.ContainsFunc(leaks, func(l verify.Leak) bool { return l.File == f.Path })
	}
	for _, l := range leaks {
		in, said, other := blame(out, bodies, l.Text)
		switch {
		case l.Known && other: // another field says the same, and is no secret
			continue
		case !said:
			return fmt.Errorf("verify: %s:%d: %s would be in the output", l.File, l.Line, l.What)
		}
		d := check.SecretIn(in.Path, l.What)
		d.Path, d.Position = in.Path, in.Position
		if s.ignored.entry(p.Topology, diag.Diagnostic{Code: "TG036", Path: in.Path}) == nil {
			diags.Add(s.ignored.heed(p.Topology, []diag.Diagnostic{d}, false)...)
		}
	}
	return nil
}

// ignores reports whether the profile ignores one of the codes, wherever.
func ignores(p *plan.Plan, codes ...string) bool {
	return slices.ContainsFunc(p.Topology.Ignore, func(e topology.Entry[topology.String]) bool {
		code, _ := check.Ignored(e.Key.Value)
		return slices.Contains(codes, code)
	})
}

// knownSecrets are those that the input, or the plan, has in plain text.
func knownSecrets(p *plan.Plan) []string {
	var out []string
	for _, f := range []fact.String{p.Store.Secret.Value, p.Store.Root.Password} {
		if plan.IsSecret(f.Origin) {
			out = append(out, f.Value)
		}
	}
	return out
}

// blame gives the input that says a text, and whether one that is no secret does.
func blame(out *emit.Output, bodies []*tree.File, text string) (in fact.Input, said, other bool) {
	see := func(_ string, n tree.Node, o fact.Origin) {
		l, ok := n.(*tree.Leaf)
		if !ok || len(o.Inputs) == 0 {
			return
		}
		value, _ := l.Value.(string)
		other = other || value == text && !plan.IsSecret(o) && !strings.Contains(o.Inputs[0].Path, ".values.")
		if !strings.Contains(value, text) || said && strings.Contains(in.Path, ".values.") {
			return
		}
		in, said = o.Inputs[0], true
		for _, i := range o.Inputs {
			if strings.Contains(i.Path, ".values.") {
				in = i
			}
		}
	}
	for _, v := range out.Values {
		tree.Walk(v, "", see)
	}
	for _, f := range bodies {
		f.Leaves(see)
	}
	return in, said, other
}
