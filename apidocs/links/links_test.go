package links_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/apidocs/links"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	got, err := links.Check(fstest.MapFS{
		"index.html": {Data: []byte(`<h1 id="top">x</h1><a href="a/b.html#here">ok</a><a href="#top">ok</a><a href="https://example.com/">ok</a>
<a href="a/c.html">gone</a><a href="a/b.html#there">no part</a><a href="#bottom">no part</a><img src="https://example.com/x.png"><a href="%zz">what</a>`)},
		"a/b.html": {Data: []byte(`<p id="here"></p><p id="here"></p><a href="../index.html">ok</a><a href="../../out.html">out</a><script src="x.js"></script>`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []links.Problem{
		{"a/b.html", "#here", "two parts of the page have this id"},
		{"a/b.html", "../../out.html", "there is no such file"},
		{"a/b.html", "x.js", "there is no such file"},
		{"index.html", "#bottom", "the page has no part of this name"},
		{"index.html", "%zz", "this is no address"},
		{"index.html", "a/b.html#there", "the page has no part of this name"},
		{"index.html", "a/c.html", "there is no such file"},
		{"index.html", "https://example.com/x.png", "the page asks another host for this"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
