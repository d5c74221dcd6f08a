package openapi_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/openapi"
)

// TestParsePointer has the examples of RFC 6901, section 5, and what is none.
func TestParsePointer(t *testing.T) {
	t.Parallel()
	for pointer, want := range map[string][]string{
		"": nil, "/": {""}, "/foo/0": {"foo", "0"}, "/a~1b": {"a/b"}, "/c%d": {"c%d"}, "/m~0n": {"m~n"},
		"/~01": {"~1"}, "//": {"", ""}, "/~0~1~0": {"~/~"}, "/ ": {" "},
	} {
		got, err := openapi.ParsePointer(pointer)
		if err != nil {
			t.Errorf("ParsePointer(%q): %v", pointer, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("ParsePointer(%q) (-want +got):\n%s", pointer, diff)
		}
		if back := openapi.FormatPointer(got...); back != pointer {
			t.Errorf("FormatPointer(%q) is %q, want %q", got, back, pointer)
		}
	}
	for _, pointer := range []string{"a", "#/a", "/~", "/~2", "/a/~0~", "~0"} {
		if got, err := openapi.ParsePointer(pointer); err == nil {
			t.Errorf("ParsePointer(%q) is %q and no error", pointer, got)
		}
	}
}
