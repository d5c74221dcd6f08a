package check

import (
	"errors"
	"fmt"
)

// Pass is one run of one rule over one subject. It is bound to its rule: the
// rule cannot misreport its ID or its severity. It belongs to the goroutine
// that Check was called in, and ends when Check returns.
type Pass[S any] struct {
	Subject S

	rule     string
	severity Severity
	findings []Finding
	text     int // bytes that the findings hold
}

// Rule returns the ID of the rule.
func (p *Pass[S]) Rule() string { return p.rule }

// maxText is how many bytes of text one rule may report over a subject. Each
// finding names its element in full, so that a small hostile description,
// many faults below one very long name, could fill any memory.
const maxText = 32 << 20

// errTooMuch ends a rule that has reported more than maxText.
var errTooMuch = errors.New("the rule reported more than 32 MiB and was ended")

// Reportf reports a finding that has a place and a message only.
func (p *Pass[S]) Reportf(at Location, format string, args ...any) {
	p.Report(Finding{Location: at, Message: fmt.Sprintf(format, args...)})
}

// Report reports a finding. The pass sets Rule, Severity and Fingerprint;
// whatever the rule put there is lost. Where findings add up to more than 32
// MiB of text, Report does not return: the rule ends as incomplete.
func (p *Pass[S]) Report(f Finding) {
	f.Rule, f.Severity = p.rule, p.severity
	if p.text += textOf(&f); p.text > maxText {
		panic(errTooMuch) //nolint:forbidigo // Run recovers it; rules need not look at every report
	}
	p.findings = append(p.findings, f)
}

// textOf returns how many bytes of text a finding holds.
func textOf(f *Finding) int {
	n := len(f.Message) + len(f.Key) + len(f.Location.Element)
	for i := range f.Related {
		n += len(f.Related[i].Message) + len(f.Related[i].Location.Element)
	}
	if f.Fix != nil {
		for i := range f.Fix.Edits {
			n += len(f.Fix.Edits[i].NewText)
		}
	}
	return n
}
