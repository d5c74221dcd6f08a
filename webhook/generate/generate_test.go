package generate_test

import (
	"go/format"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/webhook/generate"
)

// Generated code is as gofmt has it, and the same each time.
func TestGoIsStable(t *testing.T) {
	t.Parallel()
	first, err := generate.Go(tracker(), generate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range first {
		formatted, err := format.Source(f.Data)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if diff := cmp.Diff(string(f.Data), string(formatted)); diff != "" {
			t.Errorf("%s (-written +formatted):\n%s", f.Name, diff)
		}
	}
	again, err := generate.Go(tracker(), generate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("Go, second time (-want +got):\n%s", diff)
	}
}
