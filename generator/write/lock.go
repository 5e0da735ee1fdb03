package write

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// LockName is the file, in the root of the output, in which tracegen keeps
// what it wrote. It does not list itself.
const LockName = "tracegen.lock"

// The first line of a lock is headerStart and the number of its format. Then
// there is a line for each file, sorted, with its path and the sha256 of its
// bytes. A path has several lines while a commit is under way or a merge is
// not resolved: then each of them is ours. Nothing but the tree goes into it,
// so that two people's builds agree and Git merges it line by line.
const (
	headerStart = "tracegen.lock format "
	header      = headerStart + "1"
)

type sum = [sha256.Size]byte

// lock holds the known hashes of each path.
type lock map[string][]sum

// format gives the bytes of a lock.
func (l lock) format() []byte {
	var w bytes.Buffer
	w.WriteString(header + "\n")
	for _, p := range slices.Sorted(maps.Keys(l)) {
		sums := slices.Clone(l[p])
		slices.SortFunc(sums, func(a, b sum) int { return bytes.Compare(a[:], b[:]) })
		for _, s := range slices.Compact(sums) {
			w.WriteString(quote(p) + " " + hex.EncodeToString(s[:]) + "\n")
		}
	}
	return w.Bytes()
}

// union gives a lock that knows what l and m know.
func (l lock) union(m lock) lock {
	all := maps.Clone(m)
	for p, sums := range l {
		all[p] = slices.Concat(all[p], sums)
	}
	return all
}

// parseLock reads a lock. Conflict markers are skipped, so that what either
// side wrote is known. An empty lock is what a power cut may leave.
func (c *comparison) parseLock(data []byte) lock {
	l := lock{}
	if len(data) == 0 {
		return l
	}
	hasHeader, line := false, 0
	for s := range strings.Lines(string(data)) {
		line++
		s = strings.TrimRight(s, "\r\n")
		switch number, ok := strings.CutPrefix(s, headerStart); {
		case isMarker(s):
		case s == header:
			hasHeader = true
		case ok && isNumber(number):
			c.badLock = true
			c.wrongFormat(line, number)
			return lock{}
		case !hasHeader:
			c.badLock = true
			c.badLine(line, "this is not a lock of tracegen, whose first line is: "+header)
			return lock{}
		default:
			p, h, err := parseEntry(s)
			if err != nil {
				c.badLine(line, "this is no line of a lock: "+err.Error())
				continue
			}
			l[p] = append(l[p], h)
		}
	}
	return l
}

func isNumber(s string) bool {
	_, err := strconv.ParseUint(s, 10, 64)
	return err == nil
}

// entryError says what is wrong with a line.
type entryError string

func (e entryError) Error() string { return string(e) }

// parseEntry reads a line with a path and a hash.
func parseEntry(s string) (p string, h sum, err error) {
	rest := ""
	if strings.HasPrefix(s, `"`) {
		q, err := strconv.QuotedPrefix(s)
		if err != nil {
			return "", h, entryError("the quotes do not close")
		}
		p, _ = strconv.Unquote(q)
		rest, _ = strings.CutPrefix(s[len(q):], " ")
	} else {
		p, rest, _ = strings.Cut(s, " ")
	}
	if err := checkPath(p); err != nil {
		return "", h, err
	}
	b, err := hex.DecodeString(rest)
	if err != nil || len(b) != len(h) {
		return "", h, entryError("a path and a sha256 in hexadecimal are wanted")
	}
	return p, sum(b), nil
}

// quote gives a path as a lock and a diff show it. Whatever could be taken for
// something else, such as a conflict marker, is quoted.
func quote(p string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' ||
			strings.ContainsRune("._-/+@,%~:", r)
	}
	if strings.ContainsFunc(p, func(r rune) bool { return !plain(r) }) {
		return strconv.Quote(p)
	}
	return p
}

// A file is written under such a name and then renamed. The random part, of
// 130 bits, keeps it from ever being a name of the user's.
const (
	tempStart  = ".tracegen-"
	tempEnd    = ".tmp"
	tempLetter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
)

func tempName() string { return tempStart + rand.Text() + tempEnd }

// isTemp recognises what a killed build left.
func isTemp(name string) bool {
	s, ok := strings.CutPrefix(name, tempStart)
	s, ok2 := strings.CutSuffix(s, tempEnd)
	return ok && ok2 && len(s) == 26 && strings.Trim(s, tempLetter) == ""
}
