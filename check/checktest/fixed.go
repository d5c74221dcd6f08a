package checktest

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest/cases"
	"github.com/plumbapi/plumb/check/fix"
)

// fixAll applies the fixes of all bad cases, as often as there are any, and
// returns what the changed files become, under fixed/ in place of bad/. What
// is wrong then are problems: a fix that never ends its findings, and a rule
// that says of itself that it has fixes and has none, or the other way.
func fixAll[S any](ctx context.Context, r *check.Rule[S], file *cases.File, load func(fsys fs.FS, root string) (S, error)) (fixed []cases.Source, problems []string) {
	found := false
	for _, c := range file.Bad {
		files, any, err := fixCase(ctx, r, c, load)
		found = found || any
		if err != nil {
			problems = append(problems, fmt.Sprintf("%s: %v", c.Name, err))
			continue
		}
		for i, f := range files {
			if !bytes.Equal(f.Data, c.Files[i].Data) {
				f.Name = "fixed/" + strings.TrimPrefix(f.Name, "bad/")
				fixed = append(fixed, f)
			}
		}
	}
	switch {
	case found && r.Fix == "":
		problems = append(problems, "findings have fixes, and the rule's Fix does not say what they do")
	case !found && r.Fix != "":
		problems = append(problems, "the rule's Fix speaks of fixes, and no bad case has one")
	}
	return fixed, problems
}

// maxFixPasses bounds how often the fixes of a case are applied.
const maxFixPasses = 20

// fixCase applies the fixes of one case until there are none.
func fixCase[S any](ctx context.Context, r *check.Rule[S], c cases.Case, load func(fsys fs.FS, root string) (S, error)) (files []cases.Source, any bool, err error) {
	files = slices.Clone(c.Files)
	for range maxFixPasses {
		findings, err := run(ctx, r, files, load)
		if err != nil {
			return nil, any, err
		}
		texts := fix.New(func(name string) (string, error) {
			i := slices.IndexFunc(files, func(s cases.Source) bool { return s.Name == name })
			if i < 0 {
				return "", fmt.Errorf("%q is no file of the case", name)
			}
			return string(files[i].Data), nil
		})
		var fixes []*check.Fix
		for _, f := range findings {
			if f.Fix != nil {
				fixes = append(fixes, f.Fix)
			}
		}
		if len(fixes) == 0 {
			return files, any, nil
		}
		any = true
		for i, o := range texts.Apply(fixes) {
			if o.Err != nil {
				return nil, any, fmt.Errorf("the fix %q: %w", fixes[i].Title, o.Err)
			}
		}
		if len(texts.Changed()) == 0 {
			return nil, any, fmt.Errorf("the fix %q changes nothing", fixes[0].Title)
		}
		for i := range files {
			if text, ok := texts.Text(files[i].Name); ok {
				files[i].Data = []byte(text)
			}
		}
	}
	return nil, any, fmt.Errorf("after %d passes there is still something to fix", maxFixPasses)
}
