// Package quantity reads and writes amounts as Kubernetes does.
package quantity

import (
	"math"
	"strconv"
	"strings"
)

var units = [...]struct {
	suffix string
	factor float64
}{
	{"Ki", 1 << 10}, {"Mi", 1 << 20}, {"Gi", 1 << 30}, {"Ti", 1 << 40}, {"Pi", 1 << 50}, {"Ei", 1 << 60},
	{"m", 1e-3}, {"k", 1e3}, {"M", 1e6}, {"G", 1e9}, {"T", 1e12}, {"P", 1e15}, {"E", 1e18}, {"", 1},
}

// Parse reads a quantity, such as 512Mi, 2 or 500m.
func Parse(s string) (float64, bool) {
	for _, u := range units {
		if number, ok := strings.CutSuffix(s, u.suffix); ok {
			n, err := strconv.ParseFloat(number, 64)
			n *= u.factor
			// Go reads more as a number than Kubernetes: NaN, Infinity, 0x1p4.
			return n, err == nil && strings.Trim(number, "+-.0123456789eE") == "" && !math.IsInf(n, 0)
		}
	}
	return 0, false
}

// Bytes writes a number of bytes for people, rounded, in the largest binary
// unit that leaves something before the point.
func Bytes(n int64) string {
	size, unit := float64(n), ""
	for _, u := range []string{"Ki", "Mi", "Gi", "Ti", "Pi", "Ei"} {
		if math.Abs(size) < 1024 {
			break
		}
		size, unit = size/1024, u
	}
	if size < 100 {
		size = math.Round(size*10) / 10
	} else {
		size = math.Round(size)
	}
	return strconv.FormatFloat(size, 'f', -1, 64) + unit
}

// Cores writes thousandths of processor cores as Kubernetes does.
func Cores(milli int64) string {
	if milli%1000 == 0 {
		return strconv.FormatInt(milli/1000, 10)
	}
	return strconv.FormatInt(milli, 10) + "m"
}
