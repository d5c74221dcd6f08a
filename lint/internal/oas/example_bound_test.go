package oas_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/oas"
	"github.com/plumbapi/plumb/openapi"
)

// TestExampleBound checks examples against schemas that multiply: each
// applies the next one twice. The rule gives up and says so.
func TestExampleBound(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("openapi: 3.0.3\ninfo: {title: Bomb, version: \"1\"}\npaths: {}\ncomponents:\n  schemas:\n")
	for i := range 60 {
		ref := fmt.Sprintf("{$ref: \"#/components/schemas/s%d\"}", i+1)
		fmt.Fprintf(&b, "    s%d: {type: object, example: {}, allOf: [%s, %s]}\n", i, ref, ref)
	}
	b.WriteString("    s60: {type: object}\n")
	doc, err := openapi.Parse("bomb.yaml", []byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	set, err := oas.Rules().Only("oas3-valid-schema-example")
	if err != nil {
		t.Fatal(err)
	}
	rep, err := check.Run(t.Context(), set, doc, check.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	if len(rep.Incomplete) != 1 || !strings.Contains(rep.Incomplete[0].Message, "too much work") {
		t.Errorf("incomplete is %v", rep.Incomplete)
	}
}
