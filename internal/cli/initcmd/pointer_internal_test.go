package initcmd

import (
	"strings"
	"testing"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

func TestPointer(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ path, want string }{
		{"$.info.title", "/info/title"},
		{"$.paths['/pets/{id}'].get", "/paths/~1pets~1{id}/get"},
		{`$["paths"][0].*`, "/paths/0/*"},
		{"$.tags[*]", "/tags/*"},
		{"$['a~b']", "/a~0b"},
		{"$", ""}, {"", ""}, {"info", ""}, {"$..x", ""}, {"$.a..b", ""}, {"$.a.", ""}, {"$.a[?(@.b)]", ""}, {"$.a[-1]", ""},
		{"$.a[1:2]", ""}, {"$.a^", ""}, {"$['a", ""}, {"$.a['b*']", ""}, {"$.a['*']", ""}, {"$.a*", ""},
	} {
		got, ok := pointer(tt.path)
		if ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("%s: got %q, %t, want %q", tt.path, got, ok, tt.want)
		}
	}
}

// FuzzPointer reads any path. A pattern that comes of it is a pointer, and of
// elements it matches the one that its names lead to, and none above or below.
func FuzzPointer(f *testing.F) {
	for _, s := range []string{"$.info.title", "$.paths['/a~b'].*[0]", `$["x"]`, "$..a", "$.a[?(@.b)]", "$.a.['b']", "$['*']", "$.é[10]", "$.a[99999999999]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		element, ok := pointer(text)
		if !ok {
			return
		}
		names, err := openapi.ParsePointer(element)
		if err != nil || len(names) == 0 {
			t.Fatalf("%q is no pointer: %v", element, err)
		}
		at := "/" + strings.Join(strings.Split(strings.ReplaceAll(element, "*", "x"), "/")[1:], "/")
		if !check.MatchGlob(element, at) {
			t.Errorf("%q of %q does not match %q", element, text, at)
		}
		if check.MatchGlob(element, at+"/more") || check.MatchGlob(element, at+"y") && !strings.HasSuffix(element, "*") {
			t.Errorf("%q of %q matches more than %q", element, text, at)
		}
	})
}
