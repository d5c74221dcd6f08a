package check

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
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

// Fix is a change that mends a finding.
type Fix struct {
	// Title says what applying it does, in the imperative.
	Title string `json:"title"`
	Edits []Edit `json:"edits"`
	// Unsafe says that the change is one to look at: it may change what a reader
	// or a client makes of the file, or take out what somebody still wants. The
	// others a machine may apply without asking.
	Unsafe bool `json:"unsafe,omitempty"`
}

// Edit replaces the bytes from Start to End (byte offsets, End exclusive) of
// a file with NewText. Offsets are those of the text as the model has it: that
// of an OpenAPI description begins behind a byte order mark.
type Edit struct {
	File    string `json:"file"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	NewText string `json:"new_text"`
	// Join says how the edit goes together with others at its place, where it
	// does: those of a list that gets several elements.
	Join Join `json:"-"`
}

// Join makes one edit of several that replace the same bytes and have the same To:
// the NewText of the first, with the Text of each other one put in at its At, in
// order.
type Join struct {
	To   string // what they add to; "" for an edit that goes with no other
	At   int    // an offset in NewText
	Text string
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
	// Key tells findings of one rule on one element apart. Where several have
	// equal rule, file, element and key, the second in source order gets the
	// key KEY#2, the third KEY#3, so that fingerprints are unique.
	Key string `json:"-"`
	// Properties holds measured values, by snake_case name. Run makes it
	// non-nil, as it does Related.
	Properties map[string]any `json:"properties"`
}

// Fingerprint hashes what identifies a finding: rule, file, element and key,
// as 32 lower-case hexadecimal digits. Neither line nor message is part of
// it, so that reformatting a file or rewording a rule makes nothing new.
func Fingerprint(rule, file, element, key string) string {
	var scratch [256]byte
	buf := scratch[:0]
	for _, s := range [...]string{rule, file, element, key} {
		buf = append(append(buf, s...), 0)
	}
	sum := sha256.Sum256(buf)
	var text [32]byte
	hex.Encode(text[:], sum[:16])
	return string(text[:])
}

// Compare orders findings by file, line, column, rule, element, key, message
// and end. The order is total over the findings of one report and part of
// the output contract.
func (f *Finding) Compare(g *Finding) int {
	if c := strings.Compare(f.Location.File, g.Location.File); c != 0 {
		return c
	}
	if c := cmp.Compare(f.Location.Line, g.Location.Line); c != 0 {
		return c
	}
	if c := cmp.Compare(f.Location.Column, g.Location.Column); c != 0 {
		return c
	}
	if c := strings.Compare(f.Rule, g.Rule); c != 0 {
		return c
	}
	if c := strings.Compare(f.Location.Element, g.Location.Element); c != 0 {
		return c
	}
	return cmp.Or(
		strings.Compare(f.Key, g.Key),
		strings.Compare(f.Message, g.Message),
		cmp.Compare(f.Location.EndLine, g.Location.EndLine),
		cmp.Compare(f.Location.EndColumn, g.Location.EndColumn),
	)
}
