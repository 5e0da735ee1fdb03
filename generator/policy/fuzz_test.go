package policy

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"tracegen.dev/internal/bounded"
)

// limit is how long anything may take, a megabyte of it included.
const limit = 2 * time.Second

// FuzzRead: whatever a file holds, it is read or refused, and what is read can
// be asked about.
func FuzzRead(f *testing.F) {
	f.Add([]byte(documented), false)
	for _, text := range hostile() {
		if len(text) < 1<<12 {
			f.Add([]byte(text), true)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, minio bool) {
		d := AWS
		if minio {
			d = Minio
		}
		bounded.Run(t, len(data), func() { ask(t, data, d) })
	})
}

// ask reads and asks everything, in time.
func ask(t *testing.T, data []byte, d Dialect) *Document {
	t.Helper()
	start := time.Now()
	doc, faults := Read("p.json", data, d)
	if (doc == nil) != (len(faults) > 0) {
		t.Fatalf("%d faults, and a document: %v", len(faults), doc != nil)
	}
	lines := bytes.Split(data, []byte("\n"))
	for _, f := range faults {
		if f.Message == "" || f.Help == "" || f.At.Line < 1 || f.At.Line > len(lines) || f.At.Column < 1 || f.At.Column > len(lines[f.At.Line-1])+1 {
			t.Fatalf("a fault without its place, or a word: %+v", f)
		}
	}
	if doc != nil {
		needs := Tempo(use)
		for _, p := range doc.Prove(needs, d) {
			doc.Blame(p, d)
		}
		doc.Excess(needs, d)
	}
	if took := time.Since(start); took > limit {
		t.Fatalf("%d bytes took %s", len(data), took)
	}
	return doc
}

// hostile are documents that are made to hurt.
func hostile() map[string]string {
	statement := func(inner string) string { return `{"Version": "2012-10-17", "Statement": [` + inner + `]}` }
	allow := func(actions, resources, rest string) string {
		return `{"Effect": "Allow", "Action": [` + actions + `], "Resource": [` + resources + `]` + rest + `}`
	}
	many := func(one string, n int) string { return strings.TrimSuffix(strings.Repeat(one+",", n), ",") }
	stars := strings.Repeat("*a", 60000)
	return map[string]string{
		"nothing":          "",
		"a megabyte":       strings.Repeat(" ", 1<<20),
		"deep lists":       strings.Repeat("[", 100000),
		"deep objects":     strings.Repeat(`{"a":`, 50000),
		"deep statement":   statement(strings.Repeat(`[`, 100) + strings.Repeat(`]`, 100)),
		"an open text":     `{"Version": "` + strings.Repeat("x", 1<<17),
		"escapes":          `{"\u0056ersion": "2012-10-17", "Statement": [` + allow(`"s3:*"`, `"*"`, "") + `]}`,
		"half an escape":   `{"Version": "\u12`,
		"a backslash":      `{"Version": "\`,
		"not UTF-8":        "{\"Version\": \"\xff\"}",
		"a NUL":            "{\"Version\": \"\x00\"}",
		"many stars":       statement(allow(`"s3:*"`, `"arn:aws:s3:::`+stars+`b"`, "")),
		"star actions":     statement(allow(`"s3:`+stars+`b*", "s3:*"`, `"*"`, "")),
		"many actions":     statement(allow(many(`"s3:G*"`, 30000), `"*"`, "")),
		"many resources":   statement(allow(`"s3:*"`, many(`"arn:aws:s3:::a*"`, 14000), "")),
		"many statements":  statement(many(allow(`"s3:*"`, `"*"`, ""), 4000)),
		"many conditions":  statement(allow(`"s3:*"`, `"*"`, `, "Condition": {"StringLike": {`+many(`"s3:prefix": "a"`, 14000)+`}}`)),
		"many conditional": statement(many(allow(`"s3:*"`, `"*"`, `, "Condition": {"StringLike": {"s3:prefix": "*a*b*c*d*e"}}`), 2000)),
		"many values":      statement(allow(`"s3:ListBucket"`, `"*"`, `, "Condition": {"StringLike": {"s3:prefix": [`+many(`"*x*y*z"`, 20000)+`]}}`)),
		"variables":        statement(allow(`"s3:*"`, `"arn:aws:s3:::`+strings.Repeat("${aws:username}", 10000)+`"`, "")),
		"open variables":   statement(allow(`"s3:*"`, `"arn:aws:s3:::`+strings.Repeat("${", 60000)+`"`, "")),
		"many variables":   statement(allow(`"s3:*"`, many(`"arn:aws:s3:::${aws:userid}"`, 7000), "")),
		"faults":           statement(many(`{"a": 1}`, 20000)),
		"big number":       `{"Version": 1e999999999}`,
		"equal names":      `{` + many(`"Version": "2012-10-17"`, 10000) + `}`,
	}
}

// TestHostile asks them all, and of one megabyte whatever it is.
func TestHostile(t *testing.T) {
	for name, text := range hostile() {
		for _, d := range []Dialect{AWS, Minio} {
			t.Run(name+" "+d.String(), func(t *testing.T) {
				ask(t, []byte(text), d)
				if len(text) > 0 {
					ask(t, []byte(strings.Repeat(text, 1+(1<<20)/len(text))[:1<<20]), d)
				}
			})
		}
	}
}
