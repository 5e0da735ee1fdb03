package diag

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf16"
)

// Tool is what SARIF says of the program that found something.
type Tool struct {
	Name, Version, URI string
	Rules              []Described
}

// Described is a rule with what SARIF shows of it.
type Described struct {
	Rule
	Help string // in Markdown
	URI  string // where more stands
}

// SARIF prints findings as a log of SARIF 2.1.0 (OASIS, with errata 01), with all
// of the tool's rules. What is ignored is a suppressed result. src gives the bytes
// of a file, or nil. Dir is where the files' names begin, as seen from the root of
// the repository, which is where readers such as GitHub begin.
func SARIF(w io.Writer, ds []Diagnostic, src func(file string) []byte, dir string, tool Tool) error {
	l := sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0",
	}
	run := sarifRun{ColumnKind: "utf16CodeUnits", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: tool.Name, Version: tool.Version, URI: tool.URI, Rules: []sarifRule{}}
	for _, r := range tool.Rules {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, ruleOf(r))
	}
	s := &sarif{lines: lines{src: src}, dir: dir}
	for _, d := range ds {
		i := slices.IndexFunc(tool.Rules, func(r Described) bool { return r.Code == d.Code })
		run.Results = append(run.Results, s.result(d, i))
	}
	l.Runs = []sarifRun{run}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(l)
}

func ruleOf(r Described) sarifRule {
	name := ""
	for _, word := range strings.FieldsFunc(r.Name, func(r rune) bool { return r == ' ' || r == '-' || r == '\'' }) {
		name += strings.ToUpper(word[:1]) + word[1:]
	}
	out := sarifRule{
		ID: r.Code, Name: name, URI: r.URI,
		Short: sarifText{plain(strings.ToUpper(r.Name[:1]) + r.Name[1:])},
		Full:  sarifText{plain(strings.ToUpper(r.Doc[:1]) + r.Doc[1:] + ".")},
		Help:  sarifHelp{Text: plain(r.Help), Markdown: r.Help},
	}
	out.Default.Level = r.Severity.String()
	return out
}

// sarif knows the texts that results point into.
type sarif struct {
	lines
	dir string
}

func (s *sarif) result(d Diagnostic, rule int) sarifResult {
	text := escape(d.Message)
	if d.Help != "" {
		text += "\n\nhelp: "
		for line := range strings.Lines(strings.TrimRight(d.Help, "\n")) {
			text += escape(strings.TrimSuffix(line, "\n")) + "\n"
		}
		text = strings.TrimSuffix(text, "\n")
	}
	r := sarifResult{RuleID: d.Code, Level: d.Severity.String(), Message: sarifText{plain(text)}}
	if rule >= 0 {
		r.RuleIndex = &rule
	}
	// A finding is the same one as long as it is about the same thing, wherever
	// that has moved, and however the message is worded.
	sum := sha256.Sum256([]byte(d.Code + "\x00" + d.Position.File + "\x00" + d.Path))
	r.Fingerprints = map[string]string{"tracegenPath/v1": hex.EncodeToString(sum[:16])}
	if l := s.location(d.Position); l != nil {
		r.Locations = []sarifLocation{*l}
	}
	related := d.Related
	if d.Ignored != "" {
		// The last of them is the line that ignores it; readers without
		// suppressions had better not fail for it.
		r.Level = "note"
		r.Suppressions = []sarifSuppression{{Kind: "inSource", Justification: escape(d.Ignored)}}
		if n := len(related); n > 0 {
			r.Suppressions[0].Location = s.location(related[n-1].Position)
			related = related[:n-1]
		}
	}
	for i, rel := range related {
		if l := s.location(rel.Position); l != nil {
			l.ID, l.Message = i+1, &sarifText{plain(escape(rel.Message))}
			r.Related = append(r.Related, *l)
		}
	}
	return r
}

// location is nil where no place is known.
func (s *sarif) location(p Position) *sarifLocation {
	if !p.IsValid() {
		return nil
	}
	l := &sarifLocation{}
	l.Physical.Artifact = s.artifact(p.File)
	l.Physical.Region = s.region(p)
	return l
}

// artifact is the address of a file, relative to the repository's root.
func (s *sarif) artifact(file string) sarifArtifact {
	if path.IsAbs(file) {
		return sarifArtifact{URI: (&url.URL{Scheme: "file", Path: file}).String()}
	}
	return sarifArtifact{URI: (&url.URL{Path: below(s.dir, file)}).String(), Base: "%SRCROOT%"}
}

// region goes from the column to the end of the line. A finding about a whole
// file is at its first line, since GitHub shows none without one.
func (s *sarif) region(p Position) sarifRegion {
	r := sarifRegion{StartLine: max(p.Line, 1), EndLine: max(p.Line, 1)}
	if p.Line == 0 || p.Column == 0 {
		return r
	}
	r.StartColumn = p.Column
	if line, ok := s.lineOf(p); ok && p.Column-1 <= len(line) {
		r.StartColumn = 1 + units(line[:p.Column-1])
		r.EndColumn = 1 + units(line)
	}
	return r
}

// units counts as UTF-16 does, which is how SARIF counts columns.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// plain is a text in which SARIF finds neither placeholders nor links: it reads
// doubled braces as braces (3.11.5), and takes [a](1) for a link (3.11.6).
func plain(s string) string {
	s = strings.NewReplacer("{", "{{", "}", "}}").Replace(s)
	if strings.Contains(s, "](") {
		s = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`).Replace(s)
	}
	return s
}

// The parts of a log, in the order in which they are printed.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool struct {
			Driver sarifDriver `json:"driver"`
		} `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		URI     string      `json:"informationUri,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string    `json:"id"`
		Name    string    `json:"name"`
		Short   sarifText `json:"shortDescription"`
		Full    sarifText `json:"fullDescription"`
		Help    sarifHelp `json:"help"`
		URI     string    `json:"helpUri,omitempty"`
		Default struct {
			Level string `json:"level"`
		} `json:"defaultConfiguration"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifHelp struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifResult struct {
		RuleID       string             `json:"ruleId"`
		RuleIndex    *int               `json:"ruleIndex,omitempty"`
		Level        string             `json:"level"`
		Message      sarifText          `json:"message"`
		Locations    []sarifLocation    `json:"locations,omitempty"`
		Related      []sarifLocation    `json:"relatedLocations,omitempty"`
		Suppressions []sarifSuppression `json:"suppressions,omitempty"`
		Fingerprints map[string]string  `json:"partialFingerprints"`
	}
	sarifLocation struct {
		ID       int `json:"id,omitempty"`
		Physical struct {
			Artifact sarifArtifact `json:"artifactLocation"`
			Region   sarifRegion   `json:"region"`
		} `json:"physicalLocation"`
		Message *sarifText `json:"message,omitempty"`
	}
	sarifArtifact struct {
		URI  string `json:"uri"`
		Base string `json:"uriBaseId,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
	sarifSuppression struct {
		Kind          string         `json:"kind"`
		Justification string         `json:"justification"`
		Location      *sarifLocation `json:"location,omitempty"`
	}
)
