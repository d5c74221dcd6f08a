package report

import (
	"io"
	"net/url"
	"strings"

	"github.com/plumbapi/plumb/check"
)

// The schema that [SARIF] output declares: the OASIS standard with its first
// errata.
const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// SARIF writes the report as a SARIF 2.1.0 log with one run: the rules with
// their help, every finding as a result with its fingerprint under
// "plumb/v1", what was set aside as suppressed results, what could not be
// finished as notifications of a run that was not successful. Columns count
// Unicode code points. Fixes are given by line and column where opts.Source
// has the file, by byte offset where not.
func SARIF(w io.Writer, rep *check.Report, opts Options) error {
	s := &sarifWriter{
		jsonWriter: newJSONWriter(w), opts: &opts, sources: newSources(opts.Source),
		index: map[string]int{}, artifacts: map[string]sarifArtifact{},
	}
	rules := s.rules(rep)
	s.text("{")
	s.member("$schema", sarifSchema)
	s.text(",")
	s.member("version", "2.1.0")
	s.text(`,"runs":[{"tool":{"driver":{`)
	tool := opts.tool()
	s.member("name", tool.Name)
	if tool.Version != "" {
		s.text(",")
		s.member("version", tool.Version)
	}
	s.text(",\n")
	array(s.jsonWriter, "rules", rules)
	s.text("}},\n")
	s.member("invocations", []sarifInvocation{s.invocation(rep)})
	s.text(`,"columnKind":"unicodeCodePoints",` + "\n" + `"results":[`)
	comma := "\n"
	for i := range rep.Findings {
		s.text(comma)
		s.result(&rep.Findings[i], []sarifSuppression{})
		comma = ",\n"
	}
	for i := range rep.Suppressed {
		s.text(comma)
		f := &rep.Suppressed[i]
		s.result(&f.Finding, []sarifSuppression{{
			Kind: "external", Status: "accepted", Justification: strings.TrimSuffix(f.By+": "+f.Reason, ": "),
		}})
		comma = ",\n"
	}
	s.text("]}]}\n")
	return s.flush()
}

type sarifWriter struct {
	*jsonWriter
	opts    *Options
	sources *sources
	index   map[string]int // of each rule in the driver's list

	artifacts map[string]sarifArtifact // by file
}

// rules describes the rules that ran, and by name only those that merely
// appear in findings: a document that cannot be read is a finding of no rule
// that ran.
func (s *sarifWriter) rules(rep *check.Report) []sarifRule {
	var rules []sarifRule
	for i := range rep.Rules {
		m := &rep.Rules[i]
		if _, ok := s.index[m.ID]; ok {
			continue
		}
		s.index[m.ID] = len(rules)
		rules = append(rules, s.rule(m))
	}
	add := func(id string) {
		if _, ok := s.index[id]; !ok && id != "" {
			s.index[id] = len(rules)
			rules = append(rules, sarifRule{ID: id, HelpURI: s.opts.helpURL(id)})
		}
	}
	for i := range rep.Findings {
		add(rep.Findings[i].Rule)
	}
	for i := range rep.Suppressed {
		add(rep.Suppressed[i].Rule)
	}
	for _, p := range rep.Incomplete {
		add(p.Rule)
	}
	return rules
}

func (s *sarifWriter) rule(m *check.Meta) sarifRule {
	r := sarifRule{
		ID:                   m.ID,
		DeprecatedIDs:        m.Aliases,
		HelpURI:              s.opts.helpURL(m.ID),
		DefaultConfiguration: &sarifConfiguration{Enabled: !m.OptIn, Level: sarifLevel(m.Severity)},
		Properties:           map[string]any{"tags": unique(m.Tags)},
	}
	if m.Summary != "" {
		r.ShortDescription = &sarifMessage{Text: m.Summary}
	}
	if help := strings.TrimSpace(m.Summary + "\n\n" + m.Rationale); help != "" {
		r.Help = &sarifMessage{Text: plainText(help), Markdown: help}
	}
	return r
}

// unique returns the tags without doubles, which SARIF forbids.
func unique(tags []string) []string {
	kept := make([]string, 0, len(tags))
	seen := map[string]bool{}
	for _, t := range tags {
		if !seen[t] {
			seen[t] = true
			kept = append(kept, t)
		}
	}
	return kept
}

// plainText takes the marks of code and emphasis out of our own Markdown.
func plainText(s string) string {
	return strings.NewReplacer("`", "", "**", "").Replace(s)
}

// sarifText keeps text that looks like one of SARIF's embedded links,
// [text](address), from being one (section 3.11.6 of the standard).
func sarifText(s string) string {
	if !strings.Contains(s, "](") {
		return s
	}
	return strings.NewReplacer("[", `\[`, "]", `\]`).Replace(s)
}

func sarifLevel(s check.Severity) string {
	switch s {
	case check.Error:
		return "error"
	case check.Warning:
		return "warning"
	}
	return "note"
}

func (s *sarifWriter) invocation(rep *check.Report) sarifInvocation {
	inv := sarifInvocation{ExecutionSuccessful: rep.Complete(), Notifications: []sarifNotification{}}
	for _, p := range rep.Incomplete {
		n := sarifNotification{Level: "error", Message: sarifMessage{Text: sarifText(p.Message)}}
		if p.Rule != "" {
			index := s.index[p.Rule]
			n.AssociatedRule = &sarifReference{ID: p.Rule, Index: &index}
		}
		if p.File != "" {
			n.Locations = []sarifLocation{{Physical: s.physical(check.Location{File: p.File})}}
		}
		inv.Notifications = append(inv.Notifications, n)
	}
	return inv
}

// result writes one finding.
func (s *sarifWriter) result(f *check.Finding, suppressions []sarifSuppression) {
	r := sarifResult{
		RuleID:       f.Rule,
		Level:        sarifLevel(f.Severity),
		Message:      sarifMessage{Text: sarifText(f.Message)},
		Locations:    []sarifLocation{},
		Fingerprints: sarifFingerprints{f.Fingerprint},
		Suppressions: suppressions,
		Properties:   f.Properties,
	}
	if i, ok := s.index[f.Rule]; ok {
		r.RuleIndex = &i
	}
	if at, ok := s.location(f.Location); ok {
		r.Locations = append(r.Locations, at)
	}
	for i, rel := range f.Related {
		at, _ := s.location(rel.Location)
		at.ID = i + 1
		if rel.Message != "" {
			at.Message = &sarifMessage{Text: sarifText(rel.Message)}
		}
		r.Related = append(r.Related, at)
	}
	if f.Fix != nil && len(f.Fix.Edits) > 0 {
		r.Fixes = []sarifFix{s.fix(f.Fix)}
	}
	s.value(&r)
}

func (s *sarifWriter) location(at check.Location) (loc sarifLocation, known bool) {
	if at.File != "" {
		loc.Physical = s.physical(at)
	}
	if at.Element != "" {
		loc.Logical = []sarifLogical{{FullyQualifiedName: at.Element}}
	}
	return loc, at.File != "" || at.Element != ""
}

func (s *sarifWriter) physical(at check.Location) *sarifPhysical {
	p := &sarifPhysical{Artifact: s.artifact(at.File)}
	if at.Line > 0 {
		p.Region = &sarifRegion{
			StartLine: at.Line, StartColumn: max(at.Column, 0),
			EndLine: max(at.EndLine, 0), EndColumn: max(at.EndColumn, 0),
		}
	}
	return p
}

func (s *sarifWriter) artifact(file string) sarifArtifact {
	a, ok := s.artifacts[file]
	if !ok {
		uri, relative := fileURI(s.opts.path(file))
		a.URI = uri
		if relative {
			a.BaseID = "%SRCROOT%"
		}
		s.artifacts[file] = a
	}
	return a
}

// fileURI returns a path as a URI reference (RFC 3986) and whether it is
// relative. What is an http or https address already stays one.
func fileURI(path string) (uri string, relative bool) {
	if strings.HasPrefix(path, "http://") || strings.HasPrefix(path, "https://") {
		if u, err := url.Parse(path); err == nil {
			return u.String(), false
		}
	}
	segments := strings.Split(path, "/")
	for i, s := range segments {
		segments[i] = strings.ReplaceAll(url.PathEscape(s), ":", "%3A")
	}
	uri = strings.Join(segments, "/")
	if strings.HasPrefix(uri, "/") {
		return "file://" + uri, false
	}
	return uri, true
}

// fix groups the edits by file, in the order in which files appear.
func (s *sarifWriter) fix(f *check.Fix) sarifFix {
	var fix sarifFix
	if f.Title != "" {
		fix.Description = &sarifMessage{Text: f.Title}
	}
	index := map[string]int{}
	for _, e := range f.Edits {
		i, ok := index[e.File]
		if !ok {
			i = len(fix.Changes)
			index[e.File] = i
			fix.Changes = append(fix.Changes, sarifChange{Artifact: s.artifact(e.File)})
		}
		fix.Changes[i].Replacements = append(fix.Changes[i].Replacements,
			sarifReplacement{Deleted: s.edited(e), Inserted: sarifContent{Text: e.NewText}})
	}
	return fix
}

// edited returns the region that an edit replaces.
func (s *sarifWriter) edited(e check.Edit) sarifRegion {
	if file := s.sources.file(e.File); file != nil {
		var r sarifRegion
		r.StartLine, r.StartColumn = file.position(e.Start)
		r.EndLine, r.EndColumn = file.position(e.End)
		return r
	}
	start := max(e.Start, 0)
	length := max(e.End-start, 0)
	return sarifRegion{ByteOffset: &start, ByteLength: &length}
}
