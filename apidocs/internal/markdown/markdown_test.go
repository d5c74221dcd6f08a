package markdown_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/apidocs/internal/markdown"
)

func TestHTML(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"nothing", " \n ", ""},
		{"a sentence", "The number of issues.", "<p>The number of issues.</p>\n"},
		{"angle brackets that are no tag", "a < b", "<p>a &lt; b</p>\n"},
		{"a placeholder is shown", "the path <id> of it", "<p>the path &lt;id&gt; of it</p>\n"},
		{"an underscore in a word", "use page_size here", "<p>use page_size here</p>\n"},
		{"an ordered list", "1. one\n2. two", "<ol>\n<li>one</li>\n<li>two</li>\n</ol>\n"},
		{"a number is no list", "2.5 is plain", "<p>2.5 is plain</p>\n"},
		{"headings go below those of the page", "# One\n\n### Two", "<h3>One</h3>\n<h4>Two</h4>\n"},
		{"a link to elsewhere", "[x](https://example.com/?a=1&b=2)", "<p><a href=\"https://example.com/?a=1&amp;b=2\" rel=\"nofollow noreferrer\">x</a></p>\n"},
		{"a picture becomes a link", "![a **map**](https://example.com/m.png)", "<p><a href=\"https://example.com/m.png\" rel=\"nofollow noreferrer\">a</a></p>\n"},
		{"a note", "> [!WARNING]\n> Mind the gap.", "<blockquote>\n<p><strong>Warning. </strong>Mind the gap.</p>\n</blockquote>\n"},
		{"a table", "|a|\n|-|\n|b|", "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>\n"},
		{"harmless HTML stays", "one<br>two <em>x</em>", "<p>one<br>two <em>x</em></p>\n"},
		{"styles and handlers go", "<div style=\"position:fixed\" onclick=\"x()\">t</div>", "<div>t</div>"},
		{"a script is text", "<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"},
		{"a script in a sentence is text", "see <script>alert(1)</script> there", "<p>see &lt;script&gt;alert(1)&lt;/script&gt; there</p>\n"},
		{"a frame is text", "<iframe src=https://example.com></iframe>", "<p>&lt;iframe src=https://example.com&gt;&lt;/iframe&gt;</p>\n"},
		{"a link that runs", "[x](javascript:alert(1))", "<p>x</p>\n"},
		{"one that hides it", "<a href=\" jav&#x09;ascript:alert(1)\">x</a>", "<p>x</p>\n"},
		{"a relative link leads nowhere here", "see [x](/guides#a)", "<p>see x</p>\n"},
		{"data", "[x](data:text/html;base64,PHNjcmlwdD4=)", "<p>x</p>\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, markdown.New(markdown.Options{}).HTML(c.text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestLinks(t *testing.T) {
	t.Parallel()
	base, err := url.Parse("https://docs.example.com/v3/")
	if err != nil {
		t.Fatal(err)
	}
	const text = "[a](/x) [b](y#z) [c](https://e.com/) [d](ref:q)"
	for _, c := range []struct {
		name string
		o    markdown.Options
		want string
	}{
		{"with a base", markdown.Options{Base: base}, `<a href="https://docs.example.com/x">a</a> <a href="https://docs.example.com/v3/y#z">b</a> <a href="https://e.com/">c</a> d`},
		{"relative", markdown.Options{Relative: true, Schemes: []string{"ref"}}, `<a href="/x">a</a> <a href="y#z">b</a> <a href="https://e.com/">c</a> <a href="ref:q">d</a>`},
	} {
		got := strings.ReplaceAll(markdown.New(c.o).HTML(text), ` rel="nofollow noreferrer"`, "")
		if diff := cmp.Diff("<p>"+c.want+"</p>\n", got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// FuzzHTML holds whatever Markdown makes against what no page may have.
func FuzzHTML(f *testing.F) {
	for _, seed := range []string{"# a\n\n<b>x", "[a](javascript:x)", "<img src=x onerror=y>", "> [!NOTE]\n> x", "<a href='data:x'>", "![x](//y)", "<![CDATA[<script>]]>", "<svg/onload=x>"} {
		f.Add(seed)
	}
	r := markdown.New(markdown.Options{})
	f.Fuzz(func(t *testing.T, text string) {
		out := strings.ToLower(r.HTML(text))
		for _, bad := range []string{"<script", "<img", "<iframe", "<svg", "<style", "<form", "<object", "<embed", "<link", "<base", "<meta", "href=\"javascript:", "href=\"data:", "href=\"vbscript:"} {
			if strings.Contains(out, bad) {
				t.Fatalf("%q gives %q, which has %q", text, out, bad)
			}
		}
		depth := strings.Count(out, "<") - strings.Count(out, ">")
		if depth != 0 {
			t.Fatalf("%q gives %q", text, out)
		}
	})
}

// TestPage sets the headings of a page of its own below its title.
func TestPage(t *testing.T) {
	t.Parallel()
	got := markdown.New(markdown.Options{Page: true}).HTML("# A\n\n## One\n\n#### Two\n\n## Three")
	if diff := cmp.Diff("<h2>A</h2>\n<h2>One</h2>\n<h3>Two</h3>\n<h2>Three</h2>\n", got); diff != "" {
		t.Errorf("the headings (-want +got):\n%s", diff)
	}
}
