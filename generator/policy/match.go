package policy

import (
	"path"
	"strings"
)

// The wildcard that a policy variable makes of itself where only a plain
// character is meant: ${*} and ${?}. No text of a document holds these.
const (
	plainStar     = '\x01'
	plainQuestion = '\x02'
)

// match reports whether a text has a pattern, in which `*` stands for anything
// and `?` for one byte. It goes over the text once for each star at most.
func match(pattern, text string) bool {
	p, t, star, mark := 0, 0, -1, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, t
			p++
		case p < len(pattern) && (pattern[p] == '?' || plain(pattern[p]) == text[t]):
			p++
			t++
		case star >= 0:
			mark++
			p, t = star+1, mark
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}

func plain(b byte) byte {
	switch b {
	case plainStar:
		return '*'
	case plainQuestion:
		return '?'
	}
	return b
}

// action reports whether a pattern means an action.
func (d Dialect) action(pattern, action string) bool {
	if d == AWS {
		// IAM User Guide, "IAM JSON policy elements: Action": the prefix and the
		// action name are case-insensitive.
		return match(strings.ToLower(pattern), strings.ToLower(action))
	}
	return match(pattern, action) || pattern == "s3:GetObjectVersion" && action == "s3:GetObject"
}

const s3ARN = "arn:aws:s3:::"

// partitions are Amazon's clouds, each of which has its own word in an ARN.
var partitions = []string{"aws", "aws-cn", "aws-us-gov"}

// resource reports whether a pattern, its variables resolved, means what the
// request is about. Amazon has other partitions than the first, so the request
// is one in any of them that the caller says.
func (d Dialect) resource(pattern string, r *Request) bool {
	if pattern == "*" {
		return true
	}
	if d == AWS {
		partition := "aws"
		if p := r.Keys[partitionKey]; len(p) > 0 {
			partition = p[0]
		}
		text := r.Bucket
		if text == "" {
			text = "*"
		} else if r.Object != "" {
			text += "/" + r.Object
		}
		return matchARN(pattern, "arn:"+partition+":s3:::"+text)
	}
	pattern, ok := strings.CutPrefix(pattern, s3ARN)
	if !ok {
		return false
	}
	text := r.Bucket
	if !strings.HasPrefix(r.Object, "/") {
		text += "/"
	}
	text += r.Object
	clean := path.Clean(text)
	return clean != "." && clean == pattern || match(pattern, text)
}

// partitionKey is not one of Amazon's: under it, a request says what cloud it is
// made in.
const partitionKey = "partition"

// matchARN compares part by part: a star does not reach over a colon, but in the
// last part.
func matchARN(pattern, arn string) bool {
	p, a := strings.SplitN(pattern, ":", 6), strings.SplitN(arn, ":", 6)
	if len(p) != len(a) {
		return false
	}
	for i := range p {
		if !match(p[i], a[i]) {
			return false
		}
	}
	return true
}
