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
	var metas []check.Meta
	for _, m := range lint.Metas() {
		if slices.ContainsFunc(failed, func(f check.Finding) bool { return f.Rule == m.ID }) {
			metas = append(metas, m)
		}
	}
	rep, err := check.Judge(metas, failed, policy)
	if err != nil {
		return nil, err
	}
	rep.Subjects = subjects
	for _, f := range failed {
		rep.Incomplete = append(rep.Incomplete, check.Incomplete{File: f.Location.File, Message: f.Message})
	}
	return rep, nil
}
