package lsp

import (
	"maps"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/lsp/protocol"
)

// source is the name under which editors show plumb's diagnostics.
const source = "plumb"

// shownFinding is a finding in a file, with what it takes to show it.
type shownFinding struct {
	check.Finding
	diagnostic protocol.Diagnostic
	result     *Result // nil for those about a configuration
}

// shownFile is what is found in a file.
type shownFile struct {
	findings []shownFinding
	version  *int // of the open text that was linted, nil for the one on disk
}

// showConfig shows what is wrong with a configuration that is open.
func (s *Server) showConfig(path string) {
	b := s.snapshot()[path]
	if b == nil {
		if yes, _ := s.options.Backend.Config(path, ""); yes {
			s.show(nil, "config "+path, nil)
		}
		return
	}
	yes, findings := s.options.Backend.Config(path, b.text.String())
	if !yes {
		return
	}
	file := shownFile{version: &b.version}
	for i := range findings {
		file.findings = append(file.findings, s.shownFinding(&findings[i], b.text, nil))
	}
	s.show(nil, "config "+path, map[string]shownFile{path: file})
}

// showResult shows what was found in a subject.
func (s *Server) showResult(sub *subject, r *Result, buffers snapshot) {
	texts := map[string]*Text{}
	text := func(file string) *Text {
		t := texts[file]
		if t == nil {
			t = s.textOf(buffers, r, file)
			texts[file] = t
		}
		return t
	}
	at := func(l check.Location) (protocol.Location, bool) {
		path, ok := r.Paths[l.File]
		if !ok {
			return protocol.Location{}, false
		}
		t := text(l.File)
		start, end := t.Span(l)
		return protocol.Location{URI: s.uriOf(path), Range: t.Range(start, end)}, true
	}
	files := map[string]shownFile{}
	for _, path := range r.Paths { // nothing to find there is something to show
		var file shownFile
		if b := buffers[path]; b != nil {
			file.version = &b.version
		}
		files[path] = file
	}
	for i := range r.Report.Findings {
		f := &r.Report.Findings[i]
		if path, ok := r.Paths[f.Location.File]; ok {
			shown := s.shownFinding(f, text(f.Location.File), at)
			shown.result = r
			file := files[path]
			file.findings = append(file.findings, shown)
			files[path] = file
		}
	}
	s.show(sub, sub.name, files)
}

// shownFinding makes the diagnostic of a finding.
func (s *Server) shownFinding(f *check.Finding, t *Text, at func(check.Location) (protocol.Location, bool)) shownFinding {
	start, end := t.Span(f.Location)
	if end == start {
		end = t.wordEnd(start)
	}
	d := protocol.Diagnostic{
		Range: firstLine(t, start, end), Code: f.Rule, Source: source, Message: f.Message,
		Severity: protocol.SeverityInformation,
	}
	switch f.Severity {
	case check.Error:
		d.Severity = protocol.SeverityError
	case check.Warning:
		d.Severity = protocol.SeverityWarning
	}
	if page := s.options.Backend.Page(f.Rule); page != "" {
		d.CodeDescription = &protocol.CodeDescription{Href: page}
	}
	for _, rel := range f.Related {
		if at == nil {
			break
		}
		if l, ok := at(rel.Location); ok {
			d.RelatedInformation = append(d.RelatedInformation, protocol.RelatedInformation{Location: l, Message: rel.Message})
		}
	}
	return shownFinding{Finding: *f, diagnostic: d}
}

// firstLine is a range, cut to its first line: an editor that underlines all of
// a large object says nothing by it.
func firstLine(t *Text, start, end int) protocol.Range {
	line, from := t.Line(start)
	return t.Range(start, max(start, min(end, from+len(line))))
}

// wordEnd returns where the word, or else the character, at an offset ends.
func (t *Text) wordEnd(offset int) int {
	line, from := t.Line(offset)
	end := offset - from
	for end < len(line) && wordByte(line[end]) {
		end++
	}
	if from+end == offset && end < len(line) {
		end++
	}
	return from + end
}

func wordByte(c byte) bool {
	return c == '_' || c == '-' || c == '$' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// show replaces what is shown under a name, by path, and tells the editor of
// each file that it concerns. It shows nothing of a subject that another one has
// taken the place of.
func (s *Server) show(sub *subject, name string, files map[string]shownFile) {
	s.mu.Lock()
	if sub != nil && s.subjects[name] != sub {
		s.mu.Unlock()
		return
	}
	changed := map[string]bool{}
	for path := range s.shown[name] {
		changed[path] = true
	}
	for path := range files {
		changed[path] = true
	}
	if files == nil {
		delete(s.shown, name)
	} else {
		s.shown[name] = files
	}
	s.mu.Unlock()
	for _, path := range slices.Sorted(maps.Keys(changed)) {
		s.publish(path)
	}
}

// found returns what is shown in a file: what several documents find there
// alike, once.
func (s *Server) found(path string) []shownFinding {
	s.mu.Lock()
	defer s.mu.Unlock()
	type same struct {
		rule, element, message string
		at                     protocol.Range
	}
	var list []shownFinding
	seen := map[same]bool{}
	for _, name := range slices.Sorted(maps.Keys(s.shown)) {
		for _, f := range s.shown[name][path].findings {
			k := same{f.Rule, f.Location.Element, f.Message, f.diagnostic.Range}
			if !seen[k] {
				seen[k] = true
				list = append(list, f)
			}
		}
	}
	return list
}

// publish tells the editor what is found in a file.
func (s *Server) publish(path string) {
	if s.pulls() {
		return
	}
	s.publishing.Lock()
	defer s.publishing.Unlock()
	p := protocol.PublishDiagnosticsParams{URI: s.uriOf(path), Version: s.versionOf(path), Diagnostics: []protocol.Diagnostic{}}
	for _, f := range s.found(path) {
		p.Diagnostics = append(p.Diagnostics, f.diagnostic)
	}
	s.notify("textDocument/publishDiagnostics", p)
}

// versionOf returns the version of a file that all that is shown of it is about,
// nil where there is none: what was found in an earlier one stands elsewhere.
func (s *Server) versionOf(path string) *int {
	s.mu.Lock()
	defer s.mu.Unlock()
	var version *int
	for _, files := range s.shown {
		file, ok := files[path]
		switch {
		case !ok:
		case file.version == nil:
			return nil
		case version == nil || *file.version < *version:
			version = file.version
		}
	}
	return version
}
