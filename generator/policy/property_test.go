package policy

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestProperties holds random documents to what is true of every policy: one
// statement more that denies allows nothing more, one that allows denies nothing
// more, and the order does not matter.
func TestProperties(t *testing.T) {
	g := rand.New(rand.NewPCG(1, 2))
	seen := map[Verdict]int{}
	for range 3000 {
		d := []Dialect{AWS, Minio}[g.IntN(2)]
		doc := &Document{}
		for range g.IntN(4) {
			doc.Statements = append(doc.Statements, statement(t, g, d))
		}
		r := request(g)
		before := doc.Decide(d, r)
		seen[before.Verdict]++
		more := statement(t, g, d)
		with := (&Document{Statements: append(slices.Clone(doc.Statements), more)}).Decide(d, r)
		if more.Deny && with.Verdict > before.Verdict {
			t.Fatalf("%s: a statement that denies has made %s of %s", d, with.Verdict, before.Verdict)
		}
		if !more.Deny && with.Verdict < before.Verdict && before.Verdict == Allowed {
			t.Fatalf("%s: a statement that allows has made %s of %s", d, with.Verdict, before.Verdict)
		}
		if !more.Deny && with.Verdict < before.Verdict {
			t.Fatalf("%s: a statement that allows has made %s of %s", d, with.Verdict, before.Verdict)
		}
		shuffled := slices.Clone(doc.Statements)
		g.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if again := (&Document{Statements: shuffled}).Decide(d, r); again.Verdict != before.Verdict {
			t.Fatalf("%s: in another order, %s is %s", d, before.Verdict, again.Verdict)
		}
		// What is known can only decide what was open: it turns no verdict that
		// was one.
		known := *r
		known.Keys = map[string][]string{}
		for _, k := range []string{"aws:sourceip", "aws:username", "s3:prefix", "aws:securetransport"} {
			known.Keys[k] = nil
			if g.IntN(2) == 0 {
				known.Keys[k] = []string{one(g, "10.1.1.1", "tempo", "a/", "true")}
			}
		}
		for k, v := range r.Keys {
			known.Keys[k] = v
		}
		after := doc.Decide(d, &known)
		if before.Verdict != Depends && after.Verdict != before.Verdict {
			t.Fatalf("%s: with more that is known, %s is %s: %v", d, before.Verdict, after.Verdict, known.Keys)
		}
		if after.Verdict == Depends {
			t.Fatalf("%s: it depends, and everything is known", d)
		}
	}
	for v := Denied; v <= Allowed; v++ {
		if seen[v] < 100 {
			t.Errorf("only %d requests are %s", seen[v], v)
		}
	}
}

func one(g *rand.Rand, of ...string) string { return of[g.IntN(len(of))] }

func request(g *rand.Rand) *Request {
	r := &Request{Action: one(g, "s3:GetObject", "s3:ListBucket", "s3:DeleteObject"), Bucket: one(g, "traces", "traces", "traces2"), Keys: map[string][]string{}}
	if r.Action != "s3:ListBucket" {
		r.Object = one(g, "a", "a/b", "tempo/x")
	}
	for k, v := range map[string]string{"aws:sourceip": "10.1.1.1", "aws:username": "tempo", "s3:prefix": "a/", "aws:securetransport": "true"} {
		switch g.IntN(3) {
		case 0:
			r.Keys[k] = []string{v}
		case 1:
			r.Keys[k] = nil
		}
	}
	return r
}

// statement makes one that every service stores.
func statement(t *testing.T, g *rand.Rand, d Dialect) *Statement {
	condition := one(g, ``, ``, `, "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}`, `, "Condition": {"Bool": {"aws:SecureTransport": "false"}}`,
		`, "Condition": {"StringLike": {"aws:username": ["t*", "${aws:username}"]}}`, `, "Condition": {"StringNotEquals": {"aws:username": "tempo"}}`, `, "Condition": {"Null": {"aws:username": "true"}}`)
	text := `"Effect": "` + one(g, "Allow", "Allow", "Deny") + `", "` + one(g, "Action", "Action", "NotAction") + `": "` + one(g, "s3:*", "s3:Get*", "s3:GetObject", "s3:ListBucket", "s3:D*") +
		`", "` + one(g, "Resource", "Resource", "NotResource") + `": "` + one(g, "*", "arn:aws:s3:::traces*", "arn:aws:s3:::traces/*", "arn:aws:s3:::traces", "arn:aws:s3:::traces/${aws:username}/*", "arn:aws:s3:::${aws:username}") + `"` + condition
	return read(t, `{"Version": "2012-10-17", "Statement": [{`+text+`}]}`, d).Statements[0]
}

// TestMatch compares the matcher with one that is plainly right.
func TestMatch(t *testing.T) {
	var plainly func(pattern, text string) bool
	plainly = func(pattern, text string) bool {
		switch {
		case pattern == "":
			return text == ""
		case pattern[0] == '*':
			return plainly(pattern[1:], text) || text != "" && plainly(pattern, text[1:])
		}
		return text != "" && (pattern[0] == '?' || pattern[0] == text[0]) && plainly(pattern[1:], text[1:])
	}
	g := rand.New(rand.NewPCG(3, 4))
	matched := 0
	for range 20000 {
		var p, s strings.Builder
		for range g.IntN(7) {
			p.WriteString(one(g, "a", "b", "*", "?", "*"))
		}
		for range g.IntN(7) {
			s.WriteString(one(g, "a", "b"))
		}
		want := plainly(p.String(), s.String())
		if got := match(p.String(), s.String()); got != want {
			t.Fatalf("%q on %q is %v", p.String(), s.String(), got)
		}
		if want {
			matched++
		}
	}
	if matched < 2000 {
		t.Errorf("only %d match", matched)
	}
}
