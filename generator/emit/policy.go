package emit

import "tracegen.dev/generator/tree"

// Policy is what Tempo may do to its bucket, in the language of Amazon's
// policies, which other S3 services understand, too.
func Policy(c *Context) *tree.Map {
	p := c.Plan.Store.Policy
	m := tree.NewMap()
	m.Set("Version", c.Str("2012-10-17", "the version of the policy language, which is a fixed word"))
	m.Set("Statement[0].Sid", c.Str("TempoPermissions", "a name for people"))
	m.Set("Statement[0].Effect", c.Str("Allow", "all else is denied by default"))
	m.SetNode("Statement[0].Action", tree.Strings(p.Actions...))
	m.SetNode("Statement[0].Resource", tree.Strings(p.ObjectARN, p.BucketARN))
	return m
}
