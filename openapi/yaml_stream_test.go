package openapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/openapi"
)

func TestSecondDocument(t *testing.T) {
	t.Parallel()
	const first = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"none", first, nil},
		{"a marker before the first", "---\n" + first, nil},
		{"an end", first + "...\n", nil},
		{"a marker and nothing", first + "---\n# nothing\n\n...\n", nil},
		{"another", first + "# between\n---\nopenapi: 3.0.0\n", []string{"5:1 a second document begins here, which is not read"}},
		{"another on the line of its marker", first + "--- {}\n", []string{"4:1 a second document begins here, which is not read"}},
		{"after an empty one", first + "---\n---\nmore\n", []string{"5:1 a second document begins here, which is not read"}},
		{"with CRLF", strings.ReplaceAll(first+"---\na: b\n", "\n", "\r\n"), []string{"4:1 a second document begins here, which is not read"}},
		{"a dashed line of a text", "openapi: 3.1.0\ninfo:\n  title: t\n  version: '1'\n  description: |\n    one\n    ---\n    two\npaths: {}\n", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			loader := openapi.Loader{}
			doc, err := loader.Read(t.Context(), "api.yaml", strings.NewReader(c.text))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range doc.Problems() {
				got = append(got, fmt.Sprintf("%d:%d %s", f.Location.Line, f.Location.Column, f.Message))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}
