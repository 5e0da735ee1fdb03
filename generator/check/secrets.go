package check

import (
	"fmt"
	"regexp"
	"sync"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/topology"
)

// secretKey is what the charts call values that are secrets. Keys that name an
// object which holds one, such as existingSecret, are none.
var secretKey = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(.*password|.*secret_?key|.*access_?key|.*token|.*api_?key)$`)
})

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

func (c *Context) secretsIn(v topology.Value) {
	for _, f := range v.Fields {
		text, isText := f.Value.Scalar.(string)
		if isText && text != "" && secretKey().MatchString(f.Name) {
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
