package lint

import (
	"context"
	"os"
	"path/filepath"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/linter"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/cli/watching"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
)

// watch lints whenever a file is another, until ctx ends. The first time all
// findings are written as without it, then what is new and what is mended.
func watch(ctx context.Context, e *env.Env, o *options, args []string) error {
	if err := watching.Check(o.poll); err != nil {
		return err
	}
	for _, arg := range args {
		if arg == "-" || project.IsURL(arg) {
			return env.Usagef("--watch looks at files, and %s is none", project.PublicURL(arg))
		}
	}
	w := watcher{env: e, opts: o, args: args}
	started := e.Now()
	if err := w.first(ctx); err != nil {
		return err
	}
	files := watching.New(o.poll, started, w.look)
	for {
		change, ok := files.Wait(ctx)
		if !ok {
			return nil
		}
		w.changed, _ = change.Only()
		if err := w.again(ctx); err != nil && ctx.Err() == nil {
			w.line("plumb: %s", safe.Line(env.Message(err)))
		}
	}
}

// watcher is one call with --watch.
type watcher struct {
	env  *env.Env
	opts *options
	args []string

	files []string // what the last run read, by absolute path
	// changed is the one file that is another since the last run, "" where more
	// is another than its text.
	changed string
	call    *call // the last run that read all documents
	last    []check.Finding
	// inside are the files of each document, by argument, as it was read last.
	inside []map[string]bool
	// unread are the findings that said last why a document cannot be read.
	unread map[same]bool
	shown  func(name string) string
}

// lint lints all documents once.
func (w *watcher) lint(ctx context.Context) (*call, *check.Report, error) {
	w.call = nil
	c, err := prepare(ctx, w.env, w.opts, w.args)
	if err != nil {
		return nil, nil, err
	}
	if c.opts.changedFrom == "" {
		c.sessions = make([]*linter.Session, len(c.args))
		for i := range c.sessions {
			c.sessions[i] = c.linter.Session()
		}
	}
	if err := c.check(ctx); err != nil {
		c.close()
		return nil, nil, err
	}
	reports := c.reports()
	w.files, w.call = w.files[:0], c
	for i := range c.results {
		for _, name := range append(reports[i].Subjects[:len(reports[i].Subjects):len(reports[i].Subjects)], reports[i].Files...) {
			if path, ok := c.project.Path(name); ok {
				w.files = append(w.files, path)
			}
		}
	}
	w.shown = c.project.Shown
	return c, check.Merge(c.linter.Policy, reports...), nil
}

// first lints and writes all that is found.
func (w *watcher) first(ctx context.Context) error {
	c, merged, err := w.lint(ctx)
	if err != nil {
		return err
	}
	defer c.close()
	if err := c.finish(); env.Code(err) == env.Usage {
		return err
	}
	w.last, _ = w.kept(merged)
	w.line("watching %s until it is interrupted", words.Count(len(w.files), "file"))
	return nil
}

// again lints and writes what is new and what is mended.
func (w *watcher) again(ctx context.Context) error {
	started := w.env.Now()
	merged, err := w.relint(ctx)
	if merged == nil && err == nil {
		var c *call
		if c, merged, err = w.lint(ctx); err == nil {
			c.close()
		}
	}
	if err != nil {
		return err
	}
	later, broken := w.kept(merged)
	added, mended := difference(w.last, later)
	w.last = later
	w.findings("mended", mended)
	w.findings("new", added)
	if broken != "" {
		w.line("%s cannot be read as it is; what else is found there waits until it can", safe.Line(w.shown(broken)))
		return nil
	}
	w.line("%s new, %s mended, %s in all, %d ms", words.Number(len(added)), words.Number(len(mended)),
		words.Count(len(later), "finding"), w.env.Now().Sub(started).Milliseconds())
	return nil
}

// relint lints the one document again of which the text is another. It returns
// nil where that is not all there is to do.
func (w *watcher) relint(ctx context.Context) (*check.Report, error) {
	c := w.call
	if c == nil || c.sessions == nil || w.changed == "" {
		return nil, nil //nolint:nilnil // there is nothing to say yet
	}
	if i := w.reads(c, w.changed); i >= 0 && c.sessions[i].Live() {
		s := c.sessions[i]
		text, err := os.ReadFile(w.changed)
		if err != nil {
			return nil, nil //nolint:nilerr,nilnil // linting the whole says what is wrong
		}
		rep, ok, err := s.Edit(ctx, string(text))
		if err != nil || !ok {
			return nil, err
		}
		c.results[i].report = rep
		return check.Merge(c.linter.Policy, c.reports()...), nil
	}
	return nil, nil //nolint:nilnil // there is nothing to say yet
}

// reads returns the place of the one document that a file is the only source of,
// -1 where it is none or others read the file too.
func (w *watcher) reads(c *call, path string) int {
	at := -1
	for i, rep := range c.reports() {
		for _, name := range slices.Concat(rep.Subjects, rep.Files) {
			if p, ok := c.project.Path(name); !ok || p != path {
				continue
			}
			if at >= 0 || len(rep.Subjects)+len(rep.Files) != 1 {
				return -1
			}
			at = i
		}
	}
	return at
}

// look looks at what is linted: the files that were read, those that could be
// beside them, and the configuration with its rulesets.
func (w *watcher) look(l *watching.Look) {
	l.File(w.files...)
	folders := []string{w.env.Dir}
	for _, path := range w.files {
		folders = append(folders, filepath.Dir(path))
	}
	for _, arg := range slices.Concat(w.args, w.opts.rulesets) {
		if path := w.env.Path(arg); !source.IsPattern(path) {
			l.File(path)
		}
	}
	slices.Sort(folders)
	for _, folder := range slices.Compact(folders) {
		l.Folder(folder, append(source.Extensions(), ".js", ".mjs", ".cjs")...)
	}
}
