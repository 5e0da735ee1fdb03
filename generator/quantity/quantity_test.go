package quantity

import (
	"math"
	"testing"

	"tracegen.dev/internal/bounded"
)

// FuzzParse wants a number where there is one, and an end.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"1.5Gi", "500m", "1e3", "-1", "NaN", "0x1p-2", "1_0k", "9999999999999999999E"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		bounded.Run(t, len(s), func() {
			if n, ok := Parse(s); ok && (math.IsNaN(n) || math.IsInf(n, 0)) {
				t.Errorf("%q is %v", s, n)
			}
		})
	})
}

func TestParse(t *testing.T) {
	for s, want := range map[string]float64{"1": 1, "500m": 0.5, "1.5Gi": 1.5 * (1 << 30), "16Gi": 16 << 30, "2k": 2000, "8M": 8e6, "0": 0} {
		if got, ok := Parse(s); !ok || got != want {
			t.Errorf("%s is %v, %v, not %v", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "Gi", "one", "1Zi", "NaN", "Infinity", "-inf", "0x1p4", "1e300E"} {
		if got, ok := Parse(s); ok {
			t.Errorf("%q is %v", s, got)
		}
	}
}

func TestWrite(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 1023: "1023", 1024: "1Ki", 8 << 30: "8Gi", 3 << 29: "1.5Gi", 6<<30 + 1: "6Gi", 9830 << 20: "9.6Gi", 250 << 20: "250Mi", 1_612_000_000: "1.5Gi"} {
		if got := Bytes(n); got != want {
			t.Errorf("%d bytes are %s, not %s", n, got, want)
		}
	}
	for n, want := range map[int64]string{0: "0", 4000: "4", 250: "250m", 1500: "1500m"} {
		if got := Cores(n); got != want {
			t.Errorf("%d are %s, not %s", n, got, want)
		}
	}
}
