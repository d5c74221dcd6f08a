package parity_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest/cases"
	"github.com/plumbapi/plumb/parity"
)

// badCases returns what is to be refused by the rules of a severity: a result
// for each bad case, by its name.
func badCases(t *testing.T, of func(check.Meta) bool) map[string]*parity.Result {
	t.Helper()
	results := map[string]*parity.Result{}
	for _, m := range parity.Rules().Metas() {
		if !of(m) {
			continue
		}
		data, err := os.ReadFile(filepath.Join("testdata", "rules", m.ID+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		file, err := cases.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range file.Bad {
			fsys := fstest.MapFS{}
			for _, f := range c.Files {
				fsys[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			res, err := matchCase(t, fsys, c.Name)
			if err != nil {
				t.Fatalf("%s of %s: %v", c.Name, m.ID, err)
			}
			results[m.ID+" "+c.Name] = res
		}
	}
	return results
}

// TestGuessesFailNobody shows that what the matcher is not sure of never is an
// error, in all cases of rules that yield errors.
func TestGuessesFailNobody(t *testing.T) {
	t.Parallel()
	// What people wrote is no guess, nor is a number that they ask for.
	certain := func(m check.Meta) bool {
		return strings.HasPrefix(m.ID, "parity-override-") || m.ID == "parity-below-minimum" || m.ID == "parity-group-gaps-grown"
	}
	results := badCases(t, func(m check.Meta) bool { return m.Severity == check.Error && !certain(m) })
	if len(results) < 6 {
		t.Fatalf("only %d cases", len(results))
	}
	for name, res := range results {
		if len(errorsOf(t, res, certain)) == 0 {
			t.Errorf("%s: no error while the matcher is sure", name)
		}
		doubt(res)
		for _, f := range errorsOf(t, res, certain) {
			t.Errorf("%s: %s: %s", name, f.Rule, f.Message)
		}
	}
}

// doubt makes the matcher unsure of everything.
func doubt(res *parity.Result) {
	const guess = 0.6
	for _, o := range res.Operations {
		o.Confidence, o.Band = guess, parity.Review
	}
	for _, r := range res.Roots {
		r.Confidence = guess
	}
	for _, t := range res.Types {
		t.Confidence = guess
	}
	for _, f := range res.Fields {
		f.Confidence = guess
	}
	for _, in := range res.Inputs {
		in.Confidence = guess
	}
	if res.Lock != nil {
		for i := range res.Lock.Operations {
			res.Lock.Operations[i].Band = parity.Review
		}
		for i := range res.Lock.Types {
			res.Lock.Types[i].Band = parity.Review
		}
	}
}

func errorsOf(t *testing.T, res *parity.Result, except func(check.Meta) bool) []check.Finding {
	t.Helper()
	policy := check.Policy{Off: map[string]bool{}}
	for _, m := range parity.Rules().Metas() {
		policy.Off[m.ID] = except(m)
	}
	rep, err := parity.Check(t.Context(), res, policy)
	if err != nil {
		t.Fatal(err)
	}
	if !rep.Complete() {
		t.Fatalf("incomplete: %v", rep.Incomplete)
	}
	return slices.DeleteFunc(rep.Findings, func(f check.Finding) bool { return f.Severity != check.Error })
}

// TestEveryFindingIsWhole shows, over all cases and all rules together, that
// findings have a place in a file of the case and can be told apart.
func TestEveryFindingIsWhole(t *testing.T) {
	t.Parallel()
	for name, res := range badCases(t, func(check.Meta) bool { return true }) {
		rep, err := parity.Check(t.Context(), res, check.Policy{})
		if err != nil {
			t.Fatal(err)
		}
		files := append(slices.Clone(rep.Subjects), rep.Files...)
		seen := map[string]string{}
		for _, f := range rep.Findings {
			if !slices.Contains(files, f.Location.File) || f.Location.Line < 1 {
				t.Errorf("%s: %s is at %s:%d, none of %q", name, f.Rule, f.Location.File, f.Location.Line, files)
			}
			if strings.Contains(f.Key, "#") {
				t.Errorf("%s: two findings of %s at %s have the key %q", name, f.Rule, f.Location.Element, f.Key)
			}
			if before, ok := seen[f.Fingerprint]; ok {
				t.Errorf("%s: %q has the fingerprint of %q", name, f.Message, before)
			}
			seen[f.Fingerprint] = f.Message
			for _, r := range f.Related {
				if !slices.Contains(files, r.Location.File) || r.Location.Line < 1 {
					t.Errorf("%s: %s is related to %s:%d, none of %q", name, f.Rule, r.Location.File, r.Location.Line, files)
				}
			}
		}
	}
}

func TestCheckNamesWhatItRead(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{
		"c/openapi.yaml":   {Data: []byte("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/books: {$ref: books.yaml}}\n")},
		"c/books.yaml":     {Data: []byte("get: {responses: {'200': {description: Books., content: {application/json: {schema: {type: array, items: {type: object, properties: {isbn: {type: string}, title: {type: string}}}}}}}}}\n")},
		"c/schema.graphql": {Data: []byte("type Query { books: [Book!]! }\ntype Book { isbn: String title: String }\n")},
		"c/parity.yaml":    {Data: []byte("operations: [{operation: GET /books, graphql: Query.books}]\n")},
	}
	res, err := matchCase(t, fsys, "c")
	if err != nil {
		t.Fatal(err)
	}
	rep, err := parity.Check(t.Context(), res, check.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"c/openapi.yaml", "c/schema.graphql"}, rep.Subjects); diff != "" {
		t.Errorf("Subjects (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"c/books.yaml", "c/parity.yaml"}, rep.Files); diff != "" {
		t.Errorf("Files (-want +got):\n%s", diff)
	}
}
