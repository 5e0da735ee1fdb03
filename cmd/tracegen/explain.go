package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"tracegen.dev/generator/catalogue"
)

// doExplain prints what is known of codes.
func (a *app) doExplain(words []string) error {
	var entries []catalogue.Entry
	for _, word := range words {
		e, err := catalogue.Find(word)
		if err != nil {
			return err
		}
		entries = append(entries, e)
	}
	for i, e := range entries {
		if a.format == "json" {
			if err := explainJSON(a.stdout, e); err != nil {
				return err
			}
			continue
		}
		if i > 0 {
			fmt.Fprintln(a.stdout)
		}
		if err := explainText(a.stdout, e); err != nil {
			return err
		}
	}
	return nil
}

func explainText(w io.Writer, e catalogue.Entry) error {
	var b strings.Builder
	ignorable := "cannot be ignored"
	if e.Ignorable {
		ignorable = "can be ignored"
	}
	fmt.Fprintf(&b, "%s %s (%s, %s)\n\n", e.Code, e.Name, e.Severity, ignorable)
	fmt.Fprintf(&b, "%s%s.\n\n", strings.ToUpper(e.Doc[:1]), e.Doc[1:])
	code := false
	for line := range strings.Lines(e.Explanation + "\n") {
		switch {
		case strings.HasPrefix(line, "```"):
			code = !code
			continue
		case code && line != "\n":
			b.WriteString("    ")
		}
		b.WriteString(line)
	}
	b.WriteByte('\n')
	for _, n := range e.Invariants {
		fmt.Fprintf(&b, "I%d: %s\n", n, catalogue.Invariants[n-1].Doc)
	}
	for _, r := range e.References {
		fmt.Fprintf(&b, "see %s\n", r)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// explained is an entry as JSON has it.
type explained struct {
	Code        string   `json:"code"`
	Name        string   `json:"name"`
	Doc         string   `json:"doc"`
	Severity    string   `json:"severity"`
	Ignorable   bool     `json:"ignorable"`
	Explanation string   `json:"explanation"`
	References  []string `json:"references"`
	Invariants  []string `json:"invariants"`
}

func explainJSON(w io.Writer, e catalogue.Entry) error {
	out := explained{
		Code: e.Code, Name: e.Name, Doc: e.Doc, Severity: e.Severity.String(), Ignorable: e.Ignorable,
		Explanation: e.Explanation, References: e.References, Invariants: []string{},
	}
	for _, n := range e.Invariants {
		out.Invariants = append(out.Invariants, fmt.Sprintf("I%d", n))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// completeCodes offers every code with its name.
func completeCodes(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var out []string
	for _, r := range catalogue.Rules() {
		out = append(out, r.Code+"\t"+r.Name)
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
