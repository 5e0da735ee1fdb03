package policy

import (
	"encoding/base64"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracegen.dev/generator/diag"
)

// conditions reads those of a statement.
func (r *reader) conditions(s *Statement, v *value) {
	if v.kind != objectKind || len(v.fields) == 0 {
		r.fault(v.at, "leave it out, or write an operator with its keys in it", "Condition is %s without an operator", v.kind)
		return
	}
	operators := map[string]bool{}
	for _, f := range v.fields {
		op, ok := r.dialect.operator(f.name)
		switch {
		case !ok:
			help := "write an operator such as StringEquals"
			bare := strings.TrimSuffix(f.name, "IfExists")
			if _, known := r.dialect.operator(bare); known && bare != f.name {
				help = fmt.Sprintf("write %q: without IfExists", bare)
			} else if near := diag.Nearest(f.name, r.dialect.operatorNames()); near != "" && near != f.name {
				help = fmt.Sprintf("write %q", near)
			}
			r.fault(f.at, help, "%q is no operator that %s knows", f.name, r.dialect)
			continue
		case operators[f.name]:
			r.fault(f.at, "write all keys under one", "%q stands twice in the condition", f.name)
			continue
		case f.value.kind != objectKind || len(f.value.fields) == 0 && r.dialect == AWS:
			r.fault(f.value.at, "write a key with its values in it", "%s is %s without a key", f.name, f.value.kind)
			continue
		}
		operators[f.name] = true
		keys := map[string]bool{}
		for _, k := range f.value.fields {
			c := &Condition{Operator: f.name, Key: k.name, At: k.at, op: op}
			if keys[k.name] {
				r.fault(k.at, "write all values under one", "%q stands twice under %s", k.name, f.name)
				continue
			}
			keys[k.name] = true
			if r.key(s, c) && r.values(c, k.value) {
				s.Conditions = append(s.Conditions, c)
			}
		}
	}
}

// key holds a condition's key to those that the service knows.
func (r *reader) key(s *Statement, c *Condition) bool {
	if r.dialect == AWS {
		service, name, ok := strings.Cut(c.Key, ":")
		if !ok || service == "" || name == "" {
			r.fault(c.At, "write it with the service that it is of, such as aws:SourceIp or s3:prefix", "%q is no key of a condition", c.Key)
		}
		return ok
	}
	name, _, _ := strings.Cut(c.Key, "/")
	if all := minioKeys("s3:*"); !slices.Contains(all, name) {
		help := "write a key such as aws:SourceIp or s3:prefix"
		if near := diag.Nearest(name, all); near != "" {
			help = fmt.Sprintf("write %q", near)
		}
		r.fault(c.At, help, "%q is no key of a condition that Minio knows", c.Key)
		return false
	}
	if s.Actions.Not {
		return true
	}
	for _, t := range s.Actions.Patterns {
		if t.Value == "*" && name != "sts:DurationSeconds" {
			r.fault(t.At, `write "s3:*"`, "Minio takes %q for an action of its token service, which has no condition on %s", t.Value, c.Key)
			return false
		}
		if t.Value != "*" && !slices.Contains(minioKeys(t.Value), name) {
			r.fault(c.At, fmt.Sprintf("write the condition in a statement that is not about %s", t.Value), "Minio refuses a condition on %s for %s, which never has it", c.Key, t.Value)
			return false
		}
	}
	return true
}

// values reads those that a key is compared with.
func (r *reader) values(c *Condition, v *value) bool {
	items := v.items
	if v.kind != listKind {
		items = []*value{v}
	}
	if len(items) == 0 {
		r.fault(v.at, "write what it is compared with", "%s has no value", c.Key)
		return false
	}
	for _, item := range items {
		help := r.dialect.badValue(c, item)
		if help == "" && slices.Contains(c.Values, item.text) {
			if r.dialect == AWS {
				continue
			}
			r.fault(item.at, "leave one of them out", "%s has the value %q twice, which Minio refuses", c.Key, item.text)
			return false
		}
		if help != "" {
			r.fault(item.at, help, "%s cannot compare %s with %s", c.Operator, c.Key, shown(item))
			return false
		}
		c.Values = append(c.Values, item.text)
	}
	if single := c.op.test == truth || c.op.test == presence || r.dialect == Minio && (c.op.test == number || c.op.test == date); single && len(items) > 1 {
		r.fault(v.at, "write one", "%s takes one value", c.Operator)
		return false
	}
	return true
}

// badValue says what to write instead of a value that the operator does not
// take.
func (d Dialect) badValue(c *Condition, v *value) string {
	if v.kind > boolKind || v.kind < stringKind {
		return "write a text"
	}
	aws := d == AWS
	variable := aws && v.kind == stringKind && strings.Contains(v.text, "${")
	if variable {
		return ""
	}
	switch c.op.test {
	case truth, presence:
		if v.kind == numberKind || v.text != "true" && v.text != "false" {
			return `write "true" or "false"`
		}
		if c.op.test == truth && !aws && c.Key != "aws:SecureTransport" {
			return "write the key aws:SecureTransport, the only one that Minio compares so"
		}
	case number:
		if _, err := strconv.Atoi(v.text); !aws && (err != nil || v.kind == boolKind) {
			return "write a whole number"
		}
		if _, err := strconv.ParseFloat(v.text, 64); err != nil {
			return "write a number"
		}
	case date:
		if _, ok := d.time(v.text); !ok || v.kind == boolKind || !aws && v.kind == numberKind {
			return `write a time such as "2026-01-31T00:00:00Z"`
		}
	case address:
		if _, ok := network(v.text); !ok || v.kind != stringKind {
			return `write a network such as "10.0.0.0/8"`
		}
		if !aws && c.Key != "aws:SourceIp" {
			return "write the key aws:SourceIp, the only one that Minio compares so"
		}
	case bytesEqual:
		if _, err := base64.StdEncoding.DecodeString(v.text); err != nil || v.kind != stringKind {
			return "write it in base64"
		}
	default:
		if v.kind != stringKind && !aws {
			return "write a text in double quotes"
		}
		if !aws {
			return fixed(c, v.text)
		}
	}
	return ""
}

// fixed says what to write for the keys of which Minio knows every value
// (policy/condition/stringfunc.go, validateStringValues).
func fixed(c *Condition, text string) string {
	if c.Key == "s3:x-amz-copy-source" {
		bucket, object, _ := strings.Cut(strings.TrimPrefix(text, "/"), "/")
		if object == "" || len(bucket) < 3 || strings.ContainsAny(bucket, "*?_ ") || strings.ToLower(bucket) != bucket {
			return "write a bucket, a slash and an object"
		}
	}
	if c.op.test == likeText {
		return ""
	}
	allowed := map[string][]string{
		"s3:x-amz-server-side-encryption-customer-algorithm": {"AES256"},
		"s3:x-amz-server-side-encryption":                    {"AES256", "aws:kms"},
		"s3:x-amz-metadata-directive":                        {"COPY", "REPLACE"},
	}[c.Key]
	if allowed != nil && !slices.Contains(allowed, text) {
		return "write " + strings.Join(allowed, " or ")
	}
	if c.Key == "s3:x-amz-content-sha256" && text == "" {
		return "write a sum"
	}
	return ""
}

// network reads an address with or without its length. Minio takes 32 where none
// is given, for one of IPv6, too (policy/condition/ipaddrfunc.go).
func network(text string) (netip.Prefix, bool) {
	if !strings.Contains(text, "/") {
		text += "/32"
	}
	p, err := netip.ParsePrefix(text)
	return p, err == nil
}

// time reads one as the service does: Amazon takes the forms of ISO 8601 and
// seconds since 1970, too.
func (d Dialect) time(text string) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339, text); err == nil || d == Minio {
		return t, err == nil
	}
	for _, layout := range []string{"2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return time.Unix(n, 0), err == nil
}
