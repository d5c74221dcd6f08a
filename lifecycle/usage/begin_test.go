package usage_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/lifecycle/usage"
)

// ways are how a text may come.
var ways = map[string]func(text string) io.Reader{
	"at once":           func(text string) io.Reader { return strings.NewReader(text) },
	"by bytes":          func(text string) io.Reader { return iotest.OneByteReader(strings.NewReader(text)) },
	"by halves":         func(text string) io.Reader { return iotest.HalfReader(strings.NewReader(text)) },
	"with its end":      func(text string) io.Reader { return iotest.DataErrReader(strings.NewReader(text)) },
	"by lines":          func(text string) io.Reader { return pieces(strings.SplitAfter(text, "\n")) },
	"members of a gzip": func(text string) io.Reader { return bytes.NewReader(members(strings.SplitAfter(text, "\n"))) },
	"and no end": func(text string) io.Reader {
		return io.MultiReader(strings.NewReader(text), iotest.ErrReader(errors.New("connection lost")))
	},
}

func pieces(texts []string) io.Reader {
	readers := make([]io.Reader, len(texts))
	for i, text := range texts {
		readers[i] = strings.NewReader(text)
	}
	return io.MultiReader(readers...)
}

func members(texts []string) []byte {
	var b bytes.Buffer
	for _, text := range texts {
		z := gzip.NewWriter(&b)
		_, _ = io.WriteString(z, text)
		_ = z.Close()
	}
	return b.Bytes()
}

// The format is that of the text, whatever pieces it comes in.
func TestFormatByContent(t *testing.T) {
	t.Parallel()
	const (
		object = `{"method":"GET","path":"/api/v3/boards","status":200}` + "\n"
		entry  = `{"request":{"method":"GET","url":"/api/v3/boards"},"response":{"status":200}}`
	)
	tests := []struct {
		name, text, want string
		requests         int64
	}{
		{"nothing", "", "", 0},
		{"empty lines", "\n \r\n\n", "combined", 0},
		{"combined", boards + object, "combined", 1},
		{"json", object + boards, "json", 1},
		{"json behind strange lines", "# a log\n\nstrange\n0 \n" + object, "json", 1},
		{"combined behind strange lines", strings.Repeat("strange\n", 40) + boards + object, "combined", 1},
		{"too many strange lines", strings.Repeat("strange\n", 50) + object + boards, "combined", 1},
		{"a brace of its own", "strange\n{\n" + object, "json", 1},
		{"a long strange line", strings.Repeat("strange ", 10_000) + "\n" + object, "combined", 0},
		{"a long object", `{"ua":"` + strings.Repeat("a", 100_000) + `",` + object[1:] + boards, "json", 1},
		{"queries", `{"query_string":"{ boards { id } }"}` + "\n" + object, "gitlab-graphql", 2},
		{"an archive", `{"log":{"entries":[` + entry + `]}}`, "har", 1},
		{"an archive over lines", "\n {\n\n\"log\"\n:\n{\"entries\":\n[" + entry + "\n]}}\n", "har", 1},
		{"entries alone", "{ \"entries\" : [\n" + entry + "]}", "har", 1},
		{"entries behind a line", "strange\n{\"entries\":[" + entry + "]}\n", "json", 0},
		{"a line that begins like an archive", `{"log":"x",` + object[1:], "json", 1},
		{"a member that is longer", `{"logs":{},` + object[1:], "json", 1},
	}
	for _, tt := range tests {
		for way, open := range ways {
			for _, live := range []bool{false, true} {
				name := tt.name + ", " + way
				if live {
					name += ", live"
				}
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					res, err := usage.Count(t.Context(), []usage.Log{{Name: "a.log", R: open(tt.text), Live: live}}, describe(t))
					if err != nil {
						t.Fatal(err)
					}
					if got := res.Logs[0]; got.Format != tt.want || got.Requests != tt.requests {
						t.Errorf("format %q, %d requests; want %q, %d", got.Format, got.Requests, tt.want, tt.requests)
					}
				})
			}
		}
	}
}

// A line of a mebibyte is too long, at the end of a log too, whether its
// reader says that it is the end or has to be asked again.
func TestLongestLine(t *testing.T) {
	t.Parallel()
	for length, want := range map[int]usage.LogRead{
		1<<20 - 1: {Name: "a.log", Format: "combined", Lines: 2, Requests: 1, Unreadable: 1},
		1 << 20:   {Name: "a.log", Format: "combined", Lines: 2, Requests: 1, TooLong: 1},
	} {
		for _, end := range []string{"", "\n"} {
			for way, open := range ways {
				if way == "and no end" && end == "" {
					continue // half a line is none
				}
				res, err := usage.Count(t.Context(), []usage.Log{{Name: "a.log", R: open(boards + strings.Repeat("a", length) + end)}}, describe(t))
				if err != nil {
					t.Fatal(err)
				}
				got := res.Logs[0]
				got.Samples = nil
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%d bytes, %q, %s: log (-want +got):\n%s", length, end, way, diff)
				}
			}
		}
	}
}
