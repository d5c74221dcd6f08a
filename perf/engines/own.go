package engines

import (
	"bytes"

	"github.com/plumbapi/plumb/perf"
)

// isOwn reports whether a file begins like a result of plumb's.
func isOwn(head []byte) bool {
	return bytes.HasPrefix(head, []byte(`{"version":`)) && bytes.Contains(head, []byte(`"clock":`)) && bytes.Contains(head, []byte(`"shards":`))
}

// own reads a result of plumb's.
func (f *file) own() (*perf.Result, error) {
	r, err := perf.ReadResult(f.in)
	if err != nil {
		return nil, f.wrong(0, "%v", err)
	}
	return r, nil
}
