package openapi_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/openapi"
)

// TestParseRefusesTooManyValues shows that a source that is made of nothing
// but values ends in an error rather than in gigabytes.
func TestParseRefusesTooManyValues(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text string }{
		{"a.json", `{"openapi":"3.0.0","x":[` + strings.Repeat("1,", 2_000_000) + `1]}`},
		{"a.yaml", "openapi: 3.0.0\nx: [" + strings.Repeat("1,", 2_000_000) + "1]\n"},
		{"b.yaml", "openapi: 3.0.0\nx:\n" + strings.Repeat("- 1\n", 2_000_000)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := openapi.Parse(test.name, []byte(test.text))
			var e *openapi.Error
			if !errors.As(err, &e) {
				t.Fatalf("Parse = %v, want an *Error", err)
			}
			if !strings.Contains(e.Finding.Message, "2,000,000 values") || e.Finding.Location.Line == 0 {
				t.Errorf("Parse = %v, want a place and the number of values", err)
			}
		})
	}
}
