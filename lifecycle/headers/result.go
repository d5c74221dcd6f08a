package headers

import (
	"github.com/plumbapi/plumb/openapi"
)

// Verdict is what became of a field of a response.
type Verdict string

// The verdicts.
const (
	// Kept: sent as promised.
	Kept Verdict = "kept"
	// Missing: promised and not sent.
	Missing Verdict = "missing"
	// Unexpected: sent and not promised.
	Unexpected Verdict = "unexpected"
	// Invalid: sent with a value that the RFCs do not allow.
	Invalid Verdict = "invalid"
	// Disagrees: sent with another value than the promised one.
	Disagrees Verdict = "disagrees"
	// Served: answered with success after the sunset. Its field is Status.
	Served Verdict = "served after sunset"
)

// Status stands for the status of a response where a verdict is about that.
const Status = "Status"

// Result is what responses said of the life of operations, beside what the
// description promises.
type Result struct {
	// Complete says that everything was read and asked that was to be, and
	// that some response could be judged wherever something is promised.
	// Incomplete lists why not.
	Complete   bool     `json:"complete"`
	Incomplete []string `json:"incomplete"`
	Counts     Counts   `json:"counts"`
	// Operations are those that promise something, and those whose responses
	// have something that is not promised, in source order.
	Operations []*OperationResult `json:"operations"`

	doc *openapi.Document
}

// Counts counts exchanges and operations.
type Counts struct {
	// Exchanges are all that were seen: Judged, NotJudged and Unknown.
	Exchanges int `json:"exchanges"`
	// Judged were for an operation, with a response that has to keep what the
	// description promises: 2xx, and 3xx but 304.
	Judged int `json:"judged"`
	// NotJudged were for an operation, but the response may come from
	// something before it: an error, no response at all. What it says of the
	// operation's life is judged all the same.
	NotJudged int `json:"not_judged"`
	// Unknown were for no operation of the description.
	Unknown int `json:"unknown"`
	// Promising are the operations that promise something; Seen those of them
	// with a response that was judged.
	Promising int `json:"promising"`
	Seen      int `json:"seen"`
}

// OperationResult is what came of one operation.
type OperationResult struct {
	// Operation is such as "GET /users".
	Operation string   `json:"operation"`
	Promised  Promised `json:"promised"`
	Judged    int      `json:"judged"`
	NotJudged int      `json:"not_judged"`
	// Responses are those that were judged or said something, alike ones as
	// one, in the order in which they came.
	Responses []*Response `json:"responses"`
	// Skipped says why the operation was not asked; "" where it was, or where
	// nobody was to ask.
	Skipped string `json:"skipped,omitempty"`

	op      *openapi.Operation
	promise *Promise
	known   map[string]*Response
}

// Promised are the values that the description promises, as fields have them.
type Promised struct {
	// Deprecation is "" where none is promised, and "@" where any day will do.
	Deprecation string `json:"deprecation"`
	Sunset      string `json:"sunset"`
	// Successor is the target of the link; it may have parameters.
	Successor string `json:"successor"`
}

// Response is one response, or several that say the same.
type Response struct {
	Count  int `json:"count"`
	Status int `json:"status"`
	// Example is the first request, without its query.
	Example string         `json:"example"`
	Fields  []FieldVerdict `json:"fields"`
}

// FieldVerdict is the verdict about one field.
type FieldVerdict struct {
	Field   string  `json:"field"`
	Verdict Verdict `json:"verdict"`
	// Promised is the value that the description promises; "" for none.
	Promised string `json:"promised"`
	// Sent is the value that was sent; of links, the targets with the
	// relation successor-version.
	Sent string `json:"sent"`
	// Problem says what is wrong with an invalid value.
	Problem string `json:"problem,omitempty"`
}

// promised returns what a promise says, as fields have it.
func (p *Promise) promised() Promised {
	var out Promised
	if p == nil {
		return out
	}
	if p.Deprecated {
		out.Deprecation = "@"
		if !p.Since.IsZero() {
			out.Deprecation = FormatDeprecation(p.Since)
		}
	}
	if !p.Sunset.IsZero() {
		out.Sunset = FormatSunset(p.Sunset)
	}
	if out.Successor = p.Successor; out.Successor == "" {
		out.Successor = p.Template
	}
	return out
}
