package slack_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/message"
	"github.com/plumbapi/plumb/integration/slack"
)

func render(d *integration.Delivery, o message.Options) *slack.Payload {
	return slack.Render(d, message.FromDelivery(d, o), true)
}

func TestHeaderAtItsLimit(t *testing.T) {
	t.Parallel()
	for _, unit := range []string{"a", "ä", "漢", "😀"} {
		for _, n := range []int{149, 150, 151} {
			m := &message.Message{Verdict: message.Passed, Headline: strings.Repeat(unit, (n-2)/message.UTF16(unit))}
			p := slack.Render(integrationtest.Delivery("run", nil, nil), m, false)
			got := p.Blocks[0].Text.Text
			if length := message.UTF16(got); length > 150 || length < min(n, 150)-3 {
				t.Errorf("%d times %q: the header has %d units", n, unit, length)
			}
			if whole := "✓ " + m.Headline; message.UTF16(whole) <= 150 && got != whole {
				t.Errorf("%d times %q: a header that fits was cut: %q", n, unit, got)
			}
		}
	}
}

func TestSectionAtItsLimit(t *testing.T) {
	t.Parallel()
	// What is around the text takes 33 units.
	const around = len("*error* `operation-tags` \n`a.yaml`")
	for _, unit := range []string{"a", "漢", "😀", "&", "<"} {
		for _, n := range []int{2999, 3000, 3001} {
			text := strings.Repeat(unit, (n-around)/unitsOf(unit))
			m := &message.Message{Verdict: message.Failed, Headline: "x", Sections: []message.Section{{
				Kind: message.New, Title: "New", Total: 1, Items: []message.Item{{Severity: check.Error, Rule: "operation-tags", Text: text, Place: "a.yaml"}},
			}}}
			got := slack.Render(integrationtest.Delivery("run", nil, nil), m, false).Blocks[2].Text.Text
			if length := message.UTF16(got); length > 3000 || length < 2980 {
				t.Errorf("%d times %q: the section has %d units", n, unit, length)
			}
			if !strings.HasSuffix(got, "\n`a.yaml`") {
				t.Errorf("%d times %q: the place is gone: …%q", n, unit, got[len(got)-30:])
			}
			if before := strings.TrimSuffix(got, "…\n`a.yaml`"); before != got && strings.Contains("&<", unit) && !strings.HasSuffix(before, ";") {
				t.Errorf("%d times %q: an entity is cut: …%q", n, unit, got[len(got)-30:])
			}
		}
	}
}

// unitsOf is how many units a character takes when it is escaped.
func unitsOf(unit string) int {
	switch unit {
	case "&":
		return len("&amp;")
	case "<":
		return len("&lt;")
	}
	return message.UTF16(unit)
}

func TestBlocksAtTheirLimit(t *testing.T) {
	t.Parallel()
	// Head, context, title and link stand beside the items; one block more says
	// how many are missing.
	for _, n := range []int{45, 46, 47, 400} {
		d := integrationtest.Many("run", n)
		p := render(d, message.Options{Items: -1})
		shown := 0
		for _, b := range p.Blocks {
			if b.Type == "section" && strings.Contains(b.Text.Text, "operation-tags") {
				shown++
			}
		}
		if len(p.Blocks) > 50 || p.Size() > 12_000 {
			t.Errorf("%d findings: %d blocks of %d characters", n, len(p.Blocks), p.Size())
		}
		more := fmt.Sprintf("and %d more", n-shown)
		if last := p.Blocks[len(p.Blocks)-2]; shown < n && (last.Type != "context" || last.Elements[0].Text != more) {
			t.Errorf("%d findings: %d are shown, and nothing says %q", n, shown, more)
		}
	}
}

func TestWholeMessageAtItsLimit(t *testing.T) {
	t.Parallel()
	sizes := map[bool]int{}
	for n := range 60 {
		d := integrationtest.Delivery("run", nil, nil)
		for i := range 5 {
			d.Report.Findings = append(d.Report.Findings, integrationtest.Finding(check.Error, "operation-tags", fmt.Sprintf("/paths/%d", i), strings.Repeat("\"", 100*n), i))
		}
		p := render(d, message.Options{Text: 3000})
		if p.Size() > 12_000 {
			t.Errorf("texts of %d: the message has %d characters", 100*n, p.Size())
		}
		cut := len(p.Blocks) < 9
		sizes[cut] = max(sizes[cut], p.Size())
	}
	if sizes[false] < 11_000 {
		t.Errorf("the largest message that is not cut has %d characters; there is room for more", sizes[false])
	}
}

func TestTextCannotMention(t *testing.T) {
	t.Parallel()
	d := integrationtest.Delivery("run", []check.Finding{integrationtest.Finding(check.Error, "operation-tags", "a`b", "<!channel> & <@U0123ABC> `x` &amp;", 3)}, nil)
	p := render(d, message.Options{})
	want := "*error* `operation-tags` &lt;!channel&gt; &amp; &lt;@U0123ABC&gt; `x` &amp;amp;\n`api/openapi.yaml:3, a'b`"
	if diff := cmp.Diff(want, p.Blocks[3].Text.Text); diff != "" {
		t.Errorf("section (-want +got):\n%s", diff)
	}
	if strings.Contains(p.Text, "<") || !strings.Contains(p.Text, "&lt;!channel&gt; &amp; ") {
		t.Errorf("the plain text is alive: %q", p.Text)
	}
}

func TestReportLink(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, url, want string }{
		{"page", "https://reports.example/a?b=1&c=2", "<https://reports.example/a?b=1&amp;c=2|Whole report>"},
		{"bars", "https://reports.example/a|b>c", "<https://reports.example/a%7Cb%3Ec|Whole report>"},
		{"query", "https://reports.example/?q=a|b>c", "<https://reports.example/?q=a%7Cb%3Ec|Whole report>"},
		{"script", "javascript:alert(1)", ""},
		{"none", "", ""},
		{"long", "https://reports.example/" + strings.Repeat("x", 3000), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := integrationtest.Many("run", 1)
			d.URL = tt.url
			p := render(d, message.Options{})
			got := ""
			if last := p.Blocks[len(p.Blocks)-1]; strings.HasPrefix(last.Text.Text, "<") {
				got = last.Text.Text
			}
			if got != tt.want {
				t.Errorf("link %q, want %q", got, tt.want)
			}
		})
	}
}

func TestButtonAtItsLimit(t *testing.T) {
	t.Parallel()
	empty := len(`{"rule":"r","file":"api/openapi.yaml","element":"","fingerprint":""}`) + 32
	for _, n := range []int{1999, 2000, 2001} {
		f := integrationtest.Finding(check.Error, "r", strings.Repeat("x", n-empty), "m", 1)
		d := integrationtest.Delivery("run", []check.Finding{f}, nil)
		b := render(d, message.Options{}).Blocks[3].Button
		if (b != nil) != (n <= 2000) {
			t.Errorf("a value of %d: button %v", n, b != nil)
		}
		if b == nil {
			continue
		}
		var s slack.Snooze
		if err := json.Unmarshal([]byte(b.Value), &s); err != nil || len(b.Value) != n || s.Element != f.Location.Element || s.Fingerprint != f.Fingerprint {
			t.Errorf("a value of %d is %d long and reads as %+v, %v", n, len(b.Value), s, err)
		}
	}
}

func TestPreview(t *testing.T) {
	t.Parallel()
	d := integrationtest.Story()[1].Delivery
	p, err := slack.New().Preview(integration.Inputs{"interactive": "true"}, d)
	if err != nil {
		t.Fatal(err)
	}
	want := `✗ tracker failed: 2 errors; 1 new, 1 mended
Branch main · Revision 4be1d0c7a2f3 · Change 12 · Date 22 Nov 2026 09:30 UTC

New (1)
- error operation-tags operation has no tags · api/openapi.yaml:71, /paths/~1boards/get [Snooze]

Mended (1)
- warning operation-operationId operationId "list" is already used by GET /issues · api/openapi.yaml:40, /paths/~1issues~1{id}/get
Whole report https://reports.example/tracker/run-2.html
`
	if diff := cmp.Diff(want, p.Text); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	for _, part := range []string{"<title>Preview: Slack", "<b>[Snooze]</b>", `<a href="https://reports.example/tracker/run-2.html">Whole report</a>`, "of 12,000 characters in"} {
		if !strings.Contains(string(p.HTML), part) {
			t.Errorf("the page lacks %s", part)
		}
	}
}

func TestPreviewIsHarmless(t *testing.T) {
	t.Parallel()
	p, err := slack.New().Preview(integration.Inputs{}, integrationtest.Hostile())
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(p.HTML), "<script>alert") || strings.Contains(string(p.HTML), "<img") {
		t.Error("a finding's text is alive in the page")
	}
	if strings.ContainsAny(p.Text, "\x00\x1b") {
		t.Error("control characters in the text")
	}
}

// TestLanguage shows that buttons and what they ask are in the language of the
// message.
func TestLanguage(t *testing.T) {
	t.Parallel()
	d := integrationtest.Story()[1].In("pl")
	for _, b := range slack.Render(d, message.FromDelivery(d, message.Options{}), true).Blocks {
		if b.Button == nil {
			continue
		}
		got := []string{b.Button.Text.Text, b.Button.AccessibilityLabel, b.Button.Confirm.Title.Text, b.Button.Confirm.Confirm.Text, b.Button.Confirm.Deny.Text}
		if diff := cmp.Diff([]string{"Odłóż", "Odłóż operation-tags na 14 dni", "Odłożyć na 14 dni?", "Odłóż", "Zostaw"}, got); diff != "" {
			t.Errorf("button (-want +got):\n%s", diff)
		}
		return
	}
	t.Error("there is no button")
}
