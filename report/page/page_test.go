package page_test

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/report/page"
)

func TestWrite(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	err := page.Write(&b, page.Page{
		Title: "<plumb>", Lead: `2 errors in "a" & b`, Status: "error", Context: "main · <1a2b>",
		Numbers: []page.Number{{Value: "2", Label: "errors", Status: "error"}, {Value: "<3>", Label: "rules"}},
		Body:    template.HTML("<section><h2>Findings</h2></section>\n"), Foot: "plumb 1",
	})
	if err != nil {
		t.Fatal(err)
	}
	text := b.String()
	for _, want := range []string{
		"<title>&lt;plumb&gt;: 2 errors in &#34;a&#34; &amp; b</title>",
		`<h1 class="mark error">2 errors in &#34;a&#34; &amp; b</h1>`,
		`<p class="context">main · &lt;1a2b&gt;</p>`,
		`<dt>errors</dt><dd class="error">2</dd>`,
		`<dt>rules</dt><dd>&lt;3&gt;</dd>`,
		"<section><h2>Findings</h2></section>",
		"<footer><p>plumb 1</p></footer>",
		"<style>" + page.Style() + "</style>",
		"<script>" + page.Script() + "</script>",
		"default-src &#39;none&#39;; img-src data:; style-src &#39;sha256-",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not have %.80q", want)
		}
	}
}

func TestWriteReturnsErrors(t *testing.T) {
	t.Parallel()
	if err := page.Write(broken{}, page.Page{}); !errors.Is(err, errBroken) {
		t.Errorf("Write returns %v, want %v", err, errBroken)
	}
}

var errBroken = errors.New("broken pipe")

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestProse(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"paragraphs", "One\nline.\n\n\nTwo.", "<p>One line.</p>\n<p>Two.</p>\n"},
		{"code and strong", "Use `a<b>` and **c & d**.", "<p>Use <code>a&lt;b&gt;</code> and <strong>c &amp; d</strong>.</p>\n"},
		{"no twin", "2 * 3, ` and **x", "<p>2 * 3, ` and **x</p>\n"},
		{"empty marks", "`` and ****", "<p>`` and ****</p>\n"},
		{"html", `<script>x</script>`, "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"},
		{"list", "Do:\n- one\n  more\n- `two`\n\nEnd", "<p>Do:</p>\n<ul>\n<li>one more</li>\n<li><code>two</code></li>\n</ul>\n<p>End</p>\n"},
		{"fence", "```yaml\na: <b>\n\nc: `d`\n```\nEnd", "<pre class=\"frame\">a: &lt;b&gt;\n\nc: `d`</pre>\n<p>End</p>\n"},
		{"open fence", "```\na", "<pre class=\"frame\">a</pre>\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, string(page.Prose(tt.in))); diff != "" {
				t.Errorf("Prose (-want +got):\n%s", diff)
			}
		})
	}
}

// Every colour of text reaches WCAG's contrast for level AA, 4.5 to 1, on
// every ground that text stands on, in both themes.
func TestContrast(t *testing.T) {
	t.Parallel()
	blocks := regexp.MustCompile(`(?s)color-scheme: (light|dark);(.*?)\}`).FindAllStringSubmatch(page.Style(), -1)
	if len(blocks) != 3 {
		t.Fatalf("the stylesheet has %d palettes, want light, dark and dark by the system", len(blocks))
	}
	if a, b := strings.Fields(blocks[1][2]), strings.Fields(blocks[2][2]); !cmp.Equal(a, b) {
		t.Errorf("the two dark palettes differ (-chosen +system):\n%s", cmp.Diff(a, b))
	}
	for _, block := range blocks {
		colors := map[string]float64{}
		for _, m := range regexp.MustCompile(`--([a-z]+): #([0-9a-f]{6});`).FindAllStringSubmatch(block[2], -1) {
			colors[m[1]] = luminance(t, m[2])
		}
		for _, text := range []string{"ink", "soft", "accent", "error", "warning", "info", "good"} {
			for _, ground := range []string{"ground", "raised"} {
				if c := contrast(colors[text], colors[ground]); c < 4.5 {
					t.Errorf("%s: %s on %s has a contrast of %.2f", block[1], text, ground, c)
				}
			}
		}
		if c := contrast(colors["ink"], colors["mark"]); c < 4.5 {
			t.Errorf("%s: ink on mark has a contrast of %.2f", block[1], c)
		}
	}
}

// luminance is WCAG 2's relative luminance of a colour in hexadecimal.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	var rgb [3]int
	if _, err := fmt.Sscanf(hex, "%02x%02x%02x", &rgb[0], &rgb[1], &rgb[2]); err != nil {
		t.Fatal(err)
	}
	var sum float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		c := float64(rgb[i]) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func contrast(a, b float64) float64 {
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}
