package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// row is one command with what was measured.
type row struct {
	name     string
	args     []string
	dir      string // where it runs; the bench's directory if empty
	fresh    bool   // gets -o with a directory that is not there
	profiles int    // what it works on; the CPU is also shown per profile
	heavy    bool   // runs in one round of five

	cpu, wall []time.Duration
	rss       int64 // bytes, the largest
}

// measure runs the rows in turn, round after round.
func (b *bench) measure(rows []*row, rounds int) error {
	for round := range rounds {
		for _, r := range rows {
			if r.heavy && round%5 != 0 {
				continue
			}
			if err := b.once(r); err != nil {
				return err
			}
		}
		fmt.Printf("\rround %d of %d", round+1, rounds)
	}
	fmt.Println()
	return nil
}

func (b *bench) once(r *row) error {
	args := r.args
	if r.fresh {
		// All of them stay until the end: ext4 searches long for an inode that
		// was not deleted in the last seconds.
		b.outputs++
		args = append(slices.Clone(args), "-o", filepath.Join(b.dir, "fresh", strconv.Itoa(b.outputs)))
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir, cmd.Env = r.dir, b.env
	if cmd.Dir == "" {
		cmd.Dir = b.dir
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, stderr.Bytes())
	}
	state := cmd.ProcessState
	r.cpu = append(r.cpu, state.UserTime()+state.SystemTime())
	r.wall = append(r.wall, wall)
	// Linux counts in KiB. It also counts what the process was before exec, a
	// copy of this one, which therefore stays small.
	if u, ok := state.SysUsage().(*syscall.Rusage); ok {
		r.rss = max(r.rss, int64(u.Maxrss)*1024)
	}
	return nil
}

func median(d []time.Duration) time.Duration {
	if len(d) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(d))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}

// ms is the median CPU in milliseconds.
func (r *row) ms() float64 { return float64(median(r.cpu)) / 1e6 }

// each is the CPU per profile, in milliseconds.
func (r *row) each() float64 { return r.ms() / float64(max(r.profiles, 1)) }

func show(rows []*row) {
	fmt.Printf("\n%-34s %4s %10s %9s %9s %11s %9s\n", "command", "runs", "CPU ms", "from", "to", "per profile", "RSS MB")
	for _, r := range rows {
		each := ""
		if r.profiles > 0 {
			each = fmt.Sprintf("%.2f", r.each())
		}
		fmt.Printf("%-34s %4d %10.1f %9.1f %9.1f %11s %9.1f\n", r.name, len(r.cpu), r.ms(),
			float64(slices.Min(r.cpu))/1e6, float64(slices.Max(r.cpu))/1e6, each, float64(r.rss)/1e6)
	}
	fmt.Println()
}
