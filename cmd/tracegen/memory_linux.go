package main

import "golang.org/x/sys/unix"

// most is what a workspace may take of memory, and each profile of it. A build of
// a thousand profiles takes a twentieth.
const (
	most     = 480 << 20
	mostEach = 1 << 20
)

// limitMemory holds the program to what so many profiles may take. Package load
// watches what CUE takes, and says so; but a single call, such as strings.Replace,
// can ask for a thousand times as much at once. Go ends the program then, with exit
// code 2 and before anything is written, instead of the user's session.
func limitMemory(profiles int) {
	var now unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_DATA, &now) != nil {
		return
	}
	now.Cur = min(now.Cur, most+uint64(profiles)*mostEach)
	_ = unix.Setrlimit(unix.RLIMIT_DATA, &now)
}
