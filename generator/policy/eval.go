package policy

import (
	"slices"
	"strings"
	"sync"
)

// tri is a truth value, where the truth may hang on what is not known.
type tri uint8

const (
	no tri = iota
	maybe
	yes
)

func truly(b bool) tri {
	if b {
		return yes
	}
	return no
}

func (t tri) not() tri { return yes - t }

// Decision is a verdict with its reason.
type Decision struct {
	Verdict   Verdict
	Statement *Statement // that decides it; nil where none speaks of the request
	Condition *Condition // that it hangs on, where it depends
}

// Decide says what a document makes of a request: what any statement forbids is
// denied, what none allows, too.
func (doc *Document) Decide(d Dialect, r *Request) Decision { return newSimulation(doc, d).decide(r) }

// simulation asks a document many questions. What an action or a resource has to
// do with a statement is found once.
type simulation struct {
	doc       *Document
	dialect   Dialect
	actions   map[string][]bool
	resources map[string][]tri
	alike     map[*Statement]held // of the requests whose keys are alike
}

// held is what has become of a statement's conditions.
type held struct {
	holds tri
	on    *Condition
}

func newSimulation(doc *Document, d Dialect) *simulation {
	return &simulation{doc: doc, dialect: d, actions: map[string][]bool{}, resources: map[string][]tri{}, alike: map[*Statement]held{}}
}

func (s *simulation) decide(r *Request) Decision {
	actions, resources := s.aboutAction(r), s.aboutResource(r)
	allowed, hangs := Decision{}, Decision{}
	for i, st := range s.doc.Statements {
		if !actions[i] || resources[i] == no || !st.Deny && allowed.Statement != nil {
			continue
		}
		holds, on := s.conditions(st, r)
		switch holds = min(holds, resources[i]); {
		case holds == no:
		case st.Deny && holds == yes:
			return Decision{Denied, st, nil}
		case holds == yes:
			allowed = Decision{Allowed, st, nil}
		case hangs.Statement == nil || st.Deny && !hangs.Statement.Deny:
			hangs = Decision{Depends, st, on}
		}
	}
	switch {
	case hangs.Statement != nil && hangs.Statement.Deny && allowed.Statement == nil && !s.allows(r, actions, resources):
		return Decision{} // whether it is forbidden or not, nothing allows it
	case hangs.Statement != nil && (hangs.Statement.Deny || allowed.Statement == nil):
		return hangs
	}
	return allowed
}

// allows reports whether a statement may allow a request.
func (s *simulation) allows(r *Request, actions []bool, resources []tri) bool {
	for i, st := range s.doc.Statements {
		if st.Deny || !actions[i] || resources[i] == no {
			continue
		}
		if holds, _ := s.conditions(st, r); holds != no {
			return true
		}
	}
	return false
}

// aboutAction says which statements are about the request's action.
func (s *simulation) aboutAction(r *Request) []bool {
	out, ok := s.actions[r.Action]
	if !ok {
		for _, st := range s.doc.Statements {
			is := slices.ContainsFunc(st.Actions.Patterns, func(t Text) bool { return s.dialect.action(t.Value, r.Action) })
			out = append(out, is != st.Actions.Not)
		}
		s.actions[r.Action] = out
	}
	return out
}

// aboutResource says which statements are about the request's resource.
func (s *simulation) aboutResource(r *Request) []tri {
	key := r.Bucket + "\x00" + r.Object
	out, ok := s.resources[key]
	if ok {
		return out
	}
	again := true
	for _, st := range s.doc.Statements {
		is := no
		for _, t := range st.Resources.Patterns {
			pattern, sure := s.dialect.expand(t.Value, r)
			again = again && !varies(t.Value)
			if s.dialect.resource(pattern, r) {
				is = max(is, sure)
			}
		}
		if st.Resources.Not {
			is = is.not()
		}
		if s.dialect == Minio && st.everything() != nil {
			is = yes
		}
		out = append(out, is)
	}
	if again { // variables may be other ones in the next request
		s.resources[key] = out
	}
	return out
}

// varies reports whether a text has a variable that is another one in each
// request: S3's own are.
func varies(text string) bool {
	_, rest, ok := strings.Cut(text, "${")
	return ok && strings.Contains(strings.ToLower(rest), "s3:")
}

// conditions reports whether all of a statement's hold, and the first that hangs
// on what is not known.
func (s *simulation) conditions(st *Statement, r *Request) (tri, *Condition) {
	if !r.alike || len(st.Conditions) == 0 {
		return s.dialect.conditions(st, r)
	}
	h, ok := s.alike[st]
	if !ok {
		h.holds, h.on = s.dialect.conditions(st, r)
		s.alike[st] = h
	}
	return h.holds, h.on
}

// isCommon reports whether Minio resolves a key as a variable.
var isCommon = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, key := range strings.Fields(commonKeys) {
		out[key] = true
	}
	return out
})

// expand resolves the variables of a text. One that is unknown becomes a star,
// and then the text is one that maybe matches. One that the request does not
// have matches nothing at Amazon; Minio leaves it as it is.
func (d Dialect) expand(text string, r *Request) (string, tri) {
	if !strings.Contains(text, "${") {
		return text, yes
	}
	var b strings.Builder
	sure := yes
	for {
		before, rest, found := strings.Cut(text, "${")
		b.WriteString(before)
		if !found {
			return b.String(), sure
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed {
			b.WriteString("${" + rest)
			return b.String(), sure
		}
		text = after
		switch name {
		case "*", "?", "$":
			if d == AWS {
				b.WriteString(map[string]string{"*": string(rune(plainStar)), "?": string(rune(plainQuestion)), "$": "$"}[name])
				continue
			}
		}
		var fallback string
		if d == AWS {
			name, fallback, _ = strings.Cut(name, ",")
			fallback = strings.Trim(strings.TrimSpace(fallback), "'")
		} else if !isCommon()[name] {
			b.WriteString("${" + name + "}")
			continue
		}
		switch values, known := r.values(strings.TrimSpace(name)); {
		case !known:
			b.WriteByte('*')
			sure = maybe
		case len(values) > 0 && values[0] != "":
			b.WriteString(values[0])
		case d == Minio:
			b.WriteString("${" + name + "}")
		case fallback != "":
			b.WriteString(fallback)
		default:
			return "", no
		}
	}
}

// values gives those of a condition key, and whether they are known.
func (r *Request) values(key string) ([]string, bool) {
	key = strings.ToLower(key)
	if v, ok := r.Keys[key]; ok {
		return v, true
	}
	if family, _, ok := strings.Cut(key, "/"); ok {
		v, known := r.Keys[family+"/"]
		return v, known
	}
	return nil, false
}

func (d Dialect) conditions(st *Statement, r *Request) (tri, *Condition) {
	all := yes
	var on *Condition
	for _, c := range st.Conditions {
		holds := d.holds(c, r)
		if holds == no {
			return no, nil
		}
		if holds == maybe && on == nil {
			on = c
		}
		all = min(all, holds)
	}
	return all, on
}
