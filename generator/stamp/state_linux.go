package stamp

import (
	"os"
	"strconv"
	"syscall"
	"time"
)

// state describes a path in one word, and when it was last changed. What a link
// leads to counts as well as the link.
func state(path string) (word string, changed time.Time, ok bool) {
	var s syscall.Stat_t
	switch err := syscall.Lstat(path, &s); err {
	case nil:
	case syscall.ENOENT, syscall.ENOTDIR:
		return "-", time.Time{}, true
	default:
		return "", time.Time{}, false
	}
	word, changed = described(&s)
	if s.Mode&syscall.S_IFMT != syscall.S_IFLNK {
		return word, changed, true
	}
	to, err := os.Stat(path)
	if err != nil {
		return "", time.Time{}, false
	}
	further, later := described(to.Sys().(*syscall.Stat_t))
	if later.After(changed) {
		changed = later
	}
	return word + ">" + further, changed, true
}

func described(s *syscall.Stat_t) (string, time.Time) {
	b := make([]byte, 0, 96)
	for _, n := range []int64{int64(s.Mode), s.Size, s.Mtim.Nano(), s.Ctim.Nano(), int64(s.Ino), int64(s.Dev)} {
		b = append(strconv.AppendInt(b, n, 36), ',')
	}
	return string(b), time.Unix(0, max(s.Mtim.Nano(), s.Ctim.Nano()))
}
