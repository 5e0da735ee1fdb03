package policy

import (
	"encoding/base64"
	"net/netip"
	"strconv"
	"strings"
)

// holds reports whether a condition does, of a request.
func (d Dialect) holds(c *Condition, r *Request) tri {
	values, known := r.values(c.Key)
	if !known {
		return maybe
	}
	if c.op.test == presence {
		return truly((len(values) == 0) == (c.Values[0] == "true"))
	}
	if len(values) == 0 {
		return d.absent(c.op)
	}
	if d == Minio {
		return minioHolds(c, values, r)
	}
	// "Condition operators with multiple context keys or values": one of the
	// values of the policy must fit, or with a negated operator, none.
	fits := func(v string) tri {
		t := d.fits(c, v, r)
		if c.op.not {
			t = t.not()
		}
		return t
	}
	out := fits(values[0])
	for _, v := range values[1:] {
		if c.op.each == "ForAllValues" || c.op.each == "" && c.op.not {
			out = min(out, fits(v))
		} else {
			out = max(out, fits(v))
		}
	}
	return out
}

// absent is what becomes of a condition on a key that the request does not have.
func (d Dialect) absent(op operator) tri {
	switch {
	case d == AWS:
		return truly(op.ifExists || op.each == "ForAllValues" || op.not && op.each == "")
	case op.test == equalText, op.test == likeText, op.test == bytesEqual:
		return truly((op.each == "ForAllValues") != op.not)
	case op.test == address:
		return truly(op.not)
	}
	return truly(op.ifExists)
}

// minioHolds is Minio's way: a negation is of the whole, and of numbers, times
// and truths, the first value counts.
func minioHolds(c *Condition, values []string, r *Request) tri {
	var out tri
	switch c.op.test {
	case number, date, truth:
		out = Minio.fits(c, values[0], r)
	default:
		all := c.op.each == "ForAllValues" && c.op.test != address
		if out = no; all {
			out = yes
		}
		for _, v := range values {
			if all {
				out = min(out, Minio.fits(c, v, r))
			} else {
				out = max(out, Minio.fits(c, v, r))
			}
		}
	}
	if c.op.not {
		out = out.not()
	}
	return out
}

// fits reports whether a value of the request is one of those of the condition.
func (d Dialect) fits(c *Condition, value string, r *Request) tri {
	out := no
	for _, want := range c.Values {
		if out == yes {
			return out
		}
		out = max(out, d.compare(c.op, want, value, r))
	}
	return out
}

func (d Dialect) compare(op operator, want, value string, r *Request) tri {
	want, sure := d.expand(want, r)
	switch op.test {
	case equalText, likeText:
		is := false
		switch {
		case sure == no:
			return no
		case sure == maybe:
			return maybe
		case op.test == likeText:
			is = match(want, value)
		case op.fold:
			is = strings.EqualFold(unescape(want), value)
		default:
			is = unescape(want) == value
		}
		return truly(is)
	case truth:
		return truly(want == value)
	case bytesEqual:
		data, err := base64.StdEncoding.DecodeString(want)
		return truly(err == nil && string(data) == value)
	case address:
		n, ok := network(want)
		a, err := netip.ParseAddr(value)
		return truly(ok && err == nil && n.Contains(a.Unmap()))
	case date:
		w, ok := d.time(want)
		v, known := d.time(value)
		return truly(ok && known && ordered(op.order, v.Compare(w)))
	}
	w, err1 := strconv.ParseFloat(want, 64)
	v, err2 := strconv.ParseFloat(value, 64)
	n := 0
	if v < w {
		n = -1
	} else if v > w {
		n = 1
	}
	return truly(err1 == nil && err2 == nil && ordered(op.order, n))
}

// unescape gives back the characters that expand has kept from being wildcards.
func unescape(s string) string {
	return strings.NewReplacer(string(rune(plainStar)), "*", string(rune(plainQuestion)), "?").Replace(s)
}

// ordered reports whether what a comparison gave is what an operator asks for.
func ordered(order string, n int) bool {
	switch order {
	case "<":
		return n < 0
	case "<=":
		return n <= 0
	case ">":
		return n > 0
	case ">=":
		return n >= 0
	}
	return n == 0
}
