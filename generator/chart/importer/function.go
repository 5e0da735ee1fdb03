package importer

import (
	"strings"
	"text/template/parse"

	"tracegen.dev/generator/chart/keys"
)

// effect is what a function makes of its arguments.
type effect func(r *run, f *frame, n parse.Node, args []val) val

// function calls one by name.
func (r *run) function(f *frame, n parse.Node, name string, args []val) val {
	for _, a := range args {
		if !r.spend(a.weight() / 4) {
			return unknown()
		}
	}
	e, ok := r.effects[name]
	if must, cut := strings.CutPrefix(name, "must"); !ok && cut {
		e, ok = r.effects[lowerFirst(must)]
	}
	if ok {
		return e(r, f, n, args)
	}
	all := join(append([]val{{}}, args...)...)
	r.lose(f, n, "it goes to the function "+name+", which is not known", all)
	return unknown()
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// effects are the functions of Go's templates, of sprig 3.3.0 and of Helm
// 3.18.4 (pkg/engine/funcs.go), by what they do to values.
func effects() map[string]effect {
	table := map[string]effect{
		"include": func(r *run, f *frame, n parse.Node, args []val) val {
			if len(args) < 2 {
				return unknown()
			}
			return r.include(f, n, args[0], args[1])
		},
		"tpl":   tpl,
		"dict":  dict,
		"index": index,
		"get":   index,
		"dig":   dig,
		"set":   set,
		"unset": first,
		"omit": func(r *run, f *frame, n parse.Node, args []val) val {
			if len(args) == 0 {
				return unknown()
			}
			args[0].isMap()
			for _, k := range args[1:] {
				r.fieldsOf(args[0], k)
			}
			return first(r, f, n, args)
		},
		"pick": func(r *run, f *frame, n parse.Node, args []val) val {
			if len(args) < 1 {
				return unknown()
			}
			o := r.object(n, args[0].key())
			for _, k := range args[1:] {
				for _, w := range k.words {
					r.put(o, w, args[0].field(w))
				}
			}
			return made(o)
		},
		"hasKey": func(r *run, f *frame, n parse.Node, args []val) val {
			if len(args) > 1 {
				for _, w := range args[1].words {
					args[0].field(w)
				}
			}
			return unknown()
		},
		"pluck": func(r *run, f *frame, n parse.Node, args []val) val {
			if len(args) < 2 {
				return unknown()
			}
			o := r.object(n, "")
			for _, m := range args[1:] {
				r.putEach(o, r.fieldsOf(m, args[0]))
			}
			return made(o)
		},
		"default":  func(r *run, f *frame, n parse.Node, args []val) val { return join(append([]val{{}}, args...)...) },
		"ternary":  firstOf(2),
		"required": func(r *run, f *frame, n parse.Node, args []val) val { return last(args) },
		"merge":    merge,
		"deepCopy": first,
		"values": func(r *run, f *frame, n parse.Node, args []val) val {
			return r.listOf(n, join(append([]val{{}}, args...)...).items())
		},
		"keys": func(r *run, f *frame, n parse.Node, args []val) val {
			names := val{}
			for _, m := range args {
				names.rest = names.rest || m.rest || len(m.nodes) > 0
				for _, o := range m.objs {
					names.rest = names.rest || !o.each.empty()
					for _, k := range sortedKeys(o.fields) {
						names = join(names, word(k))
					}
				}
			}
			return r.listOf(n, names)
		},
		"list":   list,
		"append": func(r *run, f *frame, n parse.Node, args []val) val { return r.lengthen(n, args) },
		"concat": func(r *run, f *frame, n parse.Node, args []val) val {
			return join(append([]val{{}}, args...)...)
		},
		"first":   func(r *run, f *frame, n parse.Node, args []val) val { return last(args).items() },
		"without": first,
		"slice":   first,
		"rest":    first,
		"chunk":   func(r *run, f *frame, n parse.Node, args []val) val { return r.listOf(n, last(args)) },
		"has": func(r *run, f *frame, n parse.Node, args []val) val {
			r.printed(last(args).items())
			return unknown()
		},
		"join": func(r *run, f *frame, n parse.Node, args []val) val {
			l := last(args)
			if l.whole() {
				l = l.items()
			}
			r.printed(l)
			return val{rest: true, pieces: l.pieces}
		},
		"toYaml":   toText,
		"fromYaml": fromText,
		"nindent":  indent,
		"printf":   printf,
		"print":    printed,
		"kindIs":   kindIs,
	}
	same := func(as string, names string) {
		for name := range strings.FieldsSeq(names) {
			table[name] = table[as]
		}
	}
	same("default", "coalesce and or")
	same("append", "push prepend")
	same("list", "tuple")
	same("first", "last")
	same("rest", "initial uniq compact sortAlpha reverse")
	same("merge", "mergeOverwrite")
	same("toYaml", "toJson toPrettyJson toRawJson toToml toYamlPretty toStrings")
	same("fromYaml", "fromJson fromYamlArray fromJsonArray fromToml")
	same("nindent", "indent")
	same("kindIs", "typeIs typeIsLike kindOf typeOf")
	// What these say depends on whether a value is there, not on what it holds.
	for name := range strings.FieldsSeq(`not empty len all any deepEqual until untilStep seq now fail
		sha256sum sha1sum sha512sum adler32sum genCA genSelfSignedCert genSignedCert genPrivateKey`) {
		table[name] = nothing
	}
	// These take a text, and give one that holds it.
	exact := worded()
	for name := range strings.FieldsSeq(`quote squote trim trimAll trimPrefix trimSuffix replace toString
		upper lower title untitle b64enc b64dec b32enc b32dec nospace trunc abbrev wrap wrapWith cat substr repeat
		html js urlquery regexReplaceAll regexReplaceAllLiteral snakecase camelcase kebabcase println
		swapcase initials plural shuffle clean base dir ext osBase osDir osClean osExt encryptAES decryptAES`) {
		table[name] = textFunction(exact[name])
	}
	// These take plain values, and what comes out is no value any more.
	for name := range strings.FieldsSeq(`eq ne lt le gt ge contains hasPrefix hasSuffix int int64 float64 toDecimal atoi
		add add1 sub mul div mod max min floor ceil round addf add1f subf mulf divf maxf minf biggest
		semver semverCompare regexMatch regexFind regexFindAll regexSplit regexQuoteMeta split splitList splitn
		lookup randAlphaNum randAlpha randNumeric randAscii randBytes randInt uuidv4 htpasswd bcrypt derivePassword
		date dateInZone date_in_zone dateModify date_modify ago duration durationRound htmlDate htmlDateInZone
		toDate unixEpoch env expandenv getHostByName urlParse urlJoin isAbs osIsAbs buildCustomCert
		genCAWithKey genSelfSignedCertWithKey genSignedCertWithKey hello ipv4 call`) {
		table[name] = plain
	}
	return table
}

func last(args []val) val {
	if len(args) == 0 {
		return unknown()
	}
	return args[len(args)-1]
}

func first(r *run, f *frame, n parse.Node, args []val) val {
	if len(args) == 0 {
		return unknown()
	}
	return args[0]
}

func firstOf(count int) effect {
	return func(r *run, f *frame, n parse.Node, args []val) val {
		return join(append([]val{{}}, args[:min(count, len(args))]...)...)
	}
}

func nothing(r *run, f *frame, n parse.Node, args []val) val { return unknown() }

// printed marks values that are printed, and copies what a text holds: it may
// decide something.
func (r *run) printed(v val) {
	r.scalars(v)
	for _, p := range v.pieces {
		r.sink(p.of, p.file, nowhere, 0)
	}
}

func plain(r *run, f *frame, n parse.Node, args []val) val {
	for _, a := range args {
		r.printed(a)
	}
	return unknown()
}

func printed(r *run, f *frame, n parse.Node, args []val) val {
	o := &output{words: []string{""}}
	for _, a := range args {
		r.scalars(a)
		o.print(a)
	}
	out := val{words: o.words, rest: o.words == nil}
	for _, a := range args {
		out.pieces = joinPieces(out.pieces, a.pieces)
	}
	return out
}

// printf knows the names that it makes of %s and constants.
func printf(r *run, f *frame, n parse.Node, args []val) val {
	if len(args) == 0 || len(args[0].words) != 1 || args[0].rest {
		return textFunction(nil)(r, f, n, args)
	}
	format := args[0].words[0]
	o := &output{words: []string{""}}
	for i := 1; ; i++ {
		at := strings.IndexByte(format, '%')
		if at < 0 || at+1 == len(format) {
			o.append([]string{format})
			break
		}
		o.append([]string{format[:at]})
		if verb := format[at+1]; i < len(args) && (verb == 's' || verb == 'v') {
			o.print(args[i])
		} else {
			o.words = nil
		}
		format = format[at+2:]
	}
	out := textFunction(nil)(r, f, n, args[1:])
	out.words, out.rest = o.words, o.words == nil
	return out
}

func kindIs(r *run, f *frame, n parse.Node, args []val) val {
	hints := keys.Any
	if len(args) == 2 {
		hints = 0
		for _, w := range args[0].words {
			switch w = strings.TrimPrefix(w, "*"); {
			case w == "map" || strings.HasPrefix(w, "map["):
				hints |= keys.Map
			case w == "slice" || strings.HasPrefix(w, "[]"):
				hints |= keys.List
			case w == "string":
				hints |= keys.String
			case w == "bool":
				hints |= keys.Bool
			case strings.HasPrefix(w, "int"), strings.HasPrefix(w, "float"):
				hints |= keys.Number
			}
		}
	}
	if hints != keys.Any {
		for _, v := range last(args).nodes {
			v.hints |= hints
		}
	}
	return unknown()
}
