// Package emit says what an emitter is. Each family of outputs has a package
// of its own below it; the list of them all is generator.Emitters.
//
// An emitter is a table of "this output path takes that fact". It never works
// out a host, a port, a URL or a name: what it lacks is added to package plan.
package emit

import (
	"fmt"
	"path"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

// Emitter makes one family of outputs for one profile. Run returns an error
// only if the emitter itself failed: what the user must fix was reported
// before.
type Emitter struct {
	Name string
	Doc  string
	Run  func(*Context) error

	// AfterSplit is for an emitter that must know what base and overlay have
	// of each shared object: it finds Output.Patches filled.
	AfterSplit bool
}

// Context is what an emitter reads and writes.
type Context struct {
	Plan   *plan.Plan
	Output *Output

	emitter string
}

// Output is what the emitters make of one profile.
type Output struct {
	Profile string
	Values  map[string]*tree.Map    // Helm values, by component
	Files   []*tree.File            // below the profile's directory
	Base    map[string][]*tree.File // below base/<component>/, the same for every profile
	Shared  map[string][]*Shared    // objects that base and overlay divide between them, by component
	Objects map[string][]*tree.File // further objects in the component's overlay
	Patches map[string][]string     // the shared objects that the overlay has a part of
}

// Shared is a Kubernetes object that base and overlay divide between them.
type Shared struct {
	Name     string    // of the file, such as helmrelease.yaml
	Root     *tree.Map // the whole object
	Identity []string  // paths that both must have, to be known as the same object
	Overlay  []string  // paths that stand in the overlay even where all profiles agree
	HolderAt string    // the one of them that the base must have something for
	Holder   tree.Node // what it has there
}

// Run lets one emitter add to the output of a profile.
func Run(e *Emitter, p *plan.Plan, out *Output) error {
	if err := e.Run(&Context{Plan: p, Output: out, emitter: e.Name}); err != nil {
		return fmt.Errorf("emit/%s: %w", e.Name, err)
	}
	return nil
}

// NewOutput makes the output of a profile, with nothing in it.
func NewOutput(profile string) *Output {
	return &Output{
		Profile: profile,
		Values:  map[string]*tree.Map{},
		Base:    map[string][]*tree.File{},
		Shared:  map[string][]*Shared{},
		Objects: map[string][]*tree.File{},
		Patches: map[string][]string{},
	}
}

// Header stands at the top of every file that can have comments.
const Header = "Made by tracegen; edit the profile instead. `tracegen build` makes it anew."

// Values gives the Helm values of a component's release.
func (c *Context) Values(component string) *tree.Map {
	v := c.Output.Values[component]
	if v == nil {
		v = tree.NewMap()
		c.Output.Values[component] = v
	}
	return v
}

// File adds a file to the profile's directory.
func (c *Context) File(name string, body tree.Body) *tree.File {
	f := &tree.File{Path: name, Comment: Header, Body: body}
	c.Output.Files = append(c.Output.Files, f)
	return f
}

// Object adds a Kubernetes object to the component's overlay, where its
// kustomization lists it.
func (c *Context) Object(component, name string, object tree.Node) *tree.File {
	f := c.File(path.Join(component, name), tree.YAML{object})
	c.Output.Objects[component] = append(c.Output.Objects[component], f)
	return f
}

// BaseFile adds a file to the component's base. It must not depend on the
// profile.
func (c *Context) BaseFile(component, name string, body tree.Body) {
	f := &tree.File{Path: name, Comment: Header, Body: body}
	c.Output.Base[component] = append(c.Output.Base[component], f)
}

// Str, Int and Bool make constants: why says for what reason the emitter
// writes them.
func (c *Context) Str(value, why string) fact.String { return constant(c, value, why) }

// Int makes a constant number.
func (c *Context) Int(value int64, why string) fact.Int { return constant(c, value, why) }

// Bool makes a constant truth value.
func (c *Context) Bool(value bool, why string) fact.Bool { return constant(c, value, why) }

func constant[T any](c *Context, value T, why string) fact.Of[T] {
	return fact.Const(value, "emit/"+c.emitter+": "+why)
}

// Origin is the origin of a constant, for maps and lists that are empty.
func (c *Context) Origin(why string) fact.Origin {
	return fact.Origin{Reason: "emit/" + c.emitter + ": " + why}
}

// NewObject makes a Kubernetes object's first fields.
func (c *Context) NewObject(apiVersion, kind, why string, name, namespace fact.String) *tree.Map {
	m := tree.NewMap()
	m.Set("apiVersion", c.Str(apiVersion, why))
	m.Set("kind", c.Str(kind, why))
	m.Set("metadata.name", name)
	if namespace.Value != "" {
		m.Set("metadata.namespace", namespace)
	}
	m.SetNode("metadata.annotations", c.NoSubstitution())
	return m
}

// NoSubstitution is the annotation that keeps Flux's variable substitution away
// from an object, so that every `$` in it survives.
func (c *Context) NoSubstitution() *tree.Map {
	m := tree.NewMap()
	m.Put("kustomize.toolkit.fluxcd.io/substitute", tree.Scalar(c.Str("disabled", "Flux must not touch a $ in it")))
	return m
}

// PodAnnotations annotates a release's main pods.
func PodAnnotations(values *tree.Map, r *plan.Release, annotations []plan.Pair) {
	for _, a := range annotations {
		values.Set(tree.JoinKey(r.Strs("podAnnotationsKeys").Value[0], a.Key), a.Value)
	}
}

// Resources puts requests and limits at a path of the values, where given.
func Resources(values *tree.Map, at string, r *topology.Resources) {
	if r == nil {
		return
	}
	for _, part := range []struct {
		name string
		list topology.ResourceList
	}{{"requests", r.Requests}, {"limits", r.Limits}} {
		for _, amount := range []struct {
			name string
			leaf topology.String
		}{{"cpu", part.list.Cpu}, {"memory", part.list.Memory}} {
			if amount.leaf.Present() {
				values.Set(at+"."+part.name+"."+amount.name, plan.Leaf(amount.leaf))
			}
		}
	}
}
