package github

import (
	"encoding/json"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/phrase"
	"github.com/plumbapi/plumb/integration/message"
	"github.com/plumbapi/plumb/internal/safe"
)

func limit(name string) int { return manifest().LimitOf(name) }

// checkRun is a check run as the API takes it.
type checkRun struct {
	Name        string  `json:"name,omitempty"`
	HeadSHA     string  `json:"head_sha,omitempty"`
	ExternalID  string  `json:"external_id,omitempty"`
	DetailsURL  string  `json:"details_url,omitempty"`
	Status      string  `json:"status,omitempty"`
	StartedAt   string  `json:"started_at,omitempty"`
	CompletedAt string  `json:"completed_at,omitempty"`
	Conclusion  string  `json:"conclusion,omitempty"`
	Output      *output `json:"output,omitempty"`
}

type output struct {
	Title       string       `json:"title"`
	Summary     string       `json:"summary"`
	Annotations []annotation `json:"annotations,omitempty"`
}

type annotation struct {
	Path        string `json:"path"`
	StartLine   int    `json:"start_line"`
	EndLine     int    `json:"end_line"`
	StartColumn int    `json:"start_column,omitempty"`
	EndColumn   int    `json:"end_column,omitempty"`
	Level       string `json:"annotation_level"`
	Message     string `json:"message"`
	Title       string `json:"title"`
}

// most bounds the annotations of one run: twenty batches.
const most = 1000

// render is the whole check run with all annotations.
func render(d *integration.Delivery, name string) checkRun {
	o := message.Options{}
	if d.URL == "" {
		o.Items = 50 // there is nowhere else to read them
	}
	m := message.FromDelivery(d, o)
	// Counted in bytes, which are never fewer than the characters that the limit
	// is given in.
	room := limit("summary")
	m = m.Fit(func(m *message.Message) bool { return len(m.Markdown()) <= room })
	run := checkRun{
		Name: message.Cut(safe.Line(name), 100, message.Runes), HeadSHA: d.Revision, DetailsURL: detailsURL(m.URL), Status: "completed",
		CompletedAt: d.At.UTC().Format(time.RFC3339), Conclusion: "success",
		Output: &output{Title: message.Cut(m.Headline, limit("annotation_title"), message.Bytes), Summary: message.Cut(m.Markdown(), room, message.Bytes)},
	}
	if m.Verdict != message.Passed {
		run.Conclusion = "failure"
	}
	findings := slices.Clone(d.Report.Findings)
	slices.SortStableFunc(findings, func(a, b check.Finding) int { return int(b.Severity) - int(a.Severity) })
	for i := range findings {
		if a, ok := annotationOf(&findings[i], d.Language); ok && len(run.Output.Annotations) < most {
			run.Output.Annotations = append(run.Output.Annotations, a)
		}
	}
	run.ExternalID = externalID(d.Product, &run)
	return run
}

// detailsURL is an address that the API takes, else none.
func detailsURL(url string) string {
	if strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://") {
		return url
	}
	return ""
}

// annotationOf is false for a finding that is in no file of the repository.
func annotationOf(f *check.Finding, language string) (annotation, bool) {
	file := f.Location.File
	if file == "" || strings.Contains(file, "://") || safe.Line(file) != file || path.IsAbs(file) || path.Clean(file) != file || strings.HasPrefix(file, "..") {
		return annotation{}, false
	}
	start := max(f.Location.Line, 1)
	a := annotation{
		Path: file, StartLine: start, EndLine: max(f.Location.EndLine, start),
		Level:   map[check.Severity]string{check.Error: "failure", check.Warning: "warning"}[f.Severity],
		Message: message.Cut(safe.Brief(f.Message), limit("annotation_message"), message.Bytes),
		Title:   message.Cut(safe.Line(f.Rule), limit("annotation_title"), message.Bytes),
	}
	if a.Level == "" {
		a.Level = "notice"
	}
	if strings.TrimSpace(a.Message) == "" {
		a.Message = phrase.Of(language).Say(phrase.FoundHere, "rule", a.Title)
	}
	if a.StartLine == a.EndLine && f.Location.Column > 0 && f.Location.EndColumn >= f.Location.Column {
		a.StartColumn, a.EndColumn = f.Location.Column, f.Location.EndColumn
	}
	return a, true
}

// externalID names product and content, so that a run is recognised, and so
// that one that was broken off can be gone on with.
func externalID(product string, run *checkRun) string {
	content, _ := json.Marshal(run) // cannot fail: texts and numbers
	return mark(product) + check.Fingerprint("check-run", string(content), "", "")[:16]
}

func mark(product string) string {
	return "plumb:" + check.Fingerprint("product", product, "", "")[:16] + ":"
}

// batch is the part of a run's output that one request carries: the
// annotations from a place on, as many as one request may.
func (o *output) batch(from int) *output {
	part := *o
	part.Annotations = o.Annotations[from:min(from+limit("annotations"), len(o.Annotations))]
	return &part
}
