package write

import "bytes"

// isMarker recognises the lines that Git puts around the sides of a conflict.
// No other line of a lock begins so.
func isMarker(line string) bool {
	if len(line) < 7 {
		return false
	}
	switch m := line[:7]; m {
	case "<<<<<<<", "|||||||", "=======", ">>>>>>>":
		return true
	}
	return false
}

// sides gives the two versions of a file in which Git left conflict markers.
// What stands in the base part, as with merge.conflictStyle=diff3, is in
// neither: no way to resolve a conflict keeps it. If there is no conflict, or
// its markers are out of order, ok is false.
//
// Where Git also merged other parts of the file by itself, neither side is a
// version that anybody wrote, and nothing tells it from an edit. The attribute
// -merge for the output directory keeps Git from mixing.
func sides(data []byte) (left, right []byte, ok bool) {
	const (
		both = iota
		inLeft
		inBase
		inRight
	)
	state := both
	for line := range bytes.Lines(data) {
		marker := byte(0)
		if isMarker(string(line)) && (len(line) == 7 || line[7] == ' ' || line[7] == '\n' || line[7] == '\r') {
			marker = line[0]
		}
		switch {
		case marker == '<' && state == both:
			state, ok = inLeft, true
		case marker == '|' && state == inLeft:
			state = inBase
		case marker == '=' && (state == inLeft || state == inBase):
			state = inRight
		case marker == '>' && state == inRight:
			state = both
		case marker != 0 && state != inBase:
			return nil, nil, false
		case state == both:
			left, right = append(left, line...), append(right, line...)
		case state == inLeft:
			left = append(left, line...)
		case state == inRight:
			right = append(right, line...)
		}
	}
	return left, right, ok && state == both
}
