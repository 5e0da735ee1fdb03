package verify

import (
	"bytes"
	"encoding/base64"
	"net/url"

	"tracegen.dev/generator/secret"
	"tracegen.dev/generator/tree"
)

// Leak is a secret in plain text in a file of the tree.
type Leak struct {
	File string
	secret.Find
	Known bool // it is one of the input's
}

// mark stands in the header of a file that may hold throw-away credentials.
const mark = "Holds throw-away credentials in plain text"

// Secrets looks for secrets in plain text: those of the input, in every form
// that a file may have them in, and whatever looks like one. A file of a
// throw-away cluster may hold them if its header says so.
func Secrets(files tree.Tree, known []string, throwaway bool) []Leak {
	var out []Leak
	forms := formsOf(known)
	for _, f := range files {
		if throwaway && marked(f.Data) {
			continue
		}
		found := len(out)
		for _, form := range forms {
			if at := wordAt(f.Data, form); at >= 0 {
				line := 1 + bytes.Count(f.Data[:at], []byte("\n"))
				out = append(out, Leak{f.Path, secret.Find{Line: line, What: "a secret of the profile", Text: string(form)}, true})
			}
		}
		if len(out) > found {
			continue
		}
		secret.Scan(f.Data, func(s secret.Find) { out = append(out, Leak{File: f.Path, Find: s}) })
	}
	return out
}

// marked reads the comment that a file begins with.
func marked(data []byte) bool {
	for bytes.HasPrefix(data, []byte("#")) {
		line, rest, _ := bytes.Cut(data, []byte("\n"))
		if bytes.Contains(line, []byte(mark)) {
			return true
		}
		data = rest
	}
	return false
}

// formsOf gives what secrets may look like. What is too short to be told from
// other words is none.
func formsOf(known []string) [][]byte {
	var out [][]byte
	for _, k := range known {
		if len(k) < 6 {
			continue
		}
		out = append(out, []byte(k), []byte(base64.StdEncoding.EncodeToString([]byte(k))))
		if e := url.QueryEscape(k); e != k {
			out = append(out, []byte(e))
		}
	}
	return out
}

// wordAt gives where a text stands as a word of its own, or -1.
func wordAt(data, text []byte) int {
	for from := 0; ; {
		i := bytes.Index(data[from:], text)
		if i < 0 {
			return -1
		}
		at := from + i
		end := at + len(text)
		if (at == 0 || !inWord(data[at-1])) && (end == len(data) || !inWord(data[end])) {
			return at
		}
		from = at + 1
	}
}

func inWord(b byte) bool {
	return b == '-' || b == '_' || b == '.' || '0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'z'
}
