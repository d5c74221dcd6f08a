package lint

import (
	"slices"

	"github.com/plumbapi/plumb/check"
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
