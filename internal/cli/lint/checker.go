package lint

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/linter"
	"github.com/plumbapi/plumb/internal/cli/policy"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/rulebook"
)

// Checker lints the documents of a project as the command does, again and
// again, for whoever keeps them open. It is safe for concurrent use.
type Checker struct{ call *call }

// NewChecker opens the project around e.Dir. Flags are those of `plumb lint`,
// as they are typed; the ones about output have no effect.
func NewChecker(ctx context.Context, e *env.Env, flags ...string) (*Checker, error) {
	o := &options{policy: policy.Flags{Check: rulebook.Lint}}
	cmd := &cobra.Command{Use: "lint"}
	o.register(cmd)
	if err := cmd.ParseFlags(flags); err != nil {
		return nil, env.Usagef("%w", err)
	}
	c := &call{env: e, opts: o, started: e.Now()}
	var err error
	if c.project, err = o.policy.Project(e); err != nil {
		return nil, err
	}
	if c.linter, err = linter.New(ctx, c.project, &o.policy, o.rulesets); err != nil {
		return nil, err
	}
	if c.loader, err = o.source.Loader(c.project, "plumb/"+version.Number); err != nil {
		return nil, err
	}
	return &Checker{c}, nil
}

// Project returns the project that the documents belong to.
func (k *Checker) Project() *project.Project { return k.call.project }

// Load reads a document; overlay has the texts that count instead of those on
// disk, by absolute path.
func (k *Checker) Load(ctx context.Context, arg string, overlay func(path string) (string, bool)) (*source.Document, error) {
	l := k.call.loader
	open := &source.Loader{Project: l.Project, Fetcher: l.Fetcher, AllowRemote: l.AllowRemote, StdinName: l.StdinName, Overlay: overlay}
	defer open.Close()
	return open.Load(ctx, arg)
}

// Check lints a document. The report has the findings about the policy too, as
// far as one document can tell.
func (k *Checker) Check(ctx context.Context, d *source.Document) (*check.Report, error) {
	rep, err := k.call.linter.Lint(ctx, d, nil)
	if err != nil {
		return nil, err
	}
	return check.Merge(k.call.linter.Policy, rep), nil
}

// Session lints one document while it is being written.
type Session struct {
	*linter.Session
	checker *Checker
}

// Session makes a session without a document.
func (k *Checker) Session() *Session { return &Session{k.call.linter.Session(), k} }

// Check lints a document as a whole, as [Checker.Check] does.
func (s *Session) Check(ctx context.Context, d *source.Document) (*check.Report, error) {
	rep, err := s.Lint(ctx, d)
	if err != nil {
		return nil, err
	}
	return check.Merge(s.checker.call.linter.Policy, rep), nil
}

// Recheck lints the text that the document has now. Where ok is false, the
// document has to be loaded and checked as a whole.
func (s *Session) Recheck(ctx context.Context, text string) (rep *check.Report, ok bool, err error) {
	rep, ok, err = s.Edit(ctx, text)
	if err != nil || !ok {
		return nil, false, err
	}
	return check.Merge(s.checker.call.linter.Policy, rep), true, nil
}

// Page returns the address of the page about a rule.
func (k *Checker) Page(rule string) string { return k.call.rulePage(rule) }
