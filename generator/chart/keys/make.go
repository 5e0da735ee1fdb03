package keys

// Add puts keys below, where those that are there stay. Those that come in order
// are not sorted again.
func (k *Key) Add(below ...*Key) {
	sorted := true
	all := k.Keys()
	for _, b := range below {
		if n := len(all); n > 0 && byName(all[n-1], b) > 0 {
			sorted = false
		}
		all = append(all, b)
	}
	k.keys = all
	if !sorted {
		sortKeys(k.Keys())
	}
}
