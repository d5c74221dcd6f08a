package report

import (
	"bufio"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
)

// JUnit writes the report as JUnit XML, the common part that GitLab, Jenkins
// and GitHub's actions read. A suite is a document, a case is a rule that
// ran on it: it fails with all that the rule found there, passes where it
// found nothing, and is an error where the rule could not finish. A document
// that could not be read has no cases of rules, since none ran. Findings
// below opts.FailOn and findings that were set aside are the case's output.
// What concerns no document is in a suite with the tool's name.
func JUnit(w io.Writer, rep *check.Report, opts Options) error {
	suites := junitSuites(rep, &opts)
	b := bufio.NewWriter(w)
	var total junitTotals
	for _, s := range suites {
		total.add(s.totals())
	}
	name := opts.tool().Name
	fmt.Fprintf(b, "%s<testsuites name=\"%s\" %s time=\"%.3f\">\n", xml.Header, xmlText(name), total, opts.Duration.Seconds())
	for _, s := range suites {
		s.write(b, &opts)
	}
	b.WriteString("</testsuites>\n")
	return b.Flush()
}

// junitSuite is one document.
type junitSuite struct {
	name  string
	cases []*junitCase
	index map[string]*junitCase
}

// junitCase is one rule on one document; each part is text of several lines.
type junitCase struct {
	name                    string
	failures, output, error []string
	severity                check.Severity
	file                    string // "" for that of the suite
	skipped                 string
}

// junitTotals counts cases.
type junitTotals struct{ tests, failures, errors, skipped int }

func (t junitTotals) String() string {
	return fmt.Sprintf(`tests="%d" failures="%d" errors="%d" skipped="%d"`, t.tests, t.failures, t.errors, t.skipped)
}

func (t *junitTotals) add(u junitTotals) {
	t.tests += u.tests
	t.failures += u.failures
	t.errors += u.errors
	t.skipped += u.skipped
}

// junitSuites sorts the report into suites: the subjects first, in their
// order, then other files in the order of the findings.
func junitSuites(rep *check.Report, opts *Options) []*junitSuite {
	var suites []*junitSuite
	index := map[string]*junitSuite{}
	suite := func(name string) *junitSuite {
		s, ok := index[name]
		if !ok {
			s = &junitSuite{name: name, index: map[string]*junitCase{}}
			index[name] = s
			suites = append(suites, s)
		}
		return s
	}
	nowhere := opts.tool().Name
	subjects := rep.Subjects
	if len(subjects) == 0 {
		subjects = []string{nowhere}
	}
	broken := unreadable(rep)
	for _, name := range subjects {
		s := suite(name)
		if broken[name] { // no rule ran
			continue
		}
		for i := range rep.Rules {
			if opts.Applies == nil || opts.Applies(name, &rep.Rules[i]) {
				s.rule(rep.Rules[i].ID)
			}
		}
	}
	tested := junitTested(&suites, opts)
	at := func(file, rule string) *junitCase {
		if file == "" {
			file = nowhere
		}
		return suite(file).rule(rule)
	}
	of := func(f *check.Finding) *junitCase {
		if c := tested(f); c != nil {
			return c
		}
		return at(f.Location.File, f.Rule)
	}
	for i := range rep.Findings {
		of(&rep.Findings[i]).found(&rep.Findings[i], opts.FailOn)
	}
	for i := range rep.Suppressed {
		s := &rep.Suppressed[i]
		c := of(&s.Finding)
		c.output = append(c.output, "set aside ("+strings.TrimSuffix(s.By+": "+s.Reason, ": ")+"): "+findingLine(&s.Finding))
	}
	for _, p := range unexplained(rep) {
		rule := p.Rule
		if rule == "" {
			rule = "complete"
		}
		c := at(p.File, rule)
		c.error = append(c.error, p.Message)
	}
	return suites
}

// junitTested puts the cases of the facts first, and returns what finds the one
// that a finding is about; nil where it is about none.
func junitTested(suites *[]*junitSuite, opts *Options) func(*check.Finding) *junitCase {
	facts := opts.facts()
	if len(facts.Cases) == 0 || facts.CaseOf == nil {
		return func(*check.Finding) *junitCase { return nil }
	}
	s := &junitSuite{name: opts.title(), index: map[string]*junitCase{}}
	for i := range facts.Cases {
		f := &facts.Cases[i]
		c := s.rule(f.Name)
		c.file, c.skipped = f.File, f.Skipped
		if f.Error != "" {
			c.error = append(c.error, f.Error)
		}
		if f.Output != "" {
			c.output = append(c.output, f.Output)
		}
	}
	*suites = append([]*junitSuite{s}, *suites...)
	return func(f *check.Finding) *junitCase { return s.index[facts.CaseOf(f)] }
}

func (s *junitSuite) rule(id string) *junitCase {
	c, ok := s.index[id]
	if !ok {
		c = &junitCase{name: id}
		s.index[id] = c
		s.cases = append(s.cases, c)
	}
	return c
}

func (c *junitCase) found(f *check.Finding, failOn check.Severity) {
	if f.Severity < failOn {
		c.output = append(c.output, findingLine(f))
		return
	}
	c.failures = append(c.failures, findingLine(f))
	c.severity = max(c.severity, f.Severity)
}

func (s *junitSuite) totals() junitTotals {
	t := junitTotals{tests: len(s.cases)}
	for _, c := range s.cases {
		switch {
		case c.error != nil:
			t.errors++
		case c.failures != nil:
			t.failures++
		case c.skipped != "":
			t.skipped++
		}
	}
	return t
}

func (s *junitSuite) write(b *bufio.Writer, opts *Options) {
	fmt.Fprintf(b, "  <testsuite name=\"%s\" %s>\n", xmlText(s.name), s.totals())
	for _, c := range s.cases {
		c.write(b, xmlText(opts.path(s.name)), xmlText(opts.path(cmp.Or(c.file, s.name))))
	}
	b.WriteString("  </testsuite>\n")
}

// write writes a case with at most one error or failure, as the format has
// it: what a rule found before it broke is then part of the error.
func (c *junitCase) write(b *bufio.Writer, class, file string) {
	fmt.Fprintf(b, `    <testcase name="%s" classname="%s" file="%s"`, xmlText(c.name), class, file)
	if c.failures == nil && c.output == nil && c.error == nil && c.skipped == "" {
		b.WriteString("/>\n")
		return
	}
	b.WriteString(">\n")
	switch {
	case c.error != nil:
		lines := append(c.error[:len(c.error):len(c.error)], c.failures...)
		fmt.Fprintf(b, "      <error message=\"%s\" type=\"incomplete\">%s</error>\n", xmlText(c.error[0]), xmlLines(lines))
	case c.failures != nil:
		message := c.failures[0]
		if n := len(c.failures); n > 1 {
			message = words.Count(n, "finding")
		}
		fmt.Fprintf(b, "      <failure message=\"%s\" type=\"%s\">%s</failure>\n",
			xmlText(message), xmlText(c.severity.String()), xmlLines(c.failures))
	}
	if c.skipped != "" && c.error == nil && c.failures == nil {
		fmt.Fprintf(b, "      <skipped message=\"%s\"/>\n", xmlText(c.skipped))
	}
	if c.output != nil {
		fmt.Fprintf(b, "      <system-out>%s</system-out>\n", xmlLines(c.output))
	}
	b.WriteString("    </testcase>\n")
}

// findingLine writes a finding on one line: place, severity, message.
func findingLine(f *check.Finding) string {
	line := f.Severity.String() + ": " + f.Message
	if name := placeName(f.Location); name != "" {
		line = name + ": " + line
	}
	if f.Location.Line > 0 && f.Location.Element != "" {
		line += " (" + f.Location.Element + ")"
	}
	return line
}

func xmlLines(lines []string) string {
	escaped := make([]string, len(lines))
	for i, line := range lines {
		escaped[i] = xmlText(line)
	}
	return strings.Join(escaped, "\n")
}

// xmlText makes s safe in an XML text or attribute: control characters,
// which XML 1.0 cannot hold, become visible escapes.
func xmlText(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(safe.Line(s))) // a strings.Builder does not fail
	return b.String()
}
