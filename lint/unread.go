package lint

import (
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// Unread returns the report of documents of which at least one could not be
// read. Why is in the findings already; they make the report incomplete.
func Unread(policy check.Policy, subjects []string, failed []check.Finding) (*check.Report, error) {
	var metas []check.Meta
	for _, m := range Metas() {
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

// Problems returns the report of what is wrong with any JSON or YAML text by
// itself, which no rule of the package is about otherwise; see
// [openapi.Loader.LoadAny].
func Problems(doc *openapi.Document, policy check.Policy) (*check.Report, error) {
	rep, err := check.Judge(openapi.ProblemRules(), doc.Problems(), policy)
	if err != nil {
		return nil, err
	}
	rep.Subjects = []string{doc.Source().Name()}
	return rep, nil
}
