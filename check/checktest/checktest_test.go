package checktest_test

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest"
)

// source is the subject of the rules here: the files of a case.
type source struct{ name, text string }

var loud = regexp.MustCompile(`\b[A-Z]{2,}\b`)

func meta(id string, severity check.Severity) check.Meta {
	return check.Meta{ID: id, Summary: "Things are so.", Rationale: "Because.", Severity: severity, Tags: []string{"test"}, Since: "0.1.0"}
}

var noShouting = &check.Rule[[]source]{
	Meta: fixing(meta("no-shouting", check.Warning), "Writes it small."),
	Check: func(_ context.Context, p *check.Pass[[]source]) error {
		for _, s := range p.Subject {
			for _, at := range loud.FindAllStringIndex(s.text, -1) {
				before := s.text[:at[0]]
				word := s.text[at[0]:at[1]]
				p.Report(check.Finding{
					Location: check.Location{File: s.name, Line: 1 + strings.Count(before, "\n"), Column: at[0] - strings.LastIndexByte(before, '\n')},
					Message:  fmt.Sprintf("word %q is in capitals", word),
					Fix:      &check.Fix{Title: "Write it small", Edits: []check.Edit{{File: s.name, Start: at[0], End: at[1], NewText: strings.ToLower(word)}}},
				})
			}
		}
		return nil
	},
}

var noX = &check.Rule[[]source]{
	Meta: func() check.Meta { m := meta("no-x", check.Error); m.OptIn = true; return m }(),
	Check: func(_ context.Context, p *check.Pass[[]source]) error {
		for _, s := range p.Subject {
			if s.text == "x\n" {
				p.Reportf(check.Location{File: s.name, Line: 1, Column: 1}, "line is %q", "x")
			}
		}
		return nil
	},
}

var rules = check.Set[[]source]{noShouting, noX}

func load(name string, data []byte) ([]source, error) {
	return []source{{name, string(data)}}, nil
}

func loadFS(fsys fs.FS, root string) ([]source, error) {
	var list []source
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		list = append(list, source{name, string(data)})
		return err
	})
	if _, missing := fs.Stat(fsys, root); missing != nil {
		return nil, missing
	}
	return list, err
}

func TestRun(t *testing.T) {
	t.Parallel()
	checktest.RunFS(t, rules, "testdata/words", loadFS)
	dir := t.TempDir()
	copyFile(t, "testdata/words/no-x.txtar", filepath.Join(dir, "no-x.txtar"))
	checktest.Run(t, rules[1:], dir, load)
}

// Update rewrites the want section and nothing else. The test is not
// parallel, because it sets the flag.
func TestUpdate(t *testing.T) {
	old := flag.Lookup("update").Value.String()
	t.Cleanup(func() { _ = flag.Set("update", old) })
	_ = flag.Set("update", "true")
	dir := t.TempDir()
	path := filepath.Join(dir, "no-shouting.txtar")
	before, err := os.ReadFile("testdata/words/no-shouting.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(string(before), "is in capitals", "was otherwise")), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Run("run", func(t *testing.T) { checktest.RunFS(t, rules[:1], dir, loadFS) })
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(before), string(after)); diff != "" {
		t.Errorf("rewritten (-want +got):\n%s", diff)
	}
}

// TestBroken is run by TestRunFails, in a process of its own.
func TestBroken(t *testing.T) {
	if os.Getenv("CHECKTEST_BROKEN") == "" {
		t.Skip("only TestRunFails runs it")
	}
	invalid := *noShouting
	invalid.ID, invalid.Rationale = "no-format", ""
	missing := *noShouting
	missing.ID = "no-file"
	t.Run("folder", func(t *testing.T) {
		checktest.Run(t, rules[:1], "testdata/words", load)
	})
	checktest.RunFS(t, check.Set[[]source]{noShouting, &invalid, &missing}, "testdata/broken", loadFS)
}

// What checktest is to find must make the test fail.
func TestRunFails(t *testing.T) {
	t.Parallel()
	command := exec.Command(os.Args[0], "-test.run=^TestBroken$")
	command.Env = append(os.Environ(), "CHECKTEST_BROKEN=1")
	output, err := command.CombinedOutput()
	if err == nil {
		t.Fatalf("the broken set passes:\n%s", output)
	}
	for _, want := range []string{
		`rule "no-format": no rationale`,
		"left-over.txtar belongs to no rule of the set",
		"no-x.txtar belongs to no rule of the set",
		`no-format.txtar: section "ugly/a.yaml" is none of`,
		"the rule has no cases: open testdata/broken/no-file.txtar",
		"bad/none.yaml: a bad case has no finding",
		`a good case has the finding good/loud.yaml:1:4 warning word "LOUD" is in capitals`,
		"no-shouting.txtar (-want +got), rewrite with -update",
		"bad/v2: load: the case is a folder of files; test it with RunFS",
	} {
		if !strings.Contains(string(output), want) {
			t.Errorf("no %q in the output", want)
		}
	}
	if t.Failed() {
		t.Logf("%s", output)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// fixing says what the fixes of a rule do.
func fixing(m check.Meta, fix string) check.Meta {
	m.Fix = fix
	return m
}
