package check

import "fmt"

// Pass is one run of one rule over one subject. It is bound to its rule: the
// rule cannot misreport its ID or its severity. It belongs to the goroutine
// that Check was called in, and ends when Check returns.
type Pass[S any] struct {
	Subject S

	rule     string
	severity Severity
	findings []Finding
}

// Reportf reports a finding that has a place and a message only.
func (p *Pass[S]) Reportf(at Location, format string, args ...any) {
	p.Report(Finding{Location: at, Message: fmt.Sprintf(format, args...)})
}

// Report reports a finding. The pass sets Rule, Severity and Fingerprint;
// whatever the rule put there is lost.
func (p *Pass[S]) Report(f Finding) {
	f.Rule, f.Severity = p.rule, p.severity
	p.findings = append(p.findings, f)
}
