package integration_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/integration"
)

func TestUse(t *testing.T) {
	t.Parallel()
	day := func(n, hour int) time.Time { return time.Date(2026, 8, n, hour, 30, 0, 0, time.UTC) }
	m := integration.NewMemory()
	if _, known := m.Use("slack"); known {
		t.Error("a use is known of which nothing was noted")
	}
	for _, at := range []time.Time{day(1, 9), day(1, 17), day(3, 23), day(2, 1), day(14, 0), day(15, 8)} {
		m.Used("slack", at)
	}
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	read, err := integration.ReadMemory(&b)
	if err != nil {
		t.Fatal(err)
	}
	got, known := read.Use("slack")
	want := integration.Use{First: day(1, 0).Truncate(24 * time.Hour), Last: day(15, 0).Truncate(24 * time.Hour), Days: 4, Gap: 11}
	if diff := cmp.Diff(want, got); !known || diff != "" {
		t.Errorf("use (-want +got):\n%s", diff)
	}
	if _, known := read.Use("jira"); known {
		t.Error("another integration is in use too")
	}
}

// TestUseOfNonsense shows that a memory that somebody has written into proves
// nothing.
func TestUseOfNonsense(t *testing.T) {
	t.Parallel()
	for _, note := range []string{"yesterday", "2026-08-01 2026-07-01 5 1", "2026-08-01 2026-09-01 0 1", "2026-08-01 2026-99-01 5 1", "2026-08-01 2026-09-01 5 -1"} {
		m := integration.NewMemory()
		m.Keep("in use slack", note)
		if u, known := m.Use("slack"); known {
			t.Errorf("%q is the use %+v", note, u)
		}
	}
}
