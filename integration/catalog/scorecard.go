package catalog

import (
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// The shape of OpenSSF Scorecard's JSON, so that its viewers show results.
type (
	scorecard struct {
		Date      string       `json:"date"`
		Repo      scoreRepo    `json:"repo"`
		Scorecard scoreTool    `json:"scorecard"`
		Score     float64      `json:"score"`
		Checks    []scoreCheck `json:"checks"`
		Metadata  []string     `json:"metadata"`
	}
	scoreRepo struct {
		Name   string `json:"name"`
		Commit string `json:"commit"`
	}
	scoreTool struct {
		Version string `json:"version"`
		Commit  string `json:"commit"`
	}
	scoreCheck struct {
		Name          string   `json:"name"`
		Score         int      `json:"score"`
		Reason        string   `json:"reason"`
		Details       []string `json:"details"`
		Documentation scoreDoc `json:"documentation"`
	}
	scoreDoc struct {
		Short string `json:"short"`
		URL   string `json:"url"`
	}
)

// WriteScorecard writes one result as Scorecard writes one repository: a check
// has 10 where it passed, 0 where not, and -1 where it does not apply. The
// metadata name the level. Version is that of plumb; help returns the address
// of a rule's page.
func WriteScorecard(w io.Writer, r *Result, version string, help func(rule string) string) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(r.scorecard(version, help))
}

// WriteScorecards writes several results: {"version": 1, "integrations": […]}.
func WriteScorecards(w io.Writer, results []*Result, version string, help func(rule string) string) error {
	all := struct {
		Version      int         `json:"version"`
		Integrations []scorecard `json:"integrations"`
	}{1, []scorecard{}}
	for _, r := range results {
		all.Integrations = append(all.Integrations, r.scorecard(version, help))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(all)
}

func (r *Result) scorecard(version string, help func(rule string) string) scorecard {
	s := scorecard{
		Date: r.At.UTC().Format(time.DateOnly), Repo: scoreRepo{r.Entry.Manifest.Name, r.Entry.Digest},
		Scorecard: scoreTool{Version: version}, Score: r.Score, Checks: []scoreCheck{},
		Metadata: []string{"level: " + r.Level.String(), "category: " + r.Entry.Manifest.Category},
	}
	for _, level := range Levels() {
		holds, of := r.Count(level)
		s.Metadata = append(s.Metadata, fmt.Sprintf("%s: %d of %d", level, holds, of))
	}
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		c := scoreCheck{
			Name: o.Check.ID + "-" + o.Check.Name, Reason: o.Reason, Details: []string{},
			Documentation: scoreDoc{o.Check.Summary, help(o.Check.Rule())},
		}
		switch o.Status {
		case Passed:
			c.Score = 10
		case Irrelevant:
			c.Score = -1
		}
		kind := "Info"
		if !o.Holds() {
			kind = "Warn"
		}
		c.Details = append(c.Details, "Info: "+o.Evidence)
		for _, d := range o.Details {
			c.Details = append(c.Details, kind+": "+d)
		}
		s.Checks = append(s.Checks, c)
	}
	return s
}
