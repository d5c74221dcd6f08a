package checktest

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest/cases"
)

const badFile = "bad/a.yaml"

// What is wrong with a rule whatever its want section says.
func TestVerify(t *testing.T) {
	t.Parallel()
	whole := "-- bad/a.yaml --\na: 1\n-- good/b.yaml --\nb\n"
	at := check.Location{File: badFile, Line: 1, Column: 1}
	place := func(edit func(*check.Location)) check.Finding {
		at := at
		edit(&at)
		return check.Finding{Location: at, Message: "a fault"}
	}
	fix := func(edits ...check.Edit) check.Finding {
		return check.Finding{Location: at, Message: "a fault", Fix: &check.Fix{Title: "Mend it", Edits: edits}}
	}
	tests := []struct {
		name, file string
		finding    check.Finding
		fail       error
		want       string // part of the only problem; "" is none
	}{
		{name: "whole", file: whole, finding: check.Finding{Location: at, Message: "a fault"}},
		{name: "no bad case", file: "-- good/b.yaml --\nb\n", want: "no bad case"},
		{name: "no good case", file: "-- bad/a.yaml --\na: 1\n", finding: place(func(*check.Location) {}), want: "no good case"},
		{name: "no line", file: whole, finding: place(func(l *check.Location) { l.Line = 0 }), want: "the finding has no line"},
		{name: "line after the end", file: whole, finding: place(func(l *check.Location) { l.Line = 3 }), want: "after the end of the file"},
		{name: "other file", file: whole, finding: place(func(l *check.Location) { l.File = "b.yaml" }), want: "the file is none of the case"},
		{name: "no message", file: whole, finding: check.Finding{Location: at}, want: "a message is one line"},
		{name: "period", file: whole, finding: check.Finding{Location: at, Message: "A fault."}, want: "ends without a period"},
		{name: "incomplete", file: whole, fail: errors.New("no luck"), want: "bad/a.yaml: the rule could not finish: no luck"},
		{name: "fix", file: whole, finding: fix(check.Edit{File: badFile, Start: 0, End: 1, NewText: "b"})},
		{name: "fix that does nothing", file: whole, finding: fix(), want: "leaves as many findings"},
		{name: "fix of another file", file: whole, finding: fix(check.Edit{File: "good/b.yaml"}), want: "is no file of the case"},
		{name: "fix beyond the end", file: whole, finding: fix(check.Edit{File: badFile, Start: 0, End: 6}), want: "lies outside the file"},
		{name: "fix in reverse", file: whole, finding: fix(check.Edit{File: badFile, Start: 2, End: 1}), want: "lies outside the file"},
		{name: "fix that overlaps itself", file: whole, finding: fix(check.Edit{File: badFile, Start: 0, End: 2}, check.Edit{File: badFile, Start: 1, End: 3}), want: "overlaps another"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			file, err := cases.Parse([]byte(tt.file))
			if err != nil {
				t.Fatal(err)
			}
			r := &check.Rule[string]{
				Meta: check.Meta{ID: "r", Severity: check.Warning},
				Check: func(_ context.Context, p *check.Pass[string]) error {
					if strings.HasPrefix(p.Subject, "a") && tt.fail == nil {
						p.Report(tt.finding)
					}
					return tt.fail
				},
			}
			_, problems := verify(t.Context(), r, file, func(fsys fs.FS, root string) (string, error) {
				data, err := fs.ReadFile(fsys, root)
				return string(data), err
			})
			if tt.fail != nil {
				problems = problems[:1]
			}
			if tt.want == "" && len(problems) == 0 {
				return
			}
			if len(problems) != 1 || tt.want == "" || !strings.Contains(problems[0], tt.want) {
				t.Errorf("problems %q, want %q only", problems, tt.want)
			}
		})
	}
}

func TestApplyFix(t *testing.T) {
	t.Parallel()
	files := []cases.Source{{Name: "a", Data: []byte("0123456789")}, {Name: "b", Data: []byte("xyz")}}
	fixed, err := applyFix(files, &check.Fix{Edits: []check.Edit{
		{File: "a", Start: 8, End: 10, NewText: "end"}, {File: "b", Start: 1, End: 1, NewText: "+"}, {File: "a", Start: 0, End: 2}, {File: "a", Start: 2, End: 3, NewText: "two"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	want := []cases.Source{{Name: "a", Data: []byte("two34567end")}, {Name: "b", Data: []byte("x+yz")}}
	if diff := cmp.Diff(want, fixed); diff != "" {
		t.Errorf("applyFix (-want +got):\n%s", diff)
	}
	if !slices.Equal(files[0].Data, []byte("0123456789")) {
		t.Error("applyFix changed what it was given")
	}
}
