package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

func main() {
	rounds := flag.Int("rounds", 15, "how often each command runs; those over many profiles a fifth as often")
	many := flag.Int("profiles", 1000, "how many profiles the largest workspace has")
	root := flag.String("root", "..", "tracegen's module")
	only := flag.String("only", "", "run only the commands whose name has this in it, and judge nothing")
	flag.Parse()
	if *rounds < 1 || *many < 30 {
		fmt.Fprintln(os.Stderr, "bench: at least one round and 30 profiles")
		os.Exit(2)
	}
	ok, err := run(*rounds, *many, *root, *only)
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

// inMemory gives a file system in memory with room enough, or "" for the default
// place. On a disk, what it costs to make a file depends on what was deleted in
// the seconds before: ext4 then looks long for an inode, and a cold build takes
// anything from one to three times its own work.
func inMemory() string {
	const dir = "/dev/shm"
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil || uint64(s.Bsize)*s.Bavail < 4<<30 {
		return ""
	}
	return dir
}

func run(rounds, many int, root, only string) (bool, error) {
	dir, err := os.MkdirTemp(inMemory(), "tracegen-bench-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	b := &bench{dir: dir, env: append(os.Environ(),
		// Nobody's caches and settings take part.
		"HOME="+dir, "XDG_CACHE_HOME="+filepath.Join(dir, "cache"), "XDG_CONFIG_HOME="+filepath.Join(dir, "config"))}
	fmt.Println("building tracegen and its peers")
	if err := b.build(root); err != nil {
		return false, err
	}
	if err := b.workspaces(many); err != nil {
		return false, err
	}
	rows := selected(b.rows(many), only)
	if err := b.measure(rows, rounds); err != nil {
		return false, err
	}
	show(rows)
	if only != "" {
		return true, nil
	}
	return judge(rows, limits(many)), nil
}
