package check

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/secret"
	"tracegen.dev/generator/topology"
)

var secretValues = &Rule{
	Code: "TG036",
	Name: "secrets in values",
	Doc:  "no override puts a secret in plain text into Git, unless the cluster is throw-away",
	Run: func(c *Context) {
		if c.Throwaway.Value {
			return
		}
		for _, r := range c.Releases {
			if r.Values.State == topology.Given {
				c.secretsIn(r.Values.Value)
			}
		}
	},
}

// CodeSecret is that of a secret in the output.
const CodeSecret = "TG106"

var secretInOutput = &Rule{
	Code: CodeSecret,
	Name: "secret in the output",
	Doc:  "nothing that looks like a secret stands in the output in plain text, unless the cluster is throw-away",
	Run: func(c *Context) {
		if c.Throwaway.Value {
			return
		}
		topology.Strings(c.Topology, func(l topology.String) {
			if strings.HasPrefix(l.Path, "store.credentials.") {
				return // TG015's
			}
			// What a field is called does not matter: the schema says that none
			// holds a secret.
			if what := secret.In("", l.Value); what != "" {
				c.Report(l.Place, SecretIn(l.Path, what), c.Throwaway)
			}
		})
		for _, r := range c.Releases {
			if r.Values.State == topology.Given {
				c.secretTexts(r.Values.Value, "", "")
			}
		}
	},
}

// secretTexts finds what TG036, which goes by the key alone, does not: by what a
// text is, or, in a list of variables and the like, by the name beside a value.
func (c *Context) secretTexts(v topology.Value, own, key string) {
	if text, ok := v.Scalar.(string); ok && !secret.Key(own) {
		if what := secret.In(key, text); what != "" {
			c.Report(v.Place, SecretIn(v.Place.Path, what), c.Throwaway)
		}
	}
	isSecret := textOf(v, "kind") == "Secret" && textOf(v, "apiVersion") == "v1"
	for _, f := range v.Fields {
		if isSecret && (f.Name == "data" || f.Name == "stringData") {
			c.held(f.Value)
			continue
		}
		key := f.Name
		if key == "value" {
			key = cmp.Or(textOf(v, "name"), key)
		}
		c.secretTexts(f.Value, f.Name, key)
	}
	for _, item := range v.Items {
		c.secretTexts(item, own, key)
	}
}

// held finds what an object of the kind Secret holds, whatever its keys are.
func (c *Context) held(v topology.Value) {
	for _, f := range v.Fields {
		if text, ok := f.Value.Scalar.(string); ok && secret.Literal(text) {
			d := SecretIn(f.Value.Place.Path, "what a Secret holds")
			d.Severity = diag.Warning // it may be a host name, too
			c.Report(f.Value.Place, d, c.Throwaway)
		}
	}
}

// textOf is a text that a struct has at a key.
func textOf(v topology.Value, key string) string {
	for _, f := range v.Fields {
		if text, ok := f.Value.Scalar.(string); ok && f.Name == key {
			return text
		}
	}
	return ""
}

// SecretIn is the finding of a secret that the input has in plain text.
func SecretIn(path, what string) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    CodeSecret,
		Message: fmt.Sprintf("%s holds %s, which would stand in plain text in Git", path, what),
		Help:    "put it into a Secret, and let the values name that: by existingSecret, envFrom or a secretKeyRef, whichever the chart has; or, if it is none, ignore: " + strconv.Quote(CodeSecret+" "+path) + ": \"why\"",
	}
}

func (c *Context) secretsIn(v topology.Value) {
	for _, f := range v.Fields {
		text, isText := f.Value.Scalar.(string)
		if isText && secret.Key(f.Name) && secret.Literal(text) {
			c.Report(f.Value.Place, diag.Diagnostic{
				Message: fmt.Sprintf("%s looks like a secret, and would stand in plain text in Git", f.Value.Path),
				Help:    "let the chart read it from a Secret, or, if it is none, ignore " + c.rule.Code + " with the reason",
			}, c.Throwaway)
		}
		c.secretsIn(f.Value)
	}
	for _, item := range v.Items {
		c.secretsIn(item)
	}
}
