package openapi_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/plumbapi/plumb/openapi"
)

// noise is n bytes that look like YAML to nobody, the same for each call.
func noise(n int) []byte {
	const set = "abcdefgh {}[]:,-?&*!|>'\"%@`\n\n  #0123"
	out := make([]byte, n)
	x := uint64(88172645463325252)
	for i := range out {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		out[i] = set[x%uint64(len(set))]
	}
	return out
}

// TestHostileSizes: a text that is made to take hours or gigabytes ends, with
// an error or read. It takes seconds; a test that hangs has failed.
func TestHostileSizes(t *testing.T) {
	t.Parallel()
	const size = 1 << 20
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	each := func(n int, f func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(f(i))
		}
		return b.String()
	}
	const yaml, json = "openapi: 3.0.3\nx: ", `{"openapi":"3.0.3","x":`
	for _, tc := range []struct{ name, text, want string }{
		{"noise", string(noise(size)), "did not find expected alphabetic or numeric character"},
		{"brackets", yaml + fill("["), "exceeded max depth of 10000"},
		{"dashes", yaml + "\n" + fill("- "), "exceeded max depth of 10000"},
		{"tags", each(size/40, func(i int) string { return fmt.Sprintf("%%TAG !e%d! tag:example.com,2000:\n", i) }) + "---\n" + yaml, "more than 100 %TAG directives"},
		{"an alias bomb", "openapi: 3.0.3\na0: &a0 [x]\n" + each(30, func(i int) string {
			return fmt.Sprintf("a%d: &a%d [*a%d, *a%d]\n", i+1, i+1, i, i)
		}), "aliases expand to more than 1,000,000 values"},
		{"a merge bomb", "openapi: 3.0.3\nb: &b {" + each(5000, func(i int) string { return fmt.Sprintf("k%d: 1, ", i) }) + "}\nx:\n" + strings.Repeat("- {<<: *b}\n", 5000), "aliases expand to more than 1,000,000 values"},
		{"a long string, often", "openapi: 3.0.3\nb: &b '" + fill("x") + "'\nx: [" + strings.Repeat("*b,", 100_000) + "]\n", ""},
		{"a long string in a merge key, often", "openapi: 3.0.3\nx: {<<: &b {k: '" + fill("x") + "'}" + each(50_000, func(i int) string { return fmt.Sprintf(", k%d: *b", i) }) + "}\n", ""},
		{"one key, often", json + "{" + fill(`"a":1,`) + `"a":1}}`, ""},
		{"references to nothing", json + "[" + fill(`{"$ref":"#/nope"},`) + "1]}", ""},
		{"references to as many files", json + "[" + each(20_000, func(i int) string { return fmt.Sprintf(`{"$ref":"f%d.json"},`, i) }) + "1]}", ""},
		{"pointers that each lead through the next", json + "[" + each(20_000, func(i int) string { return fmt.Sprintf(`{"$ref":"#/x/%d/a"},`, i+1) }) + "1]}", ""},
		{"a chain of references", json + "[" + each(20_000, func(i int) string { return fmt.Sprintf(`{"$ref":"#/x/%d"},`, i+1) }) + "1]}", ""},
		{"one large circle", `{"openapi":"3.1.0","components":{"schemas":{` + each(20_000, func(i int) string {
			return fmt.Sprintf(`"s%d":{"$ref":"#/components/schemas/s%d"},`, i, (i+1)%20_000)
		}) + `"z":{}}}}`, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			doc, err := openapi.Load(t.Context(), files(map[string]string{"x.yaml": tc.text}), "x.yaml")
			if tc.want != "" {
				if err == nil || !strings.Contains(err.Error(), tc.want) {
					t.Errorf("Load returned the error %v, want %q", err, tc.want)
				}
				return
			}
			if err != nil {
				t.Fatalf("Load: %v", err)
			}
			if _, err := doc.Model(); err != nil {
				checkError(t, err)
			}
		})
	}
}

func TestHundredMegabytes(t *testing.T) {
	t.Parallel()
	data := noise(100 << 20)
	const want = "x:1:1: the document is larger than 64 MiB"
	if _, err := openapi.Parse("x", data); err == nil || err.Error() != want {
		t.Errorf("Parse returned the error %v, want %q", err, want)
	}
	if _, err := openapi.Load(t.Context(), fstest.MapFS{"x": {Data: data}}, "x"); err == nil || err.Error() != want {
		t.Errorf("Load returned the error %v, want %q", err, want)
	}
}
