package house_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/house"
	"github.com/plumbapi/plumb/internal/rulebook"
)

const root = "../.."

func TestGeneratedFilesAreFresh(t *testing.T) {
	t.Parallel()
	files, err := house.Generate(root)
	if err != nil {
		t.Fatal(err)
	}
	stale, err := house.Stale(os.DirFS(root), files, house.Owned())
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range stale {
		t.Errorf("%s (run: go generate ./...)", line)
	}
}

// TestStaleFindsDifferences shows that the guard above can fail, in each of
// its three ways.
func TestStaleFindsDifferences(t *testing.T) {
	t.Parallel()
	files := house.Files{"docs/rules/a.md": []byte("a\n"), "docs/rules/b.md": []byte("b\n"), "docs/x.json": []byte("{}")}
	tree := fstest.MapFS{
		"docs/rules/a.md":    {Data: []byte("a\n")},
		"docs/rules/b.md":    {Data: []byte("B\n")},
		"docs/rules/old.md":  {Data: []byte("old\n")},
		"docs/guides/own.md": {Data: []byte("not generated\n")},
	}
	got, err := house.Stale(tree, files, []string{"docs/rules", "docs/none"})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"docs/rules/b.md is out of date", "docs/x.json is missing", "docs/rules/old.md is generated no more"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Stale (-want +got):\n%s", diff)
	}
}

// TestEveryRuleIsWhole checks what one name promises: a rule has a page,
// cases, and metadata that can be printed.
func TestEveryRuleIsWhole(t *testing.T) {
	t.Parallel()
	for _, problem := range house.BrokenRules(rulebook.Metas(), func(id string) bool {
		_, ok := rulebook.Example(id)
		return ok
	}, caseless()) {
		t.Error(problem)
	}
}

// caseless are the rules that have no cases: what cannot be read at all, of
// which no document comes, what the policy itself is found to be, what only
// running servers show, and kinds of change.
func caseless() func(check.Meta) bool {
	unread := []string{"unreadable-document", "unrecognized-format", "invalid-model", "graphql-parse", "graphql-response-errors"}
	return func(m check.Meta) bool {
		return rulebook.IsChange(m.ID) || slices.Contains(m.Tags, "policy") || slices.Contains(m.Tags, "live") || slices.Contains(unread, m.ID)
	}
}

// TestBrokenRulesFindsFaults shows that the guard above can fail.
func TestBrokenRulesFindsFaults(t *testing.T) {
	t.Parallel()
	good := check.Meta{
		ID: "good-rule", Summary: "It must hold.", Rationale: "Because.",
		Severity: check.Error, Tags: []string{"openapi"}, Since: "0.1.0",
	}
	twin := good
	noCase := good
	noCase.ID = "no-case"
	bad := check.Meta{ID: "Bad Rule"}
	got := house.BrokenRules([]check.Meta{good, twin, noCase, bad}, func(id string) bool { return id != "no-case" }, func(check.Meta) bool { return false })
	for _, want := range []string{"good-rule", "no-case: no example", "Bad Rule"} {
		if !strings.Contains(strings.Join(got, "\n"), want) {
			t.Errorf("BrokenRules does not speak of %q; it says:\n%s", want, strings.Join(got, "\n"))
		}
	}
}

// TestProjectSpeaksOfItself refuses words that have no place in the project.
func TestProjectSpeaksOfItself(t *testing.T) {
	t.Parallel()
	words := regexp.MustCompile(`(//|#|\*|<!--)\s*(TODO|FIXME|XXX|HACK)\b|not implemented|/wor` + `k/`)
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); path != root && (strings.HasPrefix(name, ".") && name != ".ci" || name == "node_modules") {
				return filepath.SkipDir
			}
			return nil
		}
		switch filepath.Ext(path) {
		case ".go", ".md", ".yaml", ".yml", ".txtar", ".css", ".js", ".tmpl", "":
		default:
			return nil
		}
		if strings.HasSuffix(path, "house_test.go") || d.Name() == "plumb" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(text), "\n") {
			if m := words.FindString(line); m != "" {
				t.Errorf("%s:%d: %q", path, i+1, m)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestMarkdownLinksLeadSomewhere(t *testing.T) {
	t.Parallel()
	link := regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)
	var pages []string
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/*/*.md"} {
		found, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, found...)
	}
	if len(pages) < 10 {
		t.Fatalf("only %d pages found", len(pages))
	}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), filepath.FromSlash(m[1]))); err != nil {
				t.Errorf("%s: link %q leads nowhere", page, m[1])
			}
		}
	}
}
