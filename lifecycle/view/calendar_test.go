package view_test

import (
	"bytes"
	"encoding/json"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/golden"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/view"
	"github.com/plumbapi/plumb/report"
)

var options = view.Options{Stamp: today, Name: "Library, Inc."}

func TestGolden(t *testing.T) {
	t.Parallel()
	c, doc, inventories := fixture(t)
	narrow, colored := options, options
	narrow.Width, colored.Color = 60, true
	overlay, skipped := view.NewOverlay(c, doc, options)
	if skipped != 0 {
		t.Errorf("%d elements skipped", skipped)
	}
	facts := view.Status(lifecycle.Summarize(c, inventories...), c, options)
	for name, write := range map[string]func(w io.Writer) error{
		"calendar.txt":        func(w io.Writer) error { return view.CalendarText(w, c, options) },
		"calendar-narrow.txt": func(w io.Writer) error { return view.CalendarText(w, c, narrow) },
		"calendar-color.txt":  func(w io.Writer) error { return view.CalendarText(w, c, colored) },
		"calendar.md":         func(w io.Writer) error { return view.CalendarMarkdown(w, c, options) },
		"calendar.json":       func(w io.Writer) error { return report.Value(w, view.CalendarJSON(c, options)) },
		"calendar.ics":        func(w io.Writer) error { return view.ICal(w, c, options) },
		"calendar.html":       func(w io.Writer) error { return view.CalendarHTML(w, c, options) },
		"overlay.json":        func(w io.Writer) error { return view.WriteOverlay(w, overlay) },
		"status.txt":          func(w io.Writer) error { return facts.Text(w, 100, false) },
		"status.md":           facts.Markdown,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			if err := write(&b); err != nil {
				t.Fatal(err)
			}
			golden.Compare(t, "testdata/"+name, ours.ReplaceAll(b.Bytes(), []byte("$1$2")))
		})
	}
}

// ours leaves out of a page what all pages have.
var ours = regexp.MustCompile(`(?s)(<style>).*?(</style>)|(?:<script>).*?(?:</script>)|<meta http-equiv[^>]*>`)

// Nothing of a description becomes markup.
func TestHTMLEscapes(t *testing.T) {
	t.Parallel()
	c, _, _ := fixture(t)
	var b bytes.Buffer
	if err := view.CalendarHTML(&b, c, options); err != nil {
		t.Fatal(err)
	}
	if text := b.String(); strings.Contains(text, "<script>alert") || !strings.Contains(text, "&lt;script&gt;alert(1)") {
		t.Error("a reason is markup in the page")
	}
}

// unfold joins the lines of a calendar file and checks what RFC 5545 asks of
// them.
func unfold(t *testing.T, data []byte) []string {
	t.Helper()
	text := string(data)
	if !strings.HasSuffix(text, "\r\n") || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\n") || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\r") {
		t.Error("lines do not end in CRLF")
	}
	for _, line := range strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("line of %d octets: %q", len(line), line)
		}
	}
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n ", ""), "\r\n"), "\r\n")
}

// The grammar of RFC 5545, as far as these files use it: content lines,
// nesting, the properties that a calendar and an event must have, values by
// their type.
func TestICalGrammar(t *testing.T) {
	t.Parallel()
	c, _, _ := fixture(t)
	long := &lifecycle.Calendar{Today: c.Today, Entries: append([]lifecycle.Entry{{
		Surface: lifecycle.REST, Kind: lifecycle.Operation, Name: strings.Repeat("ü,;\\", 200), Reason: strings.Repeat("ж", 500) + "\nBEGIN:VEVENT",
		Gone: lifecycle.Moment{Date: today}, By: lifecycle.Stated, Status: lifecycle.Ahead,
	}}, c.Entries...)}
	var b bytes.Buffer
	if err := view.ICal(&b, long, options); err != nil {
		t.Fatal(err)
	}
	content := regexp.MustCompile(`^([A-Z-]+)((?:;[A-Z-]+=[A-Za-z0-9-]+)*):(.*)$`)
	values := map[string]*regexp.Regexp{
		"DTSTAMP": regexp.MustCompile(`^\d{8}T\d{6}Z$`), "DTSTART": regexp.MustCompile(`^\d{8}$`), "DTEND": regexp.MustCompile(`^\d{8}$`),
		"UID": regexp.MustCompile(`^[0-9a-f]{32}@lifecycle\.plumb$`), "STATUS": regexp.MustCompile(`^(CONFIRMED|TENTATIVE)$`),
		"SUMMARY":     regexp.MustCompile(`^(?:[^\\,;\x00-\x1f]|\\[\\;,n])*$`),
		"DESCRIPTION": regexp.MustCompile(`^(?:[^\\,;\x00-\x1f]|\\[\\;,n])*$`), "X-WR-CALNAME": regexp.MustCompile(`^(?:[^\\,;\x00-\x1f]|\\[\\;,n])*$`),
		"VERSION": regexp.MustCompile(`^2\.0$`), "TRANSP": regexp.MustCompile(`^TRANSPARENT$`),
	}
	var open []string
	var has map[string]int
	uids := map[string]bool{}
	events := 0
	for _, line := range unfold(t, b.Bytes()) {
		m := content.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("no content line: %q", line)
		}
		name, value := m[1], m[3]
		if v := values[name]; v != nil && !v.MatchString(value) {
			t.Errorf("%s has the value %q", name, value)
		}
		switch name {
		case "BEGIN":
			open, has = append(open, value), map[string]int{}
		case "END":
			if len(open) == 0 || open[len(open)-1] != value {
				t.Fatalf("END:%s closes nothing", value)
			}
			open = open[:len(open)-1]
			if value != "VEVENT" {
				continue
			}
			events++
			for _, must := range []string{"UID", "DTSTAMP", "DTSTART", "SUMMARY"} {
				if has[must] != 1 {
					t.Errorf("an event has %s %d times", must, has[must])
				}
			}
		case "UID":
			if uids[value] {
				t.Errorf("%s is there twice", value)
			}
			uids[value] = true
			fallthrough
		default:
			has[name]++
		}
	}
	dated := 0
	for i := range long.Entries {
		if !long.Entries[i].Gone.Date.IsZero() {
			dated++
		}
	}
	if len(open) != 0 || events != dated || events < 5 {
		t.Errorf("%d events of %d entries with a day, open: %v", events, dated, open)
	}
}

// An event keeps its identifier when its day moves.
func TestICalUIDs(t *testing.T) {
	t.Parallel()
	uids := func(c *lifecycle.Calendar) (list []string) {
		var b bytes.Buffer
		if err := view.ICal(&b, c, options); err != nil {
			t.Fatal(err)
		}
		for _, line := range unfold(t, b.Bytes()) {
			if strings.HasPrefix(line, "UID:") {
				list = append(list, line)
			}
		}
		return list
	}
	c, _, _ := fixture(t)
	before := uids(c)
	for i := range c.Entries {
		if !c.Entries[i].Gone.Date.IsZero() {
			c.Entries[i].Gone.Date = c.Entries[i].Gone.Date.AddDate(0, 1, 0)
		}
	}
	if diff := cmp.Diff(before, uids(c)); diff != "" {
		t.Errorf("identifiers (-before +after):\n%s", diff)
	}
}

// What JSON says has no null but days of what has none.
func TestCalendarJSON(t *testing.T) {
	t.Parallel()
	c, _, _ := fixture(t)
	var b bytes.Buffer
	if err := report.Value(&b, view.CalendarJSON(c, options)); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Entries []map[string]any
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Entries) != len(c.Entries) {
		t.Fatalf("%d entries of %d", len(got.Entries), len(c.Entries))
	}
	for _, e := range got.Entries {
		for key, v := range e {
			if v == nil && key != "days" {
				t.Errorf("%s of %v is null", key, e["name"])
			}
		}
	}
}
