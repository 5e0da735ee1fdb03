package verify

import (
	"tracegen.dev/generator/chart/keys"
)

// Values reads the values files of a release and compares each key with what the
// chart reads. It says nothing of a release that the library has no contract for.
// The error is for bytes that cannot be read.
func Values(l *keys.Library, r keys.Release, files ...[]byte) ([]keys.Finding, error) {
	parts := make([]keys.Value, len(files))
	for i, data := range files {
		var err error
		if parts[i], err = readYAML(data); err != nil {
			return nil, err
		}
	}
	found, _ := l.Check(r, parts...)
	return found, nil
}
