package lint

import (
	"context"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/linter"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/report"
)

// call is one call of the command.
type call struct {
	env     *env.Env
	opts    *options
	project *project.Project
	linter  *linter.Linter
	loader  *source.Loader
	sink    *output.Sink
	args    []string
	started time.Time

	results []result // by argument
	// sessions lint the documents, by argument, where they are linted again.
	sessions []*linter.Session
}

// prepare does all that can show wrong usage before a document is read.
func prepare(ctx context.Context, e *env.Env, o *options, args []string) (*call, error) {
	c := &call{env: e, opts: o, started: e.Now()}
	var err error
	reaching := *e
	if reaching.FetchRuleset, err = o.source.Rulesets(e, o.rulesets, "plumb/"+version.Number); err != nil {
		return nil, err
	}
	e = &reaching
	if c.project, err = o.policy.Project(e); err != nil {
		return nil, err
	}
	if c.args, err = c.project.Descriptions(args, "plumb lint api/openapi.yaml"); err != nil {
		return nil, err
	}
	if c.linter, err = linter.New(ctx, c.project, &o.policy, o.rulesets); err != nil {
		return nil, err
	}
	for _, f := range c.linter.Rulesets.Files() {
		if r, ok := f.Ruleset.(interface{ Notes() []string }); ok {
			for _, note := range r.Notes() {
				c.note(note)
			}
		}
	}
	if err := c.canCompare(); err != nil {
		return nil, err
	}
	if err := c.canFix(); err != nil {
		return nil, err
	}
	if c.loader, err = o.source.Loader(c.project, "plumb/"+version.Number); err != nil {
		return nil, err
	}
	if c.sink, err = o.output.Open(e); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *call) close() {
	c.loader.Close()
	c.sink.Abort()
}

// canCompare checks that --changed-from can apply to every document.
func (c *call) canCompare() error {
	if c.opts.changedFrom == "" {
		return nil
	}
	if c.project.Repository == "" {
		return env.Usagef("--changed-from compares with git, and %s is in no git repository", c.env.Dir)
	}
	for _, arg := range c.args {
		path, ok := c.comparable(arg)
		if !ok {
			return env.Usagef("--changed-from compares files with what they were in git, and %s is not a file", project.PublicURL(arg))
		}
		if _, ok := project.Inside(c.project.Repository, c.env.Path(path)); !ok {
			return env.Usagef("--changed-from compares files with what they were in git, and %s is outside the repository %s", path, c.project.Repository)
		}
	}
	return nil
}

// comparable returns the path under which a document is in a revision.
func (c *call) comparable(arg string) (path string, ok bool) {
	switch {
	case arg == "-":
		return c.opts.source.StdinName(), c.opts.source.StdinName() != ""
	case project.IsURL(arg):
		return "", false
	case strings.Contains(arg, ":"):
		_, err := os.Stat(c.env.Path(arg))
		return arg, err == nil
	}
	return arg, true
}

// reports are those of the documents, by argument.
func (c *call) reports() []*check.Report {
	reports := make([]*check.Report, len(c.results))
	for i := range c.results {
		reports[i] = c.results[i].report
	}
	return reports
}

// finish puts the results together and hands them on.
func (c *call) finish() error {
	reports := c.reports()
	merged := check.Merge(c.linter.Policy, reports...)
	code, err := c.opts.policy.Settle(c.project, &c.opts.output, c.linter.Policy.Baseline, merged, reports...)
	if err != nil {
		return err
	}
	c.times()
	opts := report.Options{
		Tool: report.Tool{Name: "plumb", Version: version.Number}, Title: "plumb lint",
		HelpURL: c.rulePage, Applies: c.applies,
		Documents: len(c.results), Duration: c.env.Now().Sub(c.started),
	}
	if c.opts.changedFrom != "" {
		opts.Context = "changes since " + c.opts.changedFrom
	}
	if err := c.sink.Write(c.project, merged, c.text, opts); err != nil {
		return err
	}
	return env.Done(code)
}

// rulePage is the address of the page about a rule: plumb's, or what the ruleset
// that has it says.
func (c *call) rulePage(rule string) string {
	if page, ok := c.linter.Rulesets.Page(rule); ok {
		return page
	}
	return version.RulePage(rule)
}

// times says how long each document took.
func (c *call) times() {
	if !c.opts.timing {
		return
	}
	for i := range c.results {
		r := &c.results[i]
		c.env.Say("%s: read in %v, checked in %v", c.project.Shown(r.doc.Name),
			r.read.Round(10*time.Microsecond), r.checked.Round(10*time.Microsecond))
	}
}

func (c *call) note(text string) {
	if !c.opts.output.Quiet() {
		c.env.Say("plumb: %s", text)
	}
}

// text returns the text of a file, by canonical name.
func (c *call) text(name string) (string, bool) {
	for i := range c.results {
		if text, ok := c.results[i].doc.Text(name); ok {
			return text, true
		}
	}
	return c.project.ConfigText(name)
}

// applies reports whether a rule looks at documents such as the subject.
func (c *call) applies(subject string, rule *check.Meta) bool {
	for i := range c.results {
		r := &c.results[i]
		if slices.Contains(r.report.Subjects, subject) {
			return slices.ContainsFunc(r.report.Rules, func(m check.Meta) bool { return m.ID == rule.ID })
		}
	}
	return false
}
