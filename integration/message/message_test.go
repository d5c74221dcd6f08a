package message_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/message"
	"github.com/plumbapi/plumb/internal/golden"
)

func TestMessages(t *testing.T) {
	t.Parallel()
	for _, d := range append(integrationtest.Story(), integrationtest.Singles()...) {
		m := message.FromDelivery(d.Delivery, message.Options{})
		golden.Compare(t, "testdata/"+d.Name+".txt", []byte(m.Plain()))
		golden.Compare(t, "testdata/"+d.Name+".md", []byte(m.Markdown()))
	}
}

// TestQuiet shows when there is nothing to tell.
func TestQuiet(t *testing.T) {
	t.Parallel()
	one := []check.Finding{integrationtest.Finding(check.Warning, "operation-tags", "/a", "has no tags", 1)}
	broken := integrationtest.Delivery("run", nil, []check.Finding{})
	broken.Report.Incomplete = []check.Incomplete{{File: "a.yaml", Message: "no such file"}}
	near := integrationtest.Delivery("run", nil, []check.Finding{})
	near.Events = []integration.Event{{Type: "lifecycle.sunset", Text: "soon"}}
	tests := []struct {
		name     string
		delivery *integration.Delivery
		quiet    bool
		verdict  message.Verdict
		headline string
	}{
		{"clean after clean", integrationtest.Delivery("run", nil, []check.Finding{}), true, message.Passed, "tracker passed: no findings"},
		{"clean, and nothing known", integrationtest.Delivery("run", nil, nil), true, message.Passed, "tracker passed: no findings"},
		{"the same findings", integrationtest.Delivery("run", one, one), true, message.Passed, "tracker passed: 1 warning; nothing new"},
		{"new", integrationtest.Delivery("run", one, []check.Finding{}), false, message.Passed, "tracker passed: 1 warning; 1 new"},
		{"first", integrationtest.Delivery("run", one, nil), false, message.Passed, "tracker passed: 1 warning"},
		{"mended", integrationtest.Delivery("run", nil, one), false, message.Passed, "tracker passed: no findings; 1 mended"},
		{"not finished", broken, false, message.Incomplete, "tracker could not be checked whole: no findings"},
		{"something near", near, false, message.Passed, "tracker passed: no findings"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := message.FromDelivery(tt.delivery, message.Options{})
			if m.Quiet != tt.quiet || m.Verdict != tt.verdict || m.Headline != tt.headline {
				t.Errorf("quiet %t, %s, %q; want %t, %s, %q", m.Quiet, m.Verdict, m.Headline, tt.quiet, tt.verdict, tt.headline)
			}
		})
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text    string
		limit   int
		measure message.Measure
		want    string
	}{
		{"abc", 3, message.Runes, "abc"},
		{"abcd", 3, message.Runes, "ab…"},
		{"abcd", 1, message.Runes, "…"},
		{"abcd", 0, message.Runes, ""},
		{"", 0, message.Runes, ""},
		{"abcd", 3, message.Bytes, "…"},
		{"𝒳𝒳𝒳", 3, message.Runes, "𝒳𝒳𝒳"},
		{"𝒳𝒳𝒳", 5, message.UTF16, "𝒳𝒳…"},
		{"𝒳𝒳𝒳", 4, message.UTF16, "𝒳…"},
		{"e\u0301e\u0301e\u0301", 5, message.Runes, "e\u0301e\u0301…"},
		{"e\u0301e\u0301e\u0301", 4, message.Runes, "e\u0301…"},
		{"👩‍👩‍👧‍👦!", 7, message.Runes, "…"},
		{"🇩🇪🇫🇷x", 4, message.Runes, "🇩🇪…"},
		{"각각각", 2, message.Runes, "각…"},
		{"a" + strings.Repeat("\u0301", 100), 50, message.Runes, "…"},
	}
	for _, tt := range tests {
		if got := message.Cut(tt.text, tt.limit, tt.measure); got != tt.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", tt.text, tt.limit, got, tt.want)
		}
	}
}

// TestCutAnything cuts 10,000 texts of any Unicode at any place: no result is
// beyond the limit, none ends within a character, and what fits stays whole.
func TestCutAnything(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		text := integrationtest.Text(r)
		limit := r.IntN(60)
		for name, measure := range map[string]message.Measure{"code points": message.Runes, "UTF-16": message.UTF16, "bytes": message.Bytes} {
			got := message.Cut(text, limit, measure)
			if measure(got) > limit {
				t.Fatalf("%s: %q cut to %d is %q, of %d", name, text, limit, got, measure(got))
			}
			if (got == text) != (measure(text) <= limit) && !strings.HasSuffix(text, message.Ellipsis) {
				t.Fatalf("%s: %q cut to %d is %q", name, text, limit, got)
			}
			if rest, ok := strings.CutSuffix(got, message.Ellipsis); ok && got != text && !boundary(text, len(rest)) {
				t.Fatalf("%s: %q is cut within a character, at %d", name, text, len(rest))
			}
		}
		if want := len(utf16.Encode([]rune(text))); utf8.ValidString(text) && message.UTF16(text) != want {
			t.Fatalf("%q has %d UTF-16 units, want %d", text, message.UTF16(text), want)
		}
	}
}

// boundary reports whether a character of a reader ends at a byte.
func boundary(text string, at int) bool {
	for g := uniseg.NewGraphemes(text); at > 0 && g.Next(); {
		if _, end := g.Positions(); end == at {
			return true
		}
	}
	return at == 0
}

func TestFit(t *testing.T) {
	t.Parallel()
	m := message.FromDelivery(integrationtest.Many("run", 80), message.Options{Items: -1})
	whole := len(m.Markdown())
	for limit := 0; limit < whole+200; limit += 487 {
		got := m.Fit(func(m *message.Message) bool { return len(m.Markdown()) <= limit })
		size := len(got.Markdown())
		switch {
		case limit >= whole && got.Items() != 80:
			t.Errorf("%d: %d items, and all would fit", limit, got.Items())
		case size > limit && got.Items() > 0:
			t.Errorf("%d: %d bytes with %d items", limit, size, got.Items())
		case size <= limit && got.Items() < 80 && len(m.Trim(got.Items()+1).Markdown()) <= limit:
			t.Errorf("%d: one more than %d items would fit", limit, got.Items())
		}
		if got.Sections[0].Total != 80 || got.Sections[0].More() != 80-got.Items() {
			t.Errorf("%d: %d items and %d more", limit, got.Items(), got.Sections[0].More())
		}
		if n := got.Items(); n > 0 && n < 80 && !strings.Contains(got.Markdown(), fmt.Sprintf("- and %d more\n", 80-n)) {
			t.Errorf("%d: it is not said that %d are left out", limit, 80-n)
		}
	}
	if m.Items() != 80 {
		t.Error("Fit has changed the message")
	}
}

func TestGroups(t *testing.T) {
	t.Parallel()
	a := integrationtest.Finding(check.Warning, "operation-tags", "/a", "has no tags", 1)
	b := integrationtest.Finding(check.Error, "info-contact", "/info", "has no contact", 2)
	c := integrationtest.Finding(check.Error, "operation-tags", "/a", "has an empty tag", 30)
	groups := message.Groups(integrationtest.Delivery("run", []check.Finding{a, b, c}, nil))
	var got []string
	for i := range groups {
		got = append(got, fmt.Sprintf("%s %s %d", groups[i].Severity, groups[i].Title(), len(groups[i].Findings)))
	}
	if diff := cmp.Diff([]string{"error operation-tags: has no tags (/a) 2", "error info-contact: has no contact (/info) 1"}, got); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
	moved := c
	moved.Location.Line = 99
	again := message.Groups(integrationtest.Delivery("another", []check.Finding{a, moved}, nil))
	if again[0].Fingerprint != groups[0].Fingerprint || again[0].Digest() != groups[0].Digest() {
		t.Error("a group is another when its lines move")
	}
	fewer := message.Groups(integrationtest.Delivery("run", []check.Finding{a}, nil))
	if fewer[0].Fingerprint != groups[0].Fingerprint || fewer[0].Digest() == groups[0].Digest() {
		t.Error("a group of fewer findings is another group, or says the same")
	}
	other := integrationtest.Delivery("run", []check.Finding{a}, nil)
	other.Product = "other"
	if message.Groups(other)[0].Fingerprint == groups[0].Fingerprint {
		t.Error("two products share a group")
	}
}

// TestSafe shows that every text of a message is one line without controls.
func TestSafe(t *testing.T) {
	t.Parallel()
	for seed := range uint64(50) {
		m := message.FromDelivery(integrationtest.Random(seed, 20), message.Options{Items: -1})
		texts := []string{m.Headline, m.Product, m.URL, m.Context()}
		for _, s := range m.Sections {
			for _, i := range s.Items {
				texts = append(texts, i.Text, i.Rule, i.Place, i.Element, i.URL)
				if n := message.Runes(i.Text); n > message.DefaultText {
					t.Errorf("a text of %d characters", n)
				}
			}
		}
		for _, text := range texts {
			if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f || r == 0x202e || r == 0x2028 }) {
				t.Fatalf("seed %d: %q", seed, text)
			}
		}
	}
}

func BenchmarkCut(b *testing.B) {
	text := strings.Repeat("Überschrift 👩‍👩‍👧‍👦 ", 200)
	b.ReportAllocs()
	for b.Loop() {
		message.Cut(text, 3000, message.UTF16)
	}
}
