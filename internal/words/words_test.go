package words_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/words"
)

func TestPercent(t *testing.T) {
	t.Parallel()
	for share, want := range map[float64]string{
		0: "0.0 %", 1: "100.0 %", 0.6123: "61.2 %", 0.9999: "99.9 %", 0.00001: "0.1 %", 0.2044: "20.4 %",
		math.NaN(): "–", math.Inf(1): "–",
	} {
		if diff := cmp.Diff(want, words.Percent(share)); diff != "" {
			t.Errorf("Percent(%v) (-want +got):\n%s", share, diff)
		}
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0 errors", 1: "1 error", 12345: "12,345 errors", -1234: "-1,234 errors"} {
		if diff := cmp.Diff(want, words.Count(n, "error")); diff != "" {
			t.Errorf("Count(%d) (-want +got):\n%s", n, diff)
		}
	}
}

func TestNumber(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 12345: "12,345", 1234567: "1,234,567", -12: "-12", -123: "-123", -1234: "-1,234"} {
		if got := words.Number(n); got != want {
			t.Errorf("Number(%d) = %q, want %q", n, got, want)
		}
	}
}
