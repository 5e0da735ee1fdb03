package policy

import (
	"fmt"
	"slices"
	"strings"

	"tracegen.dev/generator/diag"
)

// Version is the only version of the language that is read here. Amazon takes a
// document without one for the older, in which `${aws:username}` is plain text.
const Version = "2012-10-17"

// Read makes a document of a file. With faults there is none.
func Read(file string, data []byte, d Dialect) (*Document, []Fault) {
	r := &reader{dialect: d, start: diag.Position{File: file, Line: 1, Column: 1}}
	if len(data) > MaxSize {
		return nil, []Fault{{At: r.start, Message: fmt.Sprintf("the policy has %d bytes, and a service stores no more than %d", len(data), MaxSize), Help: "write fewer statements, with wildcards"}}
	}
	if n := compact(data); d == AWS && n > awsSize {
		return nil, []Fault{{At: r.start, Message: fmt.Sprintf("the policy has %d characters without white space, and Amazon stores no more than %d", n, awsSize), Help: "write fewer statements, with wildcards"}}
	}
	root, fault := parse(file, data)
	if fault != nil {
		return nil, []Fault{*fault}
	}
	doc := r.document(root)
	if len(r.faults) > 0 {
		return nil, r.faults
	}
	doc.File = file
	return doc, nil
}

// awsSize is Amazon's limit for a managed policy, without white space (IAM User
// Guide, "IAM and AWS STS quotas").
const awsSize = 6144

// compact counts the characters of a document without white space.
func compact(data []byte) int {
	n := 0
	for _, b := range data {
		if b > ' ' && b&0xc0 != 0x80 {
			n++
		}
	}
	return n
}

// maxPattern is how long an action or a resource may be: an object's key has up
// to 1024 bytes, and its ARN a few more.
const maxPattern = 2048

// maxFaults is how many faults of a document are told; it is none by then.
const maxFaults = 100

type reader struct {
	dialect Dialect
	start   diag.Position
	faults  []Fault
}

func (r *reader) fault(at diag.Position, help, format string, args ...any) {
	if len(r.faults) == maxFaults {
		return
	}
	f := Fault{At: at, Message: fmt.Sprintf(format, args...), Help: help}
	for i, g := range r.faults {
		if g.At == at { // of two at one place, a list of findings would show one
			r.faults[i].Message, r.faults[i].Help = g.Message+"; and "+f.Message, g.Help+"; and "+f.Help
			return
		}
	}
	r.faults = append(r.faults, f)
}

// object gives an object's fields by name. Names are as IAM writes them: Minio
// would take them in any letter case, and of two alike only the last.
func (r *reader) object(v *value, what string, known []string) map[string]field {
	if v.kind != objectKind {
		r.fault(v.at, "write {…}", "%s is %s, and must be an object", what, v.kind)
		return nil
	}
	out, meant := map[string]field{}, map[string]field{}
	for _, f := range v.fields {
		switch _, twice := out[f.name]; {
		case !slices.Contains(known, f.name):
			help := "known are: " + strings.Join(known, ", ")
			if near := diag.Nearest(f.name, known); near != "" {
				help = fmt.Sprintf("write %q", near)
				meant[near] = f
			}
			if f.name == "Principal" || f.name == "NotPrincipal" {
				help = "leave it out: a policy of a user is for the user that it is attached to; a principal stands in a bucket's policy"
			}
			r.fault(f.at, help, "%s has no element %q, so no service stores the policy", what, f.name)
		case twice:
			r.fault(f.at, "leave one of them out", "%q stands twice in %s", f.name, what)
		default:
			out[f.name] = f
		}
	}
	for name, f := range meant {
		if _, there := out[name]; !there {
			out[name] = f // or else it would be missing, too
		}
	}
	return out
}

func (r *reader) document(v *value) *Document {
	fields := r.object(v, "the policy", []string{"Version", "Id", "Statement"})
	if fields == nil {
		return nil
	}
	doc := &Document{}
	switch f, ok := fields["Version"]; {
	case !ok:
		r.fault(v.at, fmt.Sprintf(`write "Version": %q`, Version), "the policy has no Version: Amazon takes it for one of 2008, in which ${…} is plain text")
	case f.value.kind != stringKind || f.value.text != Version:
		r.fault(f.value.at, fmt.Sprintf("write %q", Version), "the policy's Version is %s: it is the version of the language, a fixed word, not the policy's date", shown(f.value))
	}
	if f, ok := fields["Id"]; ok {
		doc.ID = f.value.text
	}
	if f, ok := fields["Id"]; ok && f.value.kind != stringKind {
		r.fault(f.value.at, "write a text, or leave it out", "Id is %s, and must be a string", f.value.kind)
	}
	f, ok := fields["Statement"]
	if !ok {
		r.fault(v.at, `write "Statement": [{"Effect": "Allow", "Action": […], "Resource": […]}]`, "the policy has no Statement, so that it allows nothing")
		return doc
	}
	items := f.value.items
	if f.value.kind != listKind {
		if r.dialect == Minio || f.value.kind != objectKind {
			r.fault(f.value.at, "write [{…}]", "Statement is %s, and must be a list", f.value.kind)
			return doc
		}
		items = []*value{f.value}
	} else if len(items) == 0 {
		r.fault(f.value.at, `write {"Effect": "Allow", "Action": […], "Resource": […]} in it`, "Statement is empty, so that the policy allows nothing")
	}
	sids := map[string]bool{}
	for _, item := range items {
		if s := r.statement(item); s != nil {
			if s.Sid != "" && sids[s.Sid] && r.dialect == AWS {
				r.fault(s.At, "give one of them another Sid", "two statements have the Sid %q", s.Sid)
			}
			sids[s.Sid] = true
			doc.Statements = append(doc.Statements, s)
		}
	}
	return doc
}

func (r *reader) statement(v *value) *Statement {
	fields := r.object(v, "a statement", []string{"Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"})
	if fields == nil {
		return nil
	}
	s := &Statement{At: v.at}
	if f, ok := fields["Sid"]; ok {
		if s.Sid = f.value.text; f.value.kind != stringKind {
			r.fault(f.value.at, "write a text, or leave it out", "Sid is %s, and must be a string", f.value.kind)
		} else if r.dialect == AWS && strings.ContainsFunc(s.Sid, notAlphanumeric) {
			r.fault(f.value.at, "write letters and digits", "Amazon takes no Sid such as %q", s.Sid)
		}
	}
	switch f, ok := fields["Effect"]; {
	case !ok:
		r.fault(v.at, `write "Effect": "Allow"`, "the statement has no Effect")
	case f.value.kind != stringKind || f.value.text != "Allow" && f.value.text != "Deny":
		help := `write "Allow" or "Deny"`
		if near := diag.Nearest(f.value.text, []string{"Allow", "Deny"}); near != "" {
			help = fmt.Sprintf("write %q", near)
		}
		r.fault(f.value.at, help, "Effect is %s", shown(f.value))
	default:
		s.Deny = f.value.text == "Deny"
	}
	s.Actions = r.either(v, fields, "Action", "NotAction")
	own := r.actions(s)
	if _, ok := fields["Resource"]; ok || fields["NotResource"].value != nil || own {
		s.Resources = r.either(v, fields, "Resource", "NotResource")
	}
	for _, t := range s.Resources.Patterns {
		if help := r.dialect.badResource(t.Value); help != "" && own {
			r.fault(t.At, help, "%q is no resource that %s knows", t.Value, r.dialect)
		}
	}
	if f, ok := fields["Condition"]; ok {
		r.conditions(s, f.value)
	}
	return s
}

func notAlphanumeric(c rune) bool {
	return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9')
}

// String names who holds to the dialect.
func (d Dialect) String() string {
	if d == Minio {
		return "Minio"
	}
	return "Amazon"
}

// either reads what a statement is about, or is not about.
func (r *reader) either(v *value, fields map[string]field, is, not string) List {
	f, ok := fields[is]
	g, other := fields[not]
	switch {
	case ok && other:
		r.fault(g.at, "leave one of them out", "%s and %s stand in one statement, of which a service takes one", is, not)
	case !ok && !other:
		r.fault(v.at, fmt.Sprintf("write %q: […]", is), "the statement has no %s", is)
		return List{}
	case other:
		f = g
	}
	l := List{Not: !ok, At: f.at}
	items := f.value.items
	if f.value.kind != listKind {
		items = []*value{f.value}
	} else if len(items) == 0 {
		r.fault(f.value.at, "write what it is about", "%s is empty", f.name)
	}
	seen := map[string]bool{}
	for _, item := range items {
		switch {
		case item.kind != stringKind:
			r.fault(item.at, "write a text", "%s is %s, and must be a string", f.name, item.kind)
		case item.text == "" || strings.ContainsFunc(item.text, func(c rune) bool { return c < ' ' }):
			r.fault(item.at, "write what it is about", "%s is %q, which means nothing", f.name, item.text)
		case len(item.text) > maxPattern:
			r.fault(item.at, "write a shorter one", "%s has %d characters, and nothing that it could mean has more than %d", f.name, len(item.text), maxPattern)
		case !seen[item.text]:
			seen[item.text] = true
			l.Patterns = append(l.Patterns, Text{item.text, item.at})
		}
	}
	return l
}

// actions holds those of a statement to what the service has, and reports
// whether any of them is S3's.
func (r *reader) actions(s *Statement) bool {
	var foreign, own []Text
	for _, t := range s.Actions.Patterns {
		service, name, found := strings.Cut(t.Value, ":")
		switch {
		case r.dialect == Minio && (service == "admin" || service == "kms" || t.Value == "sts:AssumeRoleWithWebIdentity"):
			foreign = append(foreign, t)
		case r.dialect == AWS && found && !strings.EqualFold(service, "s3") && name != "" && !strings.ContainsAny(service, "*?"):
			foreign = append(foreign, t)
		case !r.dialect.names(t.Value):
			own = append(own, t)
			help := "write an action of S3's, such as s3:GetObject"
			if near := diag.Nearest(t.Value, r.dialect.ActionNames()); near != "" {
				help = fmt.Sprintf("write %q", near)
			}
			r.fault(t.At, help, "%q is no action that %s knows", t.Value, r.dialect)
		default:
			own = append(own, t)
		}
	}
	if r.dialect == Minio && !s.Actions.Not {
		if star := s.everything(); star != nil && len(s.Actions.Patterns) > 1 {
			r.fault(star.At, `write "s3:*"`, "Minio takes %q for an action of its own, and refuses others beside it", star.Value)
		} else if len(foreign) > 0 && len(own) > 0 {
			r.fault(foreign[0].At, "write two statements", "%s and %s stand in one statement, which Minio refuses", own[0].Value, foreign[0].Value)
		}
	}
	return len(own) > 0 || len(foreign) == 0
}

// everything gives the action of a statement that is a star alone. To Minio it is
// one of its token service's, for which no resource counts: the statement holds
// for every bucket (policy/sts-action.go, AllSTSActions; Statement.IsAllowed).
func (s *Statement) everything() *Text {
	for i, t := range s.Actions.Patterns {
		if t.Value == "*" && !s.Actions.Not {
			return &s.Actions.Patterns[i]
		}
	}
	return nil
}

// badResource says what to write instead of a resource that no service takes.
func (d Dialect) badResource(text string) string {
	if text == "*" {
		return ""
	}
	bare := text
	if i := strings.LastIndex(text, ":::"); i >= 0 {
		bare = text[i+len(":::"):]
	}
	bare = strings.TrimPrefix(strings.TrimPrefix(bare, "s3://"), "/")
	help := fmt.Sprintf("write %q", s3ARN+bare)
	if d == Minio {
		if rest, ok := strings.CutPrefix(text, s3ARN); !ok || rest == "" || rest[0] == '/' {
			return help
		}
		return ""
	}
	parts := strings.SplitN(text, ":", 6)
	switch {
	case len(parts) < 6 || parts[0] != "arn":
		return help
	case parts[2] == "s3" && (parts[5] == "" || parts[5][0] == '/'):
		return help
	case !strings.ContainsAny(parts[1], "*?") && !slices.Contains(partitions, parts[1]):
		return "write one of the partitions " + strings.Join(partitions, ", ") + ", such as " + s3ARN + bare
	}
	return ""
}

// shown is a value as a message has it.
func shown(v *value) string {
	if v.kind == stringKind {
		return fmt.Sprintf("%q", v.text)
	}
	return v.kind.String()
}
