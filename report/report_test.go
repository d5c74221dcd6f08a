package report_test

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/report"
)

func TestFormats(t *testing.T) {
	t.Parallel()
	want := []string{"text", "json", "sarif", "junit", "codequality", "github", "markdown", "html"}
	got := report.Formats()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Formats (-want +got):\n%s", diff)
	}
	slices.Reverse(got)
	if diff := cmp.Diff(want, report.Formats()); diff != "" {
		t.Errorf("Formats after the caller changed its slice (-want +got):\n%s", diff)
	}
}

func TestWriteUnknownFormat(t *testing.T) {
	t.Parallel()
	err := report.Write(io.Discard, "jsn", clean(), report.Options{})
	want := `unknown format "jsn"; it is one of text, json, sarif, junit, codequality, github, markdown, html`
	if err == nil || err.Error() != want {
		t.Errorf("Write returns %v, want %s", err, want)
	}
}

// A finding whose severity was never set is a defect of the rule that made
// it. Formats that name the severity as data refuse it.
func TestWriteInvalidSeverity(t *testing.T) {
	t.Parallel()
	rep := &check.Report{Findings: []check.Finding{{Rule: "r", Message: "m"}}}
	if err := report.JSON(io.Discard, rep, report.Options{}); err == nil {
		t.Error("JSON takes a severity of 0")
	}
}

var errFull = errors.New("no space left")

// full is a writer that takes n bytes.
type full struct{ n int }

func (w *full) Write(p []byte) (int, error) {
	if len(p) <= w.n {
		w.n -= len(p)
		return len(p), nil
	}
	n := w.n
	w.n = 0
	return n, errFull
}

// Whatever byte a write fails at, the error comes back; at the last, it does
// not.
func TestWriteReturnsErrors(t *testing.T) {
	t.Parallel()
	small := rich()
	small.Findings = small.Findings[:2]
	large := many(2000)
	for _, format := range report.Formats() {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			for _, rep := range []*check.Report{small, large} {
				size := len(written(t, format, rep, richOptions()))
				step := max(1, size/700) // the pages and the large ones: not every byte, but all over
				if size < 8000 {
					step = 1
				}
				if len(rep.Findings) > 100 {
					step = size / 7
				}
				for n := 0; n < size; n += step {
					if err := report.Write(&full{n}, format, rep, richOptions()); !errors.Is(err, errFull) {
						t.Fatalf("a writer that takes %d of %d bytes: Write returns %v", n, size, err)
					}
				}
				if err := report.Write(&full{size - 1}, format, rep, richOptions()); !errors.Is(err, errFull) {
					t.Fatalf("a writer that takes all bytes but one: Write returns %v", err)
				}
				if err := report.Write(&full{size}, format, rep, richOptions()); err != nil {
					t.Fatalf("a writer that takes all %d bytes: Write returns %v", size, err)
				}
			}
		})
	}
}

// The report and the options are the caller's: writing changes neither, so
// that several formats can be written at once.
func TestWriteLeavesTheReport(t *testing.T) {
	t.Parallel()
	rep := rich()
	opts := richOptions()
	opts.Sort = "severity"
	for _, format := range report.Formats() {
		written(t, format, rep, opts)
	}
	if diff := cmp.Diff(rich(), rep); diff != "" {
		t.Errorf("the report after writing (-want +got):\n%s", diff)
	}
}

// Files are asked for once each, and never where there is no place.
func TestSourceIsCalledOncePerFile(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"text", "sarif", "html"} {
		calls := map[string]int{}
		opts := richOptions()
		opts.Source = func(file string) ([]byte, bool) {
			calls[file]++
			return source(file)
		}
		written(t, format, rich(), opts)
		for file, n := range calls {
			if n > 1 || file == "" {
				t.Errorf("%s asks %d times for %q", format, n, file)
			}
		}
	}
}

// No format lets a control character or a change of direction through, but
// JSON, whose strings are data, writes them as escapes or as they are.
func TestHostileText(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"text", "junit", "github", "markdown", "html"} {
		got := string(written(t, format, rich(), richOptions()))
		i := strings.IndexFunc(got, func(r rune) bool {
			return r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == 0x202e || r == 0xfffd
		})
		if i >= 0 {
			t.Errorf("%s has %q in %q", format, got[i:i+1], got[max(0, i-40):min(len(got), i+40)])
		}
	}
}
