package route_test

import (
	"strings"
	"testing"

	"github.com/plumbapi/plumb/lifecycle/internal/route"
)

// FuzzFind takes both the paths and the request from the fuzzer: nothing may
// panic, strings and bytes find the same, and what is found has the method.
func FuzzFind(f *testing.F) {
	f.Add("/a/{b}\n/a/c", "/v1", "GET", "/a/c?x=%41")
	f.Add("/{a}.{b}/(*c/)d\n/*x/y", "{h}/z", "HEAD", "http://h/a.b/%2f/d/")
	f.Add("/a{\n/}{/", "//", "", "%")
	f.Fuzz(func(t *testing.T, paths, base, method, target string) {
		var operations []string
		for p := range strings.SplitSeq(paths, "\n") {
			if !strings.ContainsAny(p, "\"\\") && !strings.ContainsFunc(p, func(r rune) bool { return r < ' ' || r > '~' }) {
				operations = append(operations, "GET "+p)
			}
		}
		doc := describe(t, v30, operations...)
		for _, o := range []route.Options{{}, {Bases: []string{base}}} {
			r := route.New(doc, o)
			got := r.Find(method, target)
			if b := r.FindBytes([]byte(method), []byte(target)); b != got {
				t.Errorf("Find = %s, FindBytes = %s", found(got), found(b))
			}
			if got != nil && method != "GET" && method != "HEAD" {
				t.Errorf("%q found %s", method, found(got))
			}
		}
	})
}
