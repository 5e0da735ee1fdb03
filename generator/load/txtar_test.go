package load

import (
	"bytes"
	"strings"
)

// archive is a txtar file: a comment, then files after lines `-- name --`.
type archive struct {
	comment string
	files   []file
}

type file struct {
	name string
	data string
}

func parseArchive(data []byte) archive {
	var a archive
	for line := range strings.Lines(string(data)) {
		name, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), "-- ")
		if name, ok2 := strings.CutSuffix(name, " --"); ok && ok2 {
			a.files = append(a.files, file{name: name})
			continue
		}
		if len(a.files) == 0 {
			a.comment += line
		} else {
			a.files[len(a.files)-1].data += line
		}
	}
	return a
}

func (a archive) format() []byte {
	var b bytes.Buffer
	b.WriteString(a.comment)
	for _, f := range a.files {
		b.WriteString("-- " + f.name + " --\n" + f.data)
	}
	return b.Bytes()
}
