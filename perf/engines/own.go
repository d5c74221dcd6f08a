package engines

import (
	"encoding/json"

	"github.com/plumbapi/plumb/perf"
)

// own reads a result of plumb's.
func (f *file) own(doc []byte) (*perf.Result, error) {
	var r perf.Result
	if err := json.Unmarshal(doc, &r); err != nil {
		return nil, f.badJSON(doc, err)
	}
	return &r, nil
}
