package secret

import (
	"bytes"
	"math/bits"
	"strings"
)

// names are what keys end in whose value is a secret. What names an object that
// holds one, such as existingSecret or passwordKey, ends otherwise; an access key
// alone is but a name.
var names = [...]string{
	"password", "passwd", "passphrase", "secretkey", "secretaccesskey", "accountkey", "privatekey", "clientsecret", "apikey", "token",
	"authorization", "connectionstring", "authkey", "encryptionkey",
}

// named reports whether what stands at the key is a secret.
func named(key []byte) bool {
	var plain [64]byte
	n := len(plain)
	for i := len(key) - 1; i >= 0 && n > 0; i-- {
		if b := key[i]; b != '_' && b != '-' && b != '.' {
			n--
			plain[n] = b | 0x20
		}
	}
	text := plain[n:]
	for _, name := range names {
		if len(text) >= len(name) && string(text[len(text)-len(name):]) == name {
			return !bytes.HasPrefix(text, []byte("existing")) && string(text) != "idtoken"
		}
	}
	return false
}

// Key reports whether charts call a value that is a secret so. Keys that name an
// object which holds one, such as existingSecret or existingSecretKey, are none.
func Key(name string) bool {
	name = strings.ToLower(name)
	for _, end := range []string{"password", "secret_key", "secretkey", "secret_access_key", "token", "api_key", "apikey"} {
		if strings.HasSuffix(name, end) {
			return !strings.HasPrefix(name, "existing")
		}
	}
	return false
}

// keyBefore gives the key that ends a text, in YAML, JSON, Alloy or a shell, if
// its last byte is that of one of the names.
func keyBefore(text []byte) []byte {
	end := len(text)
	for end > 0 && (text[end-1] == ' ' || text[end-1] == '"' || text[end-1] == '\'') {
		end--
	}
	if end < 5 {
		return nil
	}
	switch text[end-1] | 0x20 {
	case 'd', 'e', 'y', 't', 'n', 'g':
	default:
		return nil
	}
	return lastWord(text[:end])
}

func lastWord(text []byte) []byte {
	i := len(text)
	for i > 0 && (class[text[i-1]] != 0 || text[i-1] == '-') {
		i--
	}
	return text[i:]
}

// valueAfter gives the scalar behind a key, without quotes. There is none where a
// block begins, a type is declared, or an expression is called.
func valueAfter(text []byte) (string, bool) {
	s := strings.TrimSpace(string(text[:min(len(text), 1000)]))
	s = strings.TrimSuffix(s, ",")
	for _, scheme := range []string{"Bearer ", "Basic "} {
		s = strings.TrimPrefix(s, scheme)
	}
	if s == "" {
		return "", false
	}
	if q := s[0]; q == '"' || q == '\'' {
		end := strings.IndexByte(s[1:], q)
		if end < 0 {
			return "", false
		}
		return s[1 : 1+end], true
	}
	if strings.ContainsAny(s[:1], "|>{[&*!=") || strings.Contains(s, "(") {
		return "", false
	}
	s, _, _ = strings.Cut(s, " #")
	if strings.Contains(strings.TrimSpace(s), " ") { // prose
		return "", false
	}
	return strings.TrimSpace(s), true
}

// Literal reports whether a value is one itself, and no reference to where it is,
// nor a place for one.
func Literal(value string) bool {
	value = strings.TrimPrefix(strings.TrimPrefix(value, "Bearer "), "Basic ")
	switch strings.ToLower(value) {
	case "", "null", "~", "true", "false", "none", "...", "…", "changeme", "redacted":
		return false
	}
	if !strings.ContainsFunc(value, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }) && len(value) < 4 {
		return false
	}
	if strings.ContainsAny(value[:1], "$<*%/") || strings.Trim(value, "0123456789") == "" || strings.Trim(value, "x*.") == "" {
		return false
	}
	for _, mark := range []string{"${", "$(", "{{", "ENC[", "op://", "ref+", "vault:", "file://", "env:", "secretKeyRef", "/var/", "/run/", "/etc/", "\\$"} {
		if strings.Contains(value, mark) {
			return false
		}
	}
	return true
}

// random reports whether a token is one that no person would write: long, of
// every class, and changing between them. A digest in hexadecimal looks like any
// other, so that none is.
func random(word []byte) bool {
	if len(word) < 20 || len(word) > 500 {
		return false
	}
	var has, last byte
	changes, digits, letters := 0, 0, uint64(0)
	for _, b := range word {
		c := class[b]
		if has |= c; c != last {
			changes++
		}
		last = c
		if c == digit {
			digits++
		}
		letters |= 1 << (b & 63)
	}
	const all = lower | upper | digit
	return has&all == all && has&other == 0 && digits > 1 && changes*5 >= len(word)*2 && bits.OnesCount64(letters)*10 >= min(len(word), 30)*5
}

// digest reports whether a text is one by what stands before it.
func digest(line []byte, at int) bool {
	before := line[max(0, at-200):at]
	if bytes.HasSuffix(before, []byte("sha256-")) || bytes.HasSuffix(before, []byte("sha512-")) || bytes.HasSuffix(before, []byte("sha384-")) {
		return true
	}
	end := bytes.LastIndexAny(before, ":=")
	if end < 0 {
		return false
	}
	return public(string(lastWord(bytes.TrimRight(before[:end], " \"'"))))
}

// public reports whether a key is that of a text which is random, and no secret:
// a digest, or what names something.
func public(key string) bool {
	key = strings.ToLower(key)
	for _, name := range []string{"digest", "hash", "checksum", "integrity", "uid", "id", "sum", "fingerprint", "publickey", "recipient"} {
		if strings.HasSuffix(key, name) {
			return true
		}
	}
	return false
}
