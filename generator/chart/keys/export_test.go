package keys

// Embedded lists the contracts and shapes that are part of the program.
func Embedded() []string {
	var out []string
	for _, k := range known {
		out = append(out, k.name)
	}
	return out
}
