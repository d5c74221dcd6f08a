package openapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/openapi"
)

// TestModelLimits gives Model what would keep kin-openapi's resolver busy for
// hours or end the process.
func TestModelLimits(t *testing.T) {
	t.Parallel()
	const head = `{"openapi":"3.0.3","info":{"title":"t","version":"1"},`
	for _, tc := range []struct{ name, text, want string }{
		{
			"a chain of references that overflows the stack",
			head + `"components":{"schemas":{` + repeat(150_000, func(i int) string {
				return fmt.Sprintf(`"s%07d":{"items":{"$ref":"#/components/schemas/s%07d"}}`, i, i+1)
			}) + `,"s0150000":{}}}}`,
			"x.json:1:1: the references of the document nest too deep to be followed",
		},
		{
			"many references to much",
			head + `"components":{"schemas":{"big":{"properties":{` + repeat(20_000, func(i int) string {
				return fmt.Sprintf(`"p%d":{"type":"string"}`, i)
			}) + `}},` + repeat(20_000, func(i int) string {
				return fmt.Sprintf(`"r%d":{"$ref":"#/components/schemas/big"}`, i)
			}) + `}}}`,
			"the references of the document repeat too much to be followed",
		},
		{
			"copies that double forty times",
			head + `"components":{"schemas":{"a":{"$ref":"#/x-parts/d0"}}},"x-parts":{` + repeat(40, func(i int) string {
				return fmt.Sprintf(`"d%d":{"properties":{"a":{"$ref":"#/x-parts/d%d"},"b":{"$ref":"#/x-parts/d%d"}}}`, i, i+1, i+1)
			}) + `,"d40":{}}}`,
			"", // followed once each: see TestSharedModelEqualsKinLoader
		},
		{
			"every one of thirty refers to every other",
			head + `"components":{"schemas":{"a":{"$ref":"#/x-parts/d0"}}},"x-parts":{` + repeat(30, func(i int) string {
				return fmt.Sprintf(`"d%d":{"properties":{`, i) + repeat(30, func(j int) string {
					return fmt.Sprintf(`"p%d":{"$ref":"#/x-parts/d%d"}`, j, j)
				}) + `}}`
			}) + `}}`,
			"", // followed once each: see TestSharedModelEqualsKinLoader
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			doc, err := openapi.Parse("x.json", []byte(tc.text))
			if err != nil {
				t.Fatalf("Parse: %v", err)
			}
			_, err = doc.Model()
			if tc.want == "" && err == nil {
				return
			}
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("Model returned the error %v, want one that says %q", err, tc.want)
			}
		})
	}
}

// repeat joins n members with commas.
func repeat(n int, member func(i int) string) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(member(i))
	}
	return b.String()
}
