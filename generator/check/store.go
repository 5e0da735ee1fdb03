package check

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

var localStore = &Rule{
	Code: "TG041",
	Name: "local store",
	Doc:  "blocks lie on Tempo's own volume only where Tempo is one process",
	Run: func(c *Context) {
		if c.Topology.Store.Local == nil || !c.Tempo.Distributed {
			return
		}
		kind := c.Topology.Store.Kind
		c.Report(kind.Place, diag.Diagnostic{
			Message: "store.kind is \"local\", and the parts of a distributed Tempo share no volume: none would find what another has written",
			Help:    `write tempo: mode: "monolithic", or a store that all of them reach, such as kind: "minio"`,
			Related: []diag.Related{{Message: "Tempo is distributed here", Position: c.Topology.Tempo.Mode.Position}},
		}, leaf(kind), leaf(c.Topology.Tempo.Mode))
	},
}

var storeFields = &Rule{
	Code: "TG044",
	Name: "store's fields",
	Doc:  "the pinned Tempo knows how to address the bucket and to sign in as the input has it, and Minio's chart can be rendered",
	Run: func(c *Context) {
		if r := c.Store.Release; r != nil {
			if renders := r.Bool("standaloneRenders"); !renders.Value {
				c.Report(r.PinnedAt.Place, diag.Diagnostic{
					Message: fmt.Sprintf("the templates of minio %s are broken: Helm cannot render them", r.Version.Value),
					Help:    "write " + r.Pin(r.With("standaloneRenders", true)),
				}, renders)
			}
		}
		if s := c.Topology.Store.S3; s != nil && s.Provider.Value == "garage" && s.Credentials.InlineKeys != nil {
			if key := s.Credentials.InlineKeys.AccessKey; !garageKey().MatchString(key.Value) {
				c.Report(key.Place, diag.Diagnostic{
					Message: fmt.Sprintf("%q cannot be an access key of Garage's, which refuses to import it", key.Value),
					Help:    "write accessKey: \"GK…\", with 24 hexadecimal digits, such as those of `echo GK$(openssl rand -hex 12)`",
				}, leaf(key), leaf(s.Provider))
			}
		}
		if s := c.Topology.Store.S3; s != nil && !s.PathStyle.Value {
			if field := c.Tempo.Str("s3LookupField"); field.Value == "" {
				c.tempoLacks(s.PathStyle.Place, "cannot be told to write the bucket in the host's name", "leave it out"+c.pin("s3LookupField"), leaf(s.PathStyle), field)
			}
		}
		if a := c.Topology.Store.Azure; a != nil && c.Store.Identity.Federated {
			id := a.Credentials.AzureIdentity
			if field := c.Tempo.Str("azureFederatedTokenField"); field.Value == "" {
				c.tempoLacks(id.Kind.Place, "does not sign in by workload identity", `write kind: "secret"`+c.pin("azureFederatedTokenField"), leaf(id.Kind), field)
			}
		}
	},
}

// garageKey is what `garage key import` takes (Garage 2.0, src/model/key_table.rs).
var garageKey = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^GK[0-9a-fA-F]{24}$`) })

var secretsPath = &Rule{
	Code: "TG046",
	Name: "directory of Secrets",
	Doc:  "the user's encrypted Secrets lie outside of the tree, and the tree outside of them",
	Run: func(c *Context) {
		if c.Secrets == nil {
			return
		}
		path, tree := c.Secrets.Path, c.Flux.Path
		if !within(path.Value, tree.Value) && !within(tree.Value, path.Value) {
			return
		}
		at := said(path)
		c.Report(at, diag.Diagnostic{
			Message: fmt.Sprintf("%s is %s and the tree is %s: Flux would apply files of the one as the other's", at.Path, path.Value, tree.Value),
			Help:    `write path: "./secrets", or another directory beside the tree`,
			Related: c.treePath(),
		}, path, fact.Any(tree))
	},
}

// treePath points to the path of the tree, where the input says it.
func (c *Context) treePath() []diag.Related {
	p := c.Topology.Flux.Path
	if p.State != topology.Given {
		return nil
	}
	return []diag.Related{{Message: "the tree's path", Position: p.Position}}
}

// within reports whether a path of the repository is that directory, or below
// it.
func within(path, dir string) bool {
	clean := func(p string) string { return strings.TrimSuffix(strings.TrimPrefix(p, "."), "/") + "/" }
	return strings.HasPrefix(clean(path), clean(dir))
}
