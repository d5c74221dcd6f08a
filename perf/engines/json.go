package engines

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/plumbapi/plumb/perf"
)

// readJSON recognises what a file that begins with an object is: by the members
// of the first line, where that is a whole object and is not alone, else by
// those of the document.
func (f *file) readJSON(text, line []byte) (*perf.Result, error) {
	if isOwn(text) {
		return f.own()
	}
	var first map[string]json.RawMessage
	if json.Unmarshal(line, &first) == nil {
		switch has := members(first); {
		case has("type", "metric"):
			return f.k6Lines()
		case has("attack", "seq", "code", "timestamp", "latency"):
			return f.vegeta("JSON")
		}
	} else if bytes.HasPrefix(text, []byte(`{"attack":`)) {
		return f.vegeta("JSON")
	}
	doc, err := f.whole()
	if err != nil {
		return nil, err
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(doc, &all); err != nil {
		return nil, f.badJSON(doc, err)
	}
	switch has := members(all); {
	case has("plumb_k6"):
		return f.k6Own(doc)
	case has("version", "results"):
		return f.k6Machine(doc)
	case has("metrics"):
		return f.k6Summary(doc)
	case has("DurationHistogram"):
		return f.fortio(doc)
	case has("summary", "statusCodeDistribution"):
		return f.oha(doc)
	}
	return nil, f.unknown()
}

// members returns a test of whether an object has all of some members.
func members(object map[string]json.RawMessage) func(names ...string) bool {
	return func(names ...string) bool {
		for _, name := range names {
			if _, ok := object[name]; !ok {
				return false
			}
		}
		return true
	}
}

// badJSON says where a document is no JSON, or not of the form it should be.
func (f *file) badJSON(doc []byte, err error) error {
	line := 0
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		line = 1 + bytes.Count(doc[:min(int(syntax.Offset), len(doc))], []byte("\n"))
	case errors.As(err, &kind):
		line = 1 + bytes.Count(doc[:min(int(kind.Offset), len(doc))], []byte("\n"))
		return f.wrong(line, "%s is a %s, which it is in no result", kind.Field, kind.Value)
	}
	return f.wrong(line, "is no whole JSON document: %v; was the run ended before it was written?", err)
}
