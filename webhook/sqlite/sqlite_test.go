package sqlite_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/plumbapi/plumb/webhook/sqlite"
)

func TestOpen(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"hooks.db", ":memory:", "a b?c#d%41.db"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), name)
			for range 2 {
				db, err := sqlite.Open(t.Context(), path)
				if err != nil {
					t.Fatal(err)
				}
				if err := db.Close(); err != nil {
					t.Fatal(err)
				}
			}
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			if info.Size() == 0 || info.Mode().Perm() != 0o600 {
				t.Errorf("the file has %d bytes and mode %v", info.Size(), info.Mode())
			}
		})
	}
}

func TestOpenNoPath(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"", "a\x00b", filepath.Join(t.TempDir(), "none", "x.db")} {
		if _, err := sqlite.Open(t.Context(), path); err == nil {
			t.Errorf("Open(%q) has no error", path)
		}
	}
}

// TestOpenTogether opens a new file many times at once, as processes that
// start together do.
func TestOpenTogether(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "hooks.db")
	var wg sync.WaitGroup
	for range 12 {
		wg.Go(func() {
			db, err := sqlite.Open(t.Context(), path)
			if err != nil {
				t.Error(err)
				return
			}
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}
