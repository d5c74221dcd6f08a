package lint

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/fix"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/ink"
	"github.com/plumbapi/plumb/internal/words"
)

// maxPasses is how often fixes are applied and the documents checked again.
// Each pass takes in what waited for others; a handful is enough for most.
const maxPasses = 100

// fixing reports whether the call is to change something, or to show it.
func (o *options) fixing() bool { return o.fix || o.fixDryRun }

// validateFix checks the flags that go with --fix.
func (o *options) validateFix() error {
	switch {
	case o.fix && o.fixDryRun:
		return env.Usagef("--fix and --fix-dry-run exclude one another")
	case o.watch && o.fixing():
		return env.Usagef("--watch changes no files; leave out --fix and --fix-dry-run")
	case o.fixUnsafe && !o.fixing():
		return env.Usagef("--fix-unsafe goes with --fix or --fix-dry-run")
	}
	return nil
}

// canFix checks that the documents are files, which can be changed.
func (c *call) canFix() error {
	if !c.opts.fixing() {
		return nil
	}
	for _, arg := range c.args {
		path, ok := c.comparable(arg)
		if arg == "-" || !ok {
			return env.Usagef("--fix changes files, and %s is none", project.PublicURL(arg))
		}
		if _, ok := project.Inside(c.project.Root, c.env.Path(path)); !ok {
			return env.Usagef("--fix changes files within %s only, and %s is outside", c.project.Root, path)
		}
	}
	return nil
}

// mending is the work of --fix.
type mending struct {
	texts *fix.Texts
	fixed map[string]map[string]int // by file and rule
	bad   map[string]bool           // fingerprints of findings whose fix cannot be applied
}

// mend applies the fixes of findings, checks again, and so on until none is
// left, and writes or shows what came of it.
func (c *call) mend(ctx context.Context) error {
	if !c.opts.fixing() {
		return nil
	}
	m := &mending{fixed: map[string]map[string]int{}, bad: map[string]bool{}}
	m.texts = fix.New(c.toFix)
	for range maxPasses {
		again, err := c.pass(ctx, m)
		if err != nil {
			return err
		}
		if !again {
			break
		}
	}
	if c.opts.fixDryRun {
		if err := c.showFixes(m); err != nil {
			return err
		}
	} else if err := c.writeFixes(m); err != nil {
		return err
	}
	c.sayFixed(m)
	return nil
}

// toFix returns the text of a file that may be changed, by canonical name.
func (c *call) toFix(name string) (string, error) {
	path, ok := c.project.Path(name)
	if !ok {
		return "", fmt.Errorf("%s is no file", name)
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", err
	}
	root, err := filepath.EvalSymlinks(c.project.Root)
	if err != nil {
		return "", err
	}
	if _, ok := project.Inside(root, real); !ok {
		return "", fmt.Errorf("%s is outside %s", name, c.project.Root)
	}
	text, ok := c.text(name)
	if !ok {
		return "", fmt.Errorf("%s was not read", name)
	}
	return text, nil
}

// fixable returns the findings whose fixes are to be applied, in order.
func (c *call) fixable(m *mending) []*check.Finding {
	var list []*check.Finding
	for i := range c.results {
		findings := c.results[i].report.Findings
		for j := range findings {
			f := &findings[j]
			if f.Fix != nil && len(f.Fix.Edits) > 0 && (c.opts.fixUnsafe || !f.Fix.Unsafe) && !m.bad[f.Fingerprint] {
				list = append(list, f)
			}
		}
	}
	return list
}

// pass applies the fixes that go together and checks the documents again. It
// reports whether it changed anything.
func (c *call) pass(ctx context.Context, m *mending) (bool, error) {
	findings := c.fixable(m)
	fixes := make([]*check.Fix, len(findings))
	for i, f := range findings {
		fixes[i] = f.Fix
	}
	before, earlier := m.texts.Clone(), slices.Clone(c.results)
	var applied []*check.Finding
	changed := map[string]bool{}
	for i, o := range m.texts.Apply(fixes) {
		switch {
		case o.Err != nil:
			m.bad[findings[i].Fingerprint] = true
		case o.Applied:
			applied = append(applied, findings[i])
			for _, e := range fixes[i].Edits {
				changed[e.File] = true
			}
		}
	}
	if len(applied) == 0 {
		return false, nil
	}
	if err := c.again(ctx, m.texts, changed); err != nil {
		return false, err
	}
	if name := c.broken(earlier); name != "" {
		c.note(fmt.Sprintf("what fixes would make of %s cannot be read, so they are left out: please report it", c.project.Shown(name)))
		m.texts, c.results = before, earlier
		for _, f := range applied {
			m.bad[f.Fingerprint] = true
		}
		return true, nil
	}
	for _, f := range applied {
		rules := m.fixed[f.Location.File]
		if rules == nil {
			rules = map[string]int{}
			m.fixed[f.Location.File] = rules
		}
		rules[f.Rule]++
	}
	return true, nil
}

// again checks the documents again that have a changed file.
func (c *call) again(ctx context.Context, texts *fix.Texts, changed map[string]bool) error {
	c.loader.Overlay = func(path string) (string, bool) { return texts.Text(c.project.Canonical(path)) }
	for i := range c.results {
		r := &c.results[i]
		touched := false
		for _, name := range slices.Sorted(maps.Keys(changed)) {
			_, has := r.doc.Text(name)
			touched = touched || has
		}
		if !touched {
			continue
		}
		if err := c.document(ctx, c.args[i], c.lintOf(ctx, i), r); err != nil {
			return err
		}
	}
	return nil
}

// broken returns a document that can no longer be read, "" where all can.
func (c *call) broken(earlier []result) string {
	for i := range c.results {
		if len(c.results[i].doc.Failed) > len(earlier[i].doc.Failed) {
			return c.results[i].doc.Name
		}
	}
	return ""
}

// showFixes prints what would change.
func (c *call) showFixes(m *mending) error {
	c.sink.FilesOnly()
	for _, name := range m.texts.Changed() {
		shown := strings.TrimPrefix(c.project.Shown(name), "/")
		diff := m.texts.Diff(name, "a/"+shown, "b/"+shown)
		if c.opts.output.Color(c.env) {
			diff = painted(diff)
		}
		if _, err := io.WriteString(c.env.Stdout, diff); err != nil {
			return env.Incompletef("%w", err)
		}
	}
	return nil
}

// painted is a diff in colour, as git shows it.
func painted(diff string) string {
	var b strings.Builder
	for line := range strings.Lines(diff) {
		text := strings.TrimSuffix(line, "\n")
		style := map[byte]string{'+': ink.Green, '-': ink.Red, '@': ink.Blue}[line[0]]
		if strings.HasPrefix(line, "+++ ") || strings.HasPrefix(line, "--- ") {
			style = ink.Bold
		}
		b.WriteString(ink.Paint(style != "", style, text) + line[len(text):])
	}
	return b.String()
}

// writeFixes writes the files, each whole, where they are what was read. All of
// them are written beside their places before the first takes its place.
func (c *call) writeFixes(m *mending) error {
	var files []*output.File
	defer func() {
		for _, f := range files {
			f.Abort()
		}
	}()
	for _, name := range m.texts.Changed() {
		path, _ := c.project.Path(name)
		mark, err := c.writable(m, name, path)
		if err != nil {
			return env.Incompletef("fix %s: %w; nothing was written", c.project.Shown(name), env.Bare(err))
		}
		f, err := output.Create(path, c.project.Shown(name))
		if err != nil {
			return env.Incompletef("fix %w; nothing was written", err)
		}
		files = append(files, f)
		text, _ := m.texts.Text(name)
		if _, err := io.WriteString(f, mark+text); err != nil {
			return env.Incompletef("fix %s: %w; nothing was written", c.project.Shown(name), env.Bare(err))
		}
	}
	for _, f := range files {
		if err := f.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// writable checks that a file is still what was read, and that it may be changed:
// putting another one in its place needs no leave of the file itself. It returns
// the mark that the file begins with.
func (c *call) writable(m *mending, name, path string) (mark string, err error) {
	was, _ := m.texts.Original(name)
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	mark, ok := strings.CutSuffix(string(data), was)
	if !ok || mark != "" && mark != byteOrderMark {
		return "", errChanged
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if info.Mode().Perm()&0o222 == 0 { // of which nothing keeps root
		return "", errReadOnly
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return "", err
	}
	return mark, f.Close()
}

// byteOrderMark is what a text may begin with that documents leave out.
const byteOrderMark = "\ufeff"

// What keeps a file from being fixed.
var (
	errChanged  = errors.New("the file has changed since it was read; run the command again")
	errReadOnly = errors.New("the file is read-only; make it writable, or see --fix-dry-run")
)

// sayFixed says what was fixed, and what could be.
func (c *call) sayFixed(m *mending) {
	verb := "fixed"
	if c.opts.fixDryRun {
		verb = "would fix"
	}
	for _, name := range slices.Sorted(maps.Keys(m.fixed)) {
		rules := m.fixed[name]
		total := 0
		var parts []string
		for _, rule := range slices.Sorted(maps.Keys(rules)) {
			total += rules[rule]
			parts = append(parts, fmt.Sprintf("%d %s", rules[rule], rule))
		}
		c.note(fmt.Sprintf("%s %s in %s: %s", verb, words.Count(total, "finding"), c.project.Shown(name), strings.Join(parts, ", ")))
	}
	switch {
	case len(m.fixed) == 0:
		c.note("there is nothing to fix")
	case c.opts.fixDryRun:
		c.note("--fix in place of --fix-dry-run makes the change")
	}
	unsafe := 0
	for i := range c.results {
		for _, f := range c.results[i].report.Findings {
			if f.Fix != nil && f.Fix.Unsafe {
				unsafe++
			}
		}
	}
	if unsafe > 0 && !c.opts.fixUnsafe {
		c.note(fmt.Sprintf("%s could be fixed in a way that may change what the description means, with --fix-unsafe", words.Count(unsafe, "finding")))
	}
}
