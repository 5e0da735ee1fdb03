package tree

import "unicode/utf8"

const hex = "0123456789abcdef"

// appendEscaped writes s with an escape for each character that YAML does not
// allow or that nobody can see.
func appendEscaped(b []byte, s string) []byte {
	for _, r := range s {
		switch {
		case r >= ' ' && r < 0x7f:
			b = append(b, byte(r))
		case r == '\n':
			b = append(b, '\\', 'n')
		case r == '\t':
			b = append(b, '\\', 't')
		case r == '\r':
			b = append(b, '\\', 'r')
		case r < ' ' || r == 0x7f || invisible(r):
			b = appendRune(b, r)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

// appendRune writes r as \xNN, \uNNNN or \UNNNNNNNN.
func appendRune(b []byte, r rune) []byte {
	mark, digits := byte('x'), 2
	if r > 0xffff {
		mark, digits = 'U', 8
	} else if r > 0xff {
		mark, digits = 'u', 4
	}
	b = append(b, '\\', mark)
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		b = append(b, hex[r>>shift&0xf])
	}
	return b
}

// invisible reports whether a rune beyond ASCII must be escaped: YAML does not
// allow it (C1 controls, U+FFFE, U+FFFF), some readers break the line at it or
// drop it (NEL, LS, PS, BOM), or it hides from the eye: odd spaces, joiners,
// and marks that turn the direction of text. The list is our own and fixed,
// because Go's tables change with Unicode, and the bytes must not.
func invisible(r rune) bool {
	switch {
	case r < 0x2000:
		return r >= 0x80 && r <= 0xa0 || r == 0xad || r == 0x61c || r == 0x180e
	case r < 0xfe00:
		return r <= 0x200f || r >= 0x2028 && r <= 0x202f || r >= 0x205f && r <= 0x206f
	}
	return r == 0xfeff || r >= 0xfff9 && r <= 0xfffb || r == 0xfffe || r == 0xffff || r >= 0xe0000
}
