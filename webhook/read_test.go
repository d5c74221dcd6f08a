package webhook_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/internal/golden"
	"github.com/plumbapi/plumb/webhook"
)

// TestRead reads every description of testdata/read and compares the model with
// what stands beside it.
func TestRead(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/read/*.*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no descriptions: %v", err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".want") {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			m := read(t, []webhook.Source{{Name: filepath.Base(file), Data: data}}, "")
			checkModel(t, m)
			golden.Compare(t, file+".want", []byte(summary(m)))
		})
	}
}
