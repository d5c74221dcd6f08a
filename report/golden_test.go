package report_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/golden"
	"github.com/plumbapi/plumb/report"
)

// Every format writes the rich and the empty report as it is kept in
// testdata, twice the same.
func TestGolden(t *testing.T) {
	t.Parallel()
	ends := map[string]string{
		"text": "txt", "json": "json", "sarif": "sarif", "junit": "xml", "codequality": "codequality.json",
		"github": "github.txt", "markdown": "md", "html": "html",
	}
	cases := []struct {
		name string
		rep  *check.Report
		opts report.Options
	}{
		{"rich", rich(), richOptions()},
		{"empty", clean(), report.Options{}},
	}
	for _, format := range report.Formats() {
		for _, c := range cases {
			t.Run(format+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				got := written(t, format, c.rep, c.opts)
				golden.Compare(t, filepath.Join("testdata", c.name+"."+ends[format]), got)
				if again := written(t, format, c.rep, c.opts); !bytes.Equal(got, again) {
					t.Error("the second time gives other bytes")
				}
			})
		}
	}
}

func written(t testing.TB, format string, rep *check.Report, opts report.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := report.Write(&b, format, rep, opts); err != nil {
		t.Fatalf("Write %s: %v", format, err)
	}
	return b.Bytes()
}
