package importer

import (
	"slices"
	"strings"
)

// output is what a template writes: how deep in a manifest it stands, which
// values it has copied there, and the text itself where that is constant.
type output struct {
	levels []level
	col    int    // of the line so far
	blank  bool   // nothing but blanks on the line so far
	open   bool   // the last thing is a key without a value
	word   string // a dynamic key may end here
	kind   string // of the manifest
	pieces []piece
	words  []string // all that it may have written; or nil
}

// level is a key, or an item of a list, that lines below belong to.
type level struct {
	weight int // twice the column; and one, of an item
	name   string
}

func newOutput() *output { return &output{blank: true, words: []string{""}} }

// clone starts a branch, which the rest is written to in its turn.
func (o *output) clone() *output {
	c := *o
	c.levels, c.words = slices.Clone(o.levels), slices.Clone(o.words)
	return &c
}

// meet goes on after two branches.
func (o *output) meet(a, b *output) {
	words := joinWords(a.words, b.words)
	pieces := joinPieces(a.pieces, b.pieces)
	main := a
	if slices.Equal(a.levels, o.levels) && !slices.Equal(b.levels, o.levels) {
		main = b
	}
	*o = *main
	o.words, o.pieces = words, pieces
}

func joinWords(a, b []string) []string {
	if a == nil || b == nil {
		return nil
	}
	out := slices.Clone(a)
	for _, w := range b {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	if len(out) > many {
		return nil
	}
	return out
}

// maxWord is how long a text is followed that may be the name of a key.
const maxWord = 200

func (o *output) append(words []string) {
	if o.words == nil || len(words) == 0 || len(words)*len(o.words) > many {
		o.words = nil
		return
	}
	var out []string
	for _, a := range o.words {
		for _, b := range words {
			if len(a)+len(b) > maxWord {
				o.words = nil
				return
			}
			if !slices.Contains(out, a+b) {
				out = append(out, a+b)
			}
		}
	}
	o.words = out
}

// text follows the lines of a manifest.
func (o *output) text(s string) {
	if len(s) > maxWord {
		o.words = nil
	} else {
		o.append([]string{s})
	}
	for i, row := range strings.Split(s, "\n") {
		if i > 0 {
			o.col, o.blank, o.word = 0, true, ""
		}
		o.line(row)
	}
}

func (o *output) line(row string) {
	for row != "" && o.blank {
		if row[0] == ' ' {
			o.col++
			row = row[1:]
			continue
		}
		if row == "-" || strings.HasPrefix(row, "- ") {
			o.push(level{2*o.col + 1, "[]"})
			o.col++
			row = row[1:]
			o.open = true
			continue
		}
		o.blank = false
		if row[0] == '#' {
			o.col += len(row)
			return
		}
		if row == "---" || strings.HasPrefix(row, "--- ") {
			o.levels, o.open, o.kind = nil, false, ""
			return
		}
		name, value, ok := keyOf(row)
		if !ok {
			o.pop(2 * o.col)
			o.open = false
			break
		}
		o.key(name, strings.TrimSpace(value), o.col)
		o.col += len(row)
		return
	}
	if o.word != "" && (row == ":" || strings.HasPrefix(row, ": ")) {
		o.key("*", strings.TrimSpace(row[1:]), o.col)
	}
	if strings.TrimSpace(row) != "" {
		o.word = ""
	}
	o.col += len(row)
}

func (o *output) key(name, value string, col int) {
	if strings.HasPrefix(value, "|") || strings.HasPrefix(value, ">") {
		name += "|" // what follows is a text, and its keys are another's
		value = ""
	}
	if strings.HasPrefix(value, "#") {
		value = ""
	}
	o.push(level{2 * col, name})
	o.open = value == ""
	if name == "kind" && col == 0 {
		o.kind = strings.Trim(value, `"'`)
	}
}

// keyOf is the key that a line begins with.
func keyOf(row string) (name, value string, ok bool) {
	if q := row[0]; q == '"' || q == '\'' {
		end := strings.IndexByte(row[1:], q)
		if end < 0 {
			return "", "", false
		}
		name, row = row[1:end+1], row[end+2:]
	} else {
		i := strings.Index(row, ":")
		if i < 0 {
			return "", "", false
		}
		name, row = row[:i], row[i:]
		if strings.ContainsAny(name, " {[") {
			return "", "", false
		}
	}
	if row == ":" || strings.HasPrefix(row, ": ") {
		return name, row[1:], true
	}
	return "", "", false
}

// pop leaves what stands deeper than the weight, or at it.
func (o *output) pop(weight int) {
	for len(o.levels) > 0 && o.levels[len(o.levels)-1].weight >= weight {
		o.levels = o.levels[:len(o.levels)-1]
	}
}

func (o *output) push(l level) {
	o.pop(l.weight)
	o.levels = append(o.levels, l)
}

// print writes a value.
func (o *output) print(v val) {
	words := v.words
	if v.rest || v.whole() || len(v.pieces)+len(v.files) > 0 {
		words = nil
	}
	o.append(words)
	for _, p := range v.pieces {
		o.pieces = joinPieces(o.pieces, []piece{o.placed(p)})
	}
	if len(v.pieces) == 0 {
		o.open = false // the key has its value now
	}
	if o.blank {
		o.blank = false
		o.word = "*"
	}
	o.col++
}

// placed puts what stands above the action before the piece's own path.
func (o *output) placed(p piece) piece {
	levels := o.levels
	if p.kind == "" {
		p.kind = o.kind
	}
	if o.blank || p.nl {
		col := p.col
		if !p.nl {
			col = max(col, o.col)
		}
		keep := len(levels)
		for keep > 0 {
			l := levels[keep-1]
			if l.weight < 2*col || l.weight == 2*col && o.open && keep == len(levels) {
				break
			}
			keep--
		}
		levels = levels[:keep]
	}
	if len(levels) == 0 {
		return p
	}
	names := make([]string, 0, len(levels)+1)
	for _, l := range levels {
		names = append(names, l.name)
	}
	if p.path != "" {
		names = append(names, p.path)
	}
	p.path, p.col, p.nl = strings.Join(names, "/"), levels[0].weight/2, false
	return p
}
