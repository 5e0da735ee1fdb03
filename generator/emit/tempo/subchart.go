package tempo

import (
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// subchart turns the chart's own Minio on, or off where it could come along
// unasked.
func subchart(c *emit.Context, v *tree.Map) {
	p := c.Plan
	generation := p.Tempo.Str("minioSubchart")
	if generation.Value == "none" {
		return
	}
	if p.Store.Placement != "subchart" {
		v.Set("minio.enabled", fact.Derive(false, c.Bool(false, "the store lies elsewhere, and some versions bring a Minio along by default"), generation))
		return
	}
	v.Set("minio.enabled", fact.Derive(true, plan.Leaf(p.Topology.Store.MinioSubchart.Placement)))
	v.Set("minio.mode", c.Str("standalone", "one pod: the subchart is for trying out"))
	v.Set(p.Tempo.Str("minioUserKey").Value, p.Store.User)
	v.Set(p.Tempo.Str("minioPasswordKey").Value, p.Store.Secret.Value)
	if p.Store.RegionSet {
		v.Set("minio.environment.MINIO_SITE_REGION", p.Store.Region)
	}
	if users := p.Tempo.Str("minioUsersKey").Value; users != "" {
		none := c.Origin("the subchart would make an administrator console with a password that everybody knows")
		v.SetNode(users, &tree.List{Origin: none})
	}
	buckets := p.Tempo.Str("minioBucketsKey").Value
	v.Set(buckets+"[0].name", p.Store.Bucket)
	v.Set(buckets+"[0].policy", c.Str("none", "nobody reads the bucket without logging in"))
	v.Set(buckets+"[0].purge", c.Bool(false, "an upgrade must not empty the bucket"))
}
