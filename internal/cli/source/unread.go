package source

import (
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint"
)

// Failed are those of the documents that could not be read.
func Failed(docs []*Document) []*Document {
	return slices.DeleteFunc(slices.Clone(docs), func(d *Document) bool { return len(d.Failed) == 0 })
}

// Unread returns the report of documents of which at least one could not be
// read. Why is in the findings already; they make the report incomplete.
func Unread(policy check.Policy, docs ...*Document) (*check.Report, error) {
	var failed []check.Finding
	var subjects []string
	for _, d := range docs {
		failed = append(failed, d.Failed...)
		subjects = append(subjects, d.Name)
	}
	return lint.Unread(policy, subjects, failed)
}
