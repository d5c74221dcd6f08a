package report_test

import (
	"bytes"
	"errors"
	"html/template"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/report"
	look "github.com/plumbapi/plumb/report/page"
)

// someFacts are facts with every part.
func someFacts() *report.Facts {
	return &report.Facts{
		Lead: "Half of it is there", Verdict: "breadth 50.0 %", Next: "plumb parity suggest",
		Text: func(w io.Writer, width int, color bool) error {
			_, err := io.WriteString(w, "the facts\n")
			return err
		},
		Markdown: func(w io.Writer) error { _, err := io.WriteString(w, "the *facts*\n"); return err },
		Numbers:  []look.Number{{Value: "50.0 %", Label: "breadth"}},
		HTML:     func() (template.HTML, error) { return "<section><h2>Facts</h2></section>", nil },
		Told:     check.Info,
		Formats:  []report.Format{{Name: "csv", Write: func(w io.Writer) error { _, err := io.WriteString(w, "a,b\n"); return err }}},
	}
}

// Facts stand before the findings in what people read, and nowhere else.
func TestFacts(t *testing.T) {
	t.Parallel()
	opts := report.Options{Facts: someFacts()}
	text := string(written(t, "text", rich(), opts))
	if !strings.HasPrefix(text, "the facts\n\n") || !strings.HasSuffix(text, "\nplumb parity suggest\n") {
		t.Errorf("the text does not begin with the facts and end with what to do next:\n%s", text)
	}
	note := string(written(t, "markdown", rich(), opts))
	if !strings.HasPrefix(note, "### plumb: incomplete, breadth 50.0 %, ") || !strings.Contains(note, "\n\nthe *facts*\n\n") {
		t.Errorf("the note does not have the verdict and the facts:\n%s", note)
	}
	html := string(written(t, "html", rich(), opts))
	for _, want := range []string{`Half of it is there</h1>`, `<dt>breadth</dt><dd>50.0 %</dd>`, "<h2>Facts</h2>", `value="error"`} {
		if !strings.Contains(html, want) {
			t.Errorf("the page does not have %q", want)
		}
	}
	if strings.Contains(html, `data-severity="info"`) || !strings.Contains(html, "more, not as severe, are told above") {
		t.Error("the page lists findings that the facts tell")
	}
	if diff := cmp.Diff("a,b\n", string(written(t, "csv", rich(), opts))); diff != "" {
		t.Errorf("a format of the facts (-want +got):\n%s", diff)
	}
	for _, format := range []string{"json", "sarif", "junit", "codequality", "github"} {
		if got, want := written(t, format, rich(), opts), written(t, format, rich(), report.Options{}); !bytes.Equal(got, want) {
			t.Errorf("%s has the facts", format)
		}
	}
}

// What facts cannot write ends the report.
func TestFactsFail(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	opts := report.Options{Facts: &report.Facts{
		Text:     func(io.Writer, int, bool) error { return broken },
		Markdown: func(io.Writer) error { return broken },
		HTML:     func() (template.HTML, error) { return "", broken },
	}}
	for _, format := range []string{"text", "markdown", "html"} {
		if err := report.Write(io.Discard, format, clean(), opts); !errors.Is(err, broken) {
			t.Errorf("%s: the error is %v, want that of the facts", format, err)
		}
	}
	if err := report.Write(io.Discard, "csv", clean(), report.Options{}); err == nil {
		t.Error("a format that nobody has is written")
	}
}

// A page whose facts tell the findings lists the worst of them only.
func TestFactsBoundFindings(t *testing.T) {
	t.Parallel()
	html := string(written(t, "html", many(10000), report.Options{Facts: &report.Facts{Told: check.Info}}))
	if n := strings.Count(html, `<tr role="row" id="`); n != 1200 {
		t.Errorf("%d findings are listed, want 1200", n)
	}
}
