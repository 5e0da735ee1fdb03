// Package secret knows a secret in plain text when it sees one: by the key that
// it stands at, by the form that its issuer gives it, or by how random it is. It
// reads lines of YAML, JSON, Alloy, shell and flags alike, and knows nothing of
// what wrote them.
package secret

import (
	"bytes"
	"strings"
)

// Find is a secret in plain text.
type Find struct {
	Line int // from 1
	What string
	Text string // the secret
}

// In gives what a value is that stands at a key, and "" where it is no secret.
func In(key, value string) (what string) {
	if !strings.Contains(value, "\n") && named([]byte(key)) && Literal(value) {
		return "the value of " + key
	}
	Scan([]byte(value), func(f Find) {
		if what == "" && (f.What != asRandom || !public(key)) {
			what = f.What
		}
	})
	return what
}

// Scan reads a file. Of a line it tells one secret at most.
func Scan(data []byte, found func(Find)) {
	external := bytes.Contains(data, []byte("kind: ExternalSecret")) // whose secretKey names a key
	blocks := bytes.Contains(data, []byte(begin))
	for n := 1; len(data) > 0; n++ {
		if blocks {
			if lines, rest := armored(data); lines > 0 {
				n, data = n+lines-1, rest
				continue
			}
		}
		line := data
		if i := bytes.IndexByte(data, '\n'); i >= 0 {
			line, data = data[:i], data[i+1:]
		} else {
			data = nil
		}
		if what, text := scan(line); what != "" && !(external && what == "the value of secretKey") {
			found(Find{n, what, string(text)})
		}
	}
}

const begin = "-----BEGIN "

// armored passes over a block of base64 that anybody may read, and begins on the
// first line: a certificate, a public key, or what is encrypted.
func armored(data []byte) (lines int, rest []byte) {
	line, below, _ := bytes.Cut(data, []byte("\n"))
	_, what, ok := bytes.Cut(line, []byte(begin))
	what, _, _ = bytes.Cut(what, []byte("-----"))
	switch string(what) {
	case "CERTIFICATE", "PUBLIC KEY", "PGP MESSAGE", "AGE ENCRYPTED FILE":
	default:
		return 0, nil
	}
	end := bytes.Index(below, []byte("-----END "+string(what)))
	if !ok || end < 0 || bytes.Contains(below[:end], []byte(begin)) {
		return 0, nil
	}
	_, rest, _ = bytes.Cut(below[end:], []byte("\n"))
	return 2 + bytes.Count(below[:end], []byte("\n")), rest
}

// scan reads a line. It is what a build spends its time on, so that each byte is
// looked at once.
func scan(line []byte) (what string, text []byte) {
	from := 0
	for i, b := range line {
		if class[b] != 0 {
			continue
		}
		if i-from >= shortest {
			if what := token(line, from, i); what != "" {
				return what, line[from:i]
			}
		}
		from = i + 1
		switch b {
		case ':', '=':
			if k := keyBefore(line[:i]); k != nil && named(k) {
				if value, ok := valueAfter(line[i+1:]); ok && Literal(value) {
					return "the value of " + string(k), []byte(value)
				}
			}
			if b == ':' && bytes.HasPrefix(line[i:], []byte("://")) {
				if password := inURL(line[i+3:]); password != nil {
					return "a password in a URL", password
				}
			}
		case '-':
			if i+10 < len(line) && line[i+1] == '-' && private(line[i:]) {
				return "a private key", line[i:]
			}
		}
	}
	if len(line)-from >= shortest {
		if what := token(line, from, len(line)); what != "" {
			return what, line[from:]
		}
	}
	return "", nil
}

const asRandom = "a text as random as a key"

// token judges a long word of a line.
func token(line []byte, from, to int) string {
	word := line[from:to]
	if what := issued(line, word, from); what != "" {
		return what
	}
	if random(word) && !digest(line, from) && !bytes.Contains(line, []byte("ENC[")) {
		return asRandom
	}
	return ""
}

// The classes of the bytes that tokens are made of.
const (
	lower = 1 << iota
	upper
	digit
	other
)

var class = func() (c [256]byte) {
	for b := 'a'; b <= 'z'; b++ {
		c[b], c[b-'a'+'A'] = lower, upper
	}
	for b := '0'; b <= '9'; b++ {
		c[b] = digit
	}
	c['_'], c['+'] = other, other
	return c
}()

// shortest is the length of the shortest token of any issuer.
const shortest = 16

// issued knows the tokens that say whose they are.
func issued(line, word []byte, at int) string {
	text := string(word)
	switch {
	case len(text) == 20 && (strings.HasPrefix(text, "AKIA") || strings.HasPrefix(text, "ASIA")) && only(word, upper|digit):
		return "an access key of AWS"
	case len(text) >= 36 && text[0] == 'g' && (strings.HasPrefix(text, "github_pat_") || len(text) > 4 && text[1] == 'h' && text[3] == '_'):
		return "a token of GitHub"
	case strings.HasPrefix(text, "eyJ") && at+len(text) < len(line) && bytes.HasPrefix(line[at+len(text):], []byte(".eyJ")):
		return "a JSON web token"
	case at >= 6 && string(line[at-6:at]) == "glpat-":
		return "a token of GitLab"
	case slack(line, at):
		return "a token of Slack"
	}
	return ""
}

// slack is for the last part of xoxb-1234-1234-text, and the like.
func slack(line []byte, at int) bool {
	before := line[max(0, at-40):at]
	i := bytes.LastIndex(before, []byte("xox"))
	return i >= 0 && i+5 <= len(before) && before[i+4] == '-' && !bytes.ContainsAny(before[i:], " \"'")
}

func only(word []byte, classes byte) bool {
	for _, b := range word {
		if class[b]&classes == 0 {
			return false
		}
	}
	return true
}

// private knows the first line of a private key.
func private(line []byte) bool {
	return bytes.HasPrefix(line, []byte("-----BEGIN ")) && bytes.Contains(line, []byte("PRIVATE KEY"))
}

// inURL gives the password of what follows a URL's scheme, as in user:password@host.
func inURL(rest []byte) []byte {
	end := bytes.IndexAny(rest, "/ \"'`?#<>")
	if end < 0 {
		end = len(rest)
	}
	at := bytes.LastIndexByte(rest[:end], '@')
	colon := bytes.IndexByte(rest[:end], ':')
	if colon < 0 || colon >= at || !Literal(string(rest[colon+1:at])) {
		return nil
	}
	return rest[colon+1 : at]
}
