package report_test

import (
	"bytes"
	"testing"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/pagetest"
	"github.com/plumbapi/plumb/report"
)

// pageOf writes a report as a page on the disk and returns its address.
func pageOf(t *testing.T, rep *check.Report, opts report.Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.HTML(&b, rep, opts); err != nil {
		t.Fatal(err)
	}
	return pagetest.Write(t, b.Bytes())
}
