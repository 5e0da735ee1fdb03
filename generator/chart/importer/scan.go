package importer

import (
	"fmt"
	"strings"
	"text/template/parse"
)

// scan holds a template to what the parser, which calls itself for each level,
// can take. It counts more levels rather than fewer.
func scan(file, text string, actions *int) error {
	line, depth := 1, 0
	var levels []int
	for {
		i := strings.Index(text, "{{")
		if i < 0 {
			return nil
		}
		line += strings.Count(text[:i], "\n")
		text = text[i+2:]
		end := strings.Index(text, "}}")
		if end < 0 {
			end = len(text)
		}
		action := text[:end]
		if *actions += end + 2; *actions > maxActions {
			return fmt.Errorf("%s:%d: the chart's templates have more than %d MiB of actions", file, line, maxActions>>20)
		}
		if strings.Count(action, "(") > maxDepth || strings.Count(action, ":=")+strings.Count(action, "|") > 4*maxDepth {
			if nesting(action) > maxDepth {
				return fmt.Errorf("%s:%d: parentheses stand more than %d deep", file, line, maxDepth)
			}
		}
		word, more, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(action, "-")), " ")
		switch strings.TrimSuffix(word, "-") {
		case "if", "with", "range", "block", "define":
			levels = append(levels, depth)
			depth++
		case "else":
			if strings.HasPrefix(strings.TrimSpace(more), "if") || strings.HasPrefix(strings.TrimSpace(more), "with") {
				depth++
			}
		case "end":
			if n := len(levels); n > 0 {
				depth, levels = levels[n-1], levels[:n-1]
			}
		}
		if depth > maxDepth {
			return fmt.Errorf("%s:%d: actions stand more than %d deep", file, line, maxDepth)
		}
		line += strings.Count(action, "\n")
		text = text[min(end+2, len(text)):]
	}
}

func nesting(s string) int {
	deep, most := 0, 0
	for _, r := range s {
		switch r {
		case '(':
			deep++
			most = max(most, deep)
		case ')':
			deep--
		}
	}
	return most
}

// parseTemplate gives the trees of a file: its own, and those that it defines.
func parseTemplate(file, text string) (map[string]*parse.Tree, error) {
	t := parse.New(file)
	t.Mode = parse.SkipFuncCheck
	trees := map[string]*parse.Tree{}
	if _, err := t.Parse(text, "{{", "}}", trees); err != nil {
		return nil, fmt.Errorf("%s", strings.TrimPrefix(err.Error(), "template: "))
	}
	return trees, nil
}
