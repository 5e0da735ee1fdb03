package load

import (
	"fmt"
	"strconv"
	"strings"

	"cuelang.org/go/cue"

	"tracegen.dev/generator/topology"
)

// kinds says which CUE kinds a type takes, and what it is called.
var kinds = map[topology.Kind]struct {
	kind cue.Kind
	name string
}{
	topology.StringKind: {cue.StringKind, "a string"},
	topology.IntKind:    {cue.IntKind, "a whole number"},
	topology.NumberKind: {cue.NumberKind, "a number"},
	topology.BoolKind:   {cue.BoolKind, "true or false"},
	topology.StructKind: {cue.StructKind, "a struct"},
	topology.UnionKind:  {cue.StructKind, "a struct"},
	topology.ListKind:   {cue.ListKind, "a list"},
	topology.MapKind:    {cue.StructKind, "a struct"},
	topology.OpenKind:   {cue.StructKind, "a struct"},
}

func kindName(k cue.Kind) string {
	switch k {
	case cue.StringKind:
		return "a string"
	case cue.IntKind:
		return "a whole number"
	case cue.FloatKind, cue.NumberKind:
		return "a number with a fraction"
	case cue.BoolKind:
		return "a truth value"
	case cue.StructKind:
		return "a struct"
	case cue.ListKind:
		return "a list"
	case cue.NullKind:
		return "null"
	case cue.BytesKind:
		return "a sequence of bytes"
	}
	return k.String()
}

// example says what could stand there, for a help line.
func example(t *topology.Type) string {
	switch {
	case len(t.Enum) > 0:
		return words(t.Enum)
	case t.Kind == topology.StructKind:
		var names []string
		for _, f := range t.Def.Fields {
			if f.Presence == topology.Required {
				names = append(names, f.Name+": "+blank(f.Type))
			}
		}
		return "{" + strings.Join(names, ", ") + "}"
	case t.Kind == topology.UnionKind:
		var arms []string
		for _, arm := range t.Def.Arms {
			var d []string
			for _, name := range arm.Literals() {
				d = append(d, fmt.Sprintf("%s: %q", name, arm.Word(name)))
			}
			arms = append(arms, "{"+strings.Join(d, ", ")+"}")
		}
		return strings.Join(arms, " or ")
	case t.Kind == topology.ListKind && len(t.Elem.Enum) > 0:
		return "[" + strconv.Quote(t.Elem.Enum[0]) + "], of " + words(t.Elem.Enum)
	case t.Kind == topology.ListKind:
		return "[" + example(t.Elem) + "]"
	case t.Kind == topology.MapKind:
		return "{\"…\": " + example(t.Elem) + "}"
	}
	// The version in the doc is of some chart, and hardly of the one that is asked for.
	if _, such, ok := strings.Cut(t.Doc, "such as \""); ok && t.Name != "ChartVersion" {
		word, _, _ := strings.Cut(such, "\"")
		return strconv.Quote(word)
	}
	return blank(t)
}

// blank is what can be pasted for a value that only the user knows.
func blank(t *topology.Type) string {
	switch t.Kind {
	case topology.StringKind:
		return "\"…\""
	case topology.IntKind, topology.NumberKind:
		return "1"
	case topology.BoolKind:
		return "true"
	case topology.ListKind:
		return "[]"
	}
	return "{}"
}

// retyped says what to write instead of a value of another type.
func retyped(v cue.Value, t *topology.Type, required bool) string {
	switch {
	case v.Kind() == cue.NullKind && required:
		return "write " + example(t)
	case v.Kind() == cue.NullKind:
		return "leave the field out, or write " + example(t)
	case t.Kind == topology.StringKind && len(t.Enum) == 0 && v.Kind()&(cue.NumberKind|cue.BoolKind) != 0:
		text := strconv.Quote(fmt.Sprint(v))
		if t.Matches(fmt.Sprint(v)) {
			return "put it in quotes: " + text
		}
		if full := completed(fmt.Sprint(v), t); full != "" {
			return "write a full version in quotes, such as " + strconv.Quote(full)
		}
	case t.Kind == topology.IntKind && v.Kind() == cue.FloatKind:
		if n, err := v.Float64(); err == nil && n == float64(int64(n)) && inRange(n, t) {
			return fmt.Sprintf("write %d", int64(n))
		}
	case t.Kind == topology.IntKind || t.Kind == topology.NumberKind || t.Kind == topology.BoolKind:
		if s, err := v.String(); err == nil {
			_, notNumber := strconv.ParseFloat(s, 64)
			_, notBool := strconv.ParseBool(s)
			if t.Kind == topology.BoolKind && notBool == nil || t.Kind != topology.BoolKind && notNumber == nil {
				return "write it without quotes"
			}
		}
	}
	help := "write " + example(t)
	if t.Kind == topology.BoolKind {
		help = "write true or false"
	}
	if t.Doc != "" && len(t.Enum) == 0 {
		help += "; " + t.Doc
	}
	return help
}

// completed makes an exact version of one that lacks parts or has a prefix, or
// nothing.
func completed(version string, t *topology.Type) string {
	if t.Name != "ChartVersion" && t.Name != "ProductVersion" {
		return ""
	}
	version = strings.TrimPrefix(strings.TrimPrefix(version, "stable-"), "v")
	for range 3 {
		if t.Matches(version) {
			return version
		}
		version += ".0"
	}
	return ""
}

// inHours makes a duration of Go's, whose largest unit is the hour, of days or
// weeks, or nothing.
func inHours(text string, t *topology.Type) string {
	if t.Name != "Duration" || text == "" {
		return ""
	}
	hours := map[byte]int{'d': 24, 'w': 7 * 24}[text[len(text)-1]]
	n, err := strconv.Atoi(text[:len(text)-1])
	if err != nil || n < 1 || n > 10000 || hours == 0 {
		return ""
	}
	return strconv.Itoa(n*hours) + "h"
}

func words(enum []string) string {
	var q []string
	for _, w := range enum {
		q = append(q, strconv.Quote(w))
	}
	if len(q) == 1 {
		return q[0]
	}
	return strings.Join(q[:len(q)-1], ", ") + " or " + q[len(q)-1]
}

// shownValue is CUE's way to write v, cut where it is long.
func shownValue(v cue.Value) string {
	s := strings.Join(strings.Fields(fmt.Sprint(v)), " ")
	if r := []rune(s); len(r) > 80 {
		s = string(r[:77]) + "..."
	}
	return s
}
