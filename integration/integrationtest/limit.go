package integrationtest

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/message"
)

// Limit is one bound of a tool's API.
type Limit struct {
	Name string
	// Max is the most that is taken.
	Max int
	// Request makes a request whose bounded part has the size n.
	Request func(n int) *integration.Request
}

// Limits shows that the fake takes what is one below a limit and at it, and
// refuses what is one above, as the real one does: a fake that takes
// everything proves nothing.
func Limits(t *testing.T, tool integration.Tool, inputs integration.Inputs, limits []Limit) {
	t.Helper()
	if inputs == nil {
		inputs = tool.Manifest().Examples()
	}
	for _, l := range limits {
		t.Run(l.Name, func(t *testing.T) {
			t.Parallel()
			for n, want := range map[int]bool{l.Max - 1: true, l.Max: true, l.Max + 1: false} {
				c, _ := Client(tool, inputs, integration.Local(tool.Fake(inputs)))
				_, err := c.Do(t.Context(), l.Request(n))
				if got := err == nil; got != want {
					t.Errorf("%d of %d: taken %t, want %t (%v)", n, l.Max, got, want, err)
				}
			}
		})
	}
}

// Sized makes texts of exactly n by a measure, of the widest characters that
// there are where wide is set, and of plain letters otherwise.
func Sized(n int, measure message.Measure, wide bool) string {
	letter := "a"
	if wide {
		letter = "𝒳"
	}
	s := strings.Repeat(letter, n/measure(letter))
	return s + strings.Repeat("a", n-measure(s))
}

func asError(err error) (*integration.Error, bool) {
	var e *integration.Error
	ok := errors.As(err, &e)
	return e, ok
}

func newContext(t *testing.T) (context.Context, context.CancelFunc) {
	return context.WithCancel(t.Context())
}

// Header makes a header of names and values by turns.
func Header(pairs ...string) http.Header {
	h := http.Header{}
	for i := 0; i+1 < len(pairs); i += 2 {
		h.Set(pairs[i], pairs[i+1])
	}
	return h
}
