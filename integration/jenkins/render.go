package jenkins

import (
	"bytes"
	"io"
	"net/url"
	"strconv"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/phrase"
	"github.com/plumbapi/plumb/integration/message"
	"github.com/plumbapi/plumb/report"
)

// maxForm is how large a form Jenkins' server (Jetty) takes unless it is told
// otherwise, in bytes. Source:
// https://jetty.org/docs/jetty/12/programming-guide/server/http.html (FormFields)
const maxForm = 200_000

// The parameters. A job gets those that it defines; runID it must define.
const (
	runID     = "PLUMB_RUN_ID"
	product   = "PLUMB_PRODUCT"
	verdict   = "PLUMB_VERDICT"
	summary   = "PLUMB_SUMMARY"
	revision  = "PLUMB_REVISION"
	branch    = "PLUMB_BRANCH"
	change    = "PLUMB_CHANGE"
	reportURL = "PLUMB_REPORT_URL"
	countNew  = "PLUMB_NEW"
	countGone = "PLUMB_MENDED"
	junit     = "PLUMB_JUNIT"
	sarif     = "PLUMB_SARIF"
)

// Parameters are the names of all parameters, in the order of the documentation.
func Parameters() []string {
	return []string{runID, product, verdict, summary, revision, branch, change, reportURL, countNew, countGone, junit, sarif}
}

// Form makes the parameters of a delivery, those that the job defines. Files of
// findings have as many of them as there is room for, and say how many are
// missing.
func Form(d *integration.Delivery, defined map[string]bool) url.Values {
	m := message.FromDelivery(d, message.Options{})
	all := map[string]string{
		runID: d.ID, product: m.Product, verdict: string(m.Verdict), summary: m.Headline,
		revision: message.Cut(d.Revision, 64, message.Bytes), branch: d.Branch, reportURL: m.URL,
		countNew: strconv.Itoa(len(d.New())), countGone: strconv.Itoa(len(d.Fixed())),
	}
	if d.Change != 0 {
		all[change] = strconv.Itoa(d.Change)
	}
	form := url.Values{}
	for _, name := range Parameters() {
		if value := all[name]; defined[name] && value != "" {
			form.Set(name, text(value))
		}
	}
	files := 0
	for _, name := range []string{junit, sarif} {
		if defined[name] {
			files++
		}
	}
	for _, name := range []string{junit, sarif} {
		if defined[name] {
			form.Set(name, file(d, name, (maxForm-len(form.Encode()))/files))
			files--
		}
	}
	return form
}

// text makes a text fit for a parameter of a shell's environment: one line of
// at most 2,000 bytes.
func text(s string) string { return message.Cut(s, 2000, message.Bytes) }

// file writes findings so that they take at most so many bytes of a form, and
// "" where not even none of them does.
func file(d *integration.Delivery, name string, room int) string {
	write := func(n int) string {
		var b bytes.Buffer
		rep, opts := first(d, n), report.Options{FailOn: d.FailOn}
		if err := format(name)(&b, rep, opts); err != nil { // a bytes.Buffer takes everything
			return ""
		}
		return b.String()
	}
	fits := func(n int) bool { return len(url.QueryEscape(write(n)))+len(name)+2 <= room }
	n := len(d.Report.Findings)
	if !fits(n) {
		n = message.Largest(n, fits)
	}
	if !fits(n) {
		return ""
	}
	return write(n)
}

func format(name string) func(io.Writer, *check.Report, report.Options) error {
	if name == sarif {
		return report.SARIF
	}
	return report.JUnit
}

// first returns the report with its first n findings, and one that says how many
// more there are.
func first(d *integration.Delivery, n int) *check.Report {
	more := len(d.Report.Findings) - n
	if more <= 0 {
		return d.Report
	}
	rep := *d.Report
	rep.Findings = append([]check.Finding(nil), d.Report.Findings[:n]...)
	rep.Suppressed = nil
	last := check.Finding{
		Rule: d.Report.Findings[n].Rule, Severity: d.Report.Worst(), Related: []check.Related{}, Properties: map[string]any{},
		Message: phrase.Of(d.Language).Count(phrase.MoreFindings, more),
	}
	if d.URL != "" {
		last.Message += ", " + d.URL
	}
	last.Fingerprint = check.Fingerprint(last.Rule, "", "", last.Message)
	rep.Findings = append(rep.Findings, last)
	return &rep
}
