package view_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/plumbapi/plumb/internal/golden"
	"github.com/plumbapi/plumb/snapshot"
	"github.com/plumbapi/plumb/snapshot/view"
)

func render(t *testing.T, format string, in view.Input) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := view.Write(&b, format, in); err != nil {
		t.Fatalf("Write %s: %v", format, err)
	}
	return b.Bytes()
}

func TestGolden(t *testing.T) {
	t.Parallel()
	first := input()
	first.History = nil
	for _, test := range []struct {
		name string
		in   view.Input
	}{{"one", input()}, {"many", many()}, {"first", first}} {
		for _, format := range view.Formats() {
			t.Run(test.name+"/"+format, func(t *testing.T) {
				t.Parallel()
				ext := format
				if format == "markdown" {
					ext = "md"
				}
				got := render(t, format, test.in)
				if format == "html" { // the look is tested elsewhere
					_, got, _ = bytes.Cut(got, []byte("</style>"))
					got, _, _ = bytes.Cut(got, []byte("<script>"))
				}
				golden.Compare(t, filepath.Join("testdata", test.name+"."+ext), got)
			})
		}
	}
}

// TestJSONIsASnapshot reads a report in JSON back as the snapshot that it is of.
func TestJSONIsASnapshot(t *testing.T) {
	t.Parallel()
	in := many()
	got, err := snapshot.Read(bytes.NewReader(render(t, "json", in)))
	if err != nil {
		t.Fatal(err)
	}
	var want, have bytes.Buffer
	if err := snapshot.Write(&want, in.Now); err != nil {
		t.Fatal(err)
	}
	if err := snapshot.Write(&have, got); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want.Bytes(), have.Bytes()) {
		t.Errorf("the snapshot in the report is another:\n%s", have.Bytes())
	}
}
