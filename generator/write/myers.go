package write

// edit replaces lines a to aEnd of the old text by lines b to bEnd of the new.
type edit struct{ a, aEnd, b, bEnd int }

// maxEdits bounds the search, whose memory grows with its square. Texts that
// differ more are shown as replaced as a whole between what they have in
// common at both ends: nobody follows such a diff line by line.
const maxEdits = 1000

// compareLines gives the fewest edits that make new of old, in order and with
// something common between any two (E. Myers, An O(ND) Difference Algorithm).
func compareLines(old, new []string) []edit {
	start := 0
	for start < len(old) && start < len(new) && old[start] == new[start] {
		start++
	}
	a, b := old[start:], new[start:]
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 0 && len(b) == 0 {
		return nil
	}
	rounds, ok := search(a, b)
	if !ok {
		return []edit{{start, start + len(a), start, start + len(b)}}
	}

	// Back from the end. Each round holds how far each diagonal k = x-y was
	// followed with that many edits.
	var edits []edit
	x, y := len(a), len(b)
	for d := len(rounds) - 1; d > 0; d-- {
		px, py := previous(rounds[d-1], d, x-y)
		e := edit{start + px, start + px, start + py, start + py}
		if px-py < x-y {
			e.aEnd++
		} else {
			e.bEnd++
		}
		if k := len(edits) - 1; k >= 0 && e.aEnd == edits[k].a && e.bEnd == edits[k].b {
			edits[k].a, edits[k].b = e.a, e.b
		} else {
			edits = append(edits, e)
		}
		x, y = px, py
	}
	for i, j := 0, len(edits)-1; i < j; i, j = i+1, j-1 {
		edits[i], edits[j] = edits[j], edits[i]
	}
	return edits
}

// search follows all diagonals with one edit more in each round, until one
// reaches the end. rounds[d][k+d] is the x that diagonal k reached.
func search(a, b []string) (rounds [][]int, ok bool) {
	for d := 0; d <= maxEdits; d++ {
		round := make([]int, 2*d+1)
		for k := -d; k <= d; k += 2 {
			x := 0
			if d > 0 {
				px, py := previous(rounds[d-1], d, k)
				x = px
				if px-py < k {
					x++
				}
			}
			y := x - k
			for x < len(a) && y < len(b) && a[x] == b[y] {
				x, y = x+1, y+1
			}
			round[k+d] = x
			if x >= len(a) && y >= len(b) {
				return append(rounds, round), true
			}
		}
		rounds = append(rounds, round)
	}
	return nil, false
}

// previous gives the point from which diagonal k was entered in round d: by a
// deletion from the diagonal below, or by an insertion from the one above,
// whichever got further.
func previous(last []int, d, k int) (x, y int) {
	from := k - 1
	if k == -d || k != d && last[k-1+d-1] < last[k+1+d-1] {
		from = k + 1
	}
	x = last[from+d-1]
	return x, x - from
}
