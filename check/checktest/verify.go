package checktest

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing/fstest"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest/cases"
)

// verify runs a rule over its cases. It returns the want lines that the bad
// cases give and all else that is wrong.
func verify[S any](ctx context.Context, r *check.Rule[S], file *cases.File, load func(fsys fs.FS, root string) (S, error)) (got, problems []string) {
	complain := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	if len(file.Bad) == 0 {
		complain("no bad case")
	}
	if len(file.Good) == 0 {
		complain("no good case")
	}
	for _, c := range slices.Concat(file.Bad, file.Good) {
		findings, err := run(ctx, r, c.Files, load)
		if err != nil {
			complain("%s: %v", c.Name, err)
			continue
		}
		if strings.HasPrefix(c.Name, "good/") {
			for _, f := range findings {
				complain("a good case has the finding %s", wantLine(f))
			}
			continue
		}
		if len(findings) == 0 {
			complain("%s: a bad case has no finding", c.Name)
		}
		for _, f := range findings {
			got = append(got, wantLine(f))
			for _, fault := range faults(f, c.Files) {
				complain("%s: %s", wantLine(f), fault)
			}
		}
		if err := tryFixes(ctx, r, c.Files, findings, load); err != nil {
			complain("%s: %v", c.Name, err)
		}
	}
	return got, problems
}

// run loads the files and runs the rule alone over them.
func run[S any](ctx context.Context, r *check.Rule[S], files []cases.Source, load func(fsys fs.FS, root string) (S, error)) ([]check.Finding, error) {
	fsys := make(fstest.MapFS, len(files))
	for _, file := range files {
		fsys[file.Name] = &fstest.MapFile{Data: file.Data}
	}
	subject, err := load(fsys, files[0].Name)
	if err != nil {
		return nil, fmt.Errorf("load: %w", err)
	}
	report, err := check.Run(ctx, check.Set[S]{r}, subject, check.Policy{On: map[string]bool{r.ID: true}})
	if err != nil {
		return nil, err
	}
	for _, incomplete := range report.Incomplete {
		return nil, fmt.Errorf("the rule could not finish: %s", incomplete.Message)
	}
	return report.Findings, nil
}

// wantLine writes a finding as a want section has it.
func wantLine(f check.Finding) string {
	at := f.Location
	return fmt.Sprintf("%s:%d:%d %s %s", at.File, at.Line, at.Column, f.Severity, f.Message)
}

// faults returns what is wrong with a finding whatever it reports.
func faults(f check.Finding, files []cases.Source) []string {
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	i := slices.IndexFunc(files, func(s cases.Source) bool { return s.Name == f.Location.File })
	switch {
	case i < 0:
		fault("the file is none of the case")
	case f.Location.Line < 1:
		fault("the finding has no line")
	case f.Location.Line > bytes.Count(files[i].Data, []byte("\n"))+1:
		fault("the line is after the end of the file")
	}
	if f.Message == "" || strings.HasSuffix(f.Message, ".") || strings.Contains(f.Message, "\n") {
		fault("a message is one line and ends without a period")
	}
	return faults
}

// tryFixes applies the fixes of the findings, one at a time, and checks that
// each leaves one finding less.
func tryFixes[S any](ctx context.Context, r *check.Rule[S], files []cases.Source, findings []check.Finding, load func(fsys fs.FS, root string) (S, error)) error {
	for _, f := range findings {
		if f.Fix == nil {
			continue
		}
		fixed, err := applyFix(files, f.Fix)
		if err != nil {
			return fmt.Errorf("the fix %q: %w", f.Fix.Title, err)
		}
		left, err := run(ctx, r, fixed, load)
		if err != nil {
			return fmt.Errorf("after the fix %q: %w", f.Fix.Title, err)
		}
		if len(left) >= len(findings) {
			return fmt.Errorf("the fix %q of %s leaves as many findings as there were", f.Fix.Title, wantLine(f))
		}
	}
	return nil
}

// applyFix returns the files with the fix applied.
func applyFix(files []cases.Source, fix *check.Fix) ([]cases.Source, error) {
	fixed := slices.Clone(files)
	edits := slices.Clone(fix.Edits)
	slices.SortStableFunc(edits, func(a, b check.Edit) int { return b.Start - a.Start })
	end := make(map[string]int) // where the edit applied before begins, by file
	for _, e := range edits {
		i := slices.IndexFunc(fixed, func(s cases.Source) bool { return s.Name == e.File })
		if i < 0 {
			return nil, fmt.Errorf("it edits %q, which is no file of the case", e.File)
		}
		limit, edited := end[e.File]
		if !edited {
			limit = len(fixed[i].Data)
		}
		if e.Start < 0 || e.End < e.Start || e.End > limit {
			return nil, fmt.Errorf("its edit of bytes %d to %d overlaps another or lies outside the file", e.Start, e.End)
		}
		fixed[i].Data = slices.Concat(fixed[i].Data[:e.Start], []byte(e.NewText), fixed[i].Data[e.End:])
		end[e.File] = e.Start
	}
	return fixed, nil
}
