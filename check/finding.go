package check

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
)

// Location is a place in a source file. Lines and columns count from 1, and
// columns count Unicode code points; 0 means unknown. The end is exclusive:
// EndColumn is the column after the last character.
type Location struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"end_line"`
	EndColumn int    `json:"end_column"`
	// Element names the place by structure, so that it survives reformatting:
	// a JSON Pointer (RFC 6901) in an OpenAPI document, a schema coordinate
	// such as Type.field in a GraphQL schema. The root is "".
	Element string `json:"element"`
}

// Related is a second place that a finding speaks of: the first use of a
// name, the other side of a comparison.
type Related struct {
	Message  string   `json:"message"`
	Location Location `json:"location"`
}

// Fix is a change that a machine may apply without asking.
type Fix struct {
	// Title says what applying it does, in the imperative.
	Title string `json:"title"`
	Edits []Edit `json:"edits"`
}

// Edit replaces the bytes from Start to End (byte offsets, End exclusive) of
// a file with NewText.
type Edit struct {
	File    string `json:"file"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	NewText string `json:"new_text"`
}

// Finding is one thing that a rule found at one place.
type Finding struct {
	// Rule and Severity are set by the pass, from the rule and the policy.
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	// Message says what is wrong here, with the offending value quoted. It
	// starts in lower case unless with a name, ends without a period, and
	// gives no advice: that is the rule's Rationale.
	Message string `json:"message"`
	// Fingerprint identifies the finding across revisions of a file. It is
	// set by the pass; see [Fingerprint].
	Fingerprint string    `json:"fingerprint"`
	Location    Location  `json:"location"`
	Related     []Related `json:"related"`
	Fix         *Fix      `json:"fix,omitempty"`
	// Key tells findings of one rule on one element apart. Two findings with
	// equal rule, file, element and key are numbered in source order.
	Key string `json:"-"`
	// Properties holds measured values, by snake_case name.
	Properties map[string]any `json:"properties"`
}

// Fingerprint hashes what identifies a finding: rule, file, element and key.
// Neither line nor message is part of it, so that reformatting a file or
// rewording a rule makes nothing new.
func Fingerprint(rule, file, element, key string) string {
	h := sha256.New()
	for _, s := range []string{rule, file, element, key} {
		_, _ = io.WriteString(h, s)
		_, _ = h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// Compare orders findings by file, line, column, rule, element, key and
// message. The order is total over the findings of one report and part of
// the output contract.
func (f *Finding) Compare(g *Finding) int {
	return cmp.Or(
		strings.Compare(f.Location.File, g.Location.File),
		cmp.Compare(f.Location.Line, g.Location.Line),
		cmp.Compare(f.Location.Column, g.Location.Column),
		strings.Compare(f.Rule, g.Rule),
		strings.Compare(f.Location.Element, g.Location.Element),
		strings.Compare(f.Key, g.Key),
		strings.Compare(f.Message, g.Message),
	)
}
