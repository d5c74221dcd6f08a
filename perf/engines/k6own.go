package engines

import (
	"bytes"
	"errors"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/k6"
)

// logMark is how the result of a script of package perf/k6 begins in the log
// of a pod.
const logMark = `{"plumb_k6":`

// k6Log reads the result out of the log of a pod.
func (f *file) k6Log() (*perf.Result, error) {
	var doc []byte
	err := f.lines(func(_ int, line []byte) error {
		if at := bytes.Index(line, []byte(logMark)); at >= 0 {
			doc = bytes.Clone(line[at:])
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if doc == nil {
		return nil, f.wrong(0, "is a log of k6 without a result; run the script with PLUMB_RESULT=-, which writes it there")
	}
	return f.k6Own(doc)
}

// k6Own reads what a script of package perf/k6 has written.
func (f *file) k6Own(doc []byte) (*perf.Result, error) {
	r, err := k6.ReadResult(doc, f.plan)
	if bad := (*k6.ResultError)(nil); errors.As(err, &bad) {
		return nil, f.wrong(0, "%s", bad.Problem)
	}
	if err != nil {
		return nil, f.badJSON(doc, err)
	}
	return r, nil
}
