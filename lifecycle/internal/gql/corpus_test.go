package gql_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle/internal/gql"
)

// corpusFile reads a real schema, which is not part of the repository, and
// skips where it is absent.
func corpusFile(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join(corpus(tb), filepath.FromSlash(name)))
	if err != nil {
		tb.Skipf("the corpus lacks a file: %v", err)
	}
	return data
}

func corpus(tb testing.TB) string {
	tb.Helper()
	dir := os.Getenv("PLUMB_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared", "corpus")
	}
	if _, err := os.Stat(dir); err != nil {
		tb.Skipf("no corpus of real schemas: set PLUMB_CORPUS to its folder (%v)", err)
	}
	return dir
}

// TestCorpus compares every real schema with itself and with its neighbour of
// the same folder.
func TestCorpus(t *testing.T) {
	t.Parallel()
	pairs := 0
	err := filepath.WalkDir(corpus(t), func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return err
		}
		files, err := filepath.Glob(filepath.Join(path, "*.graphql"))
		if err != nil || len(files) == 0 {
			return err
		}
		var before *graphql.Schema
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			a, b := parse(t, "a", string(data)), parse(t, "b", string(data))
			if same := gql.Diff(a, b); len(same) > 0 {
				t.Errorf("%s differs from itself: %v", file, lines(same)[0])
			}
			if before != nil {
				there := gql.Diff(before, b)
				wellFormed(t, there)
				mirrored(t, there, gql.Diff(b, before))
				pairs++
			}
			before = a
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if pairs == 0 {
		t.Error("no two versions of a schema were compared")
	}
}

// TestManyOfEverything is about time: lists that have nothing in the same
// place, as long as a schema may be.
func TestManyOfEverything(t *testing.T) {
	t.Parallel()
	const n = 50_000
	write := func(from, to, step int) string {
		var b bytes.Buffer
		b.WriteString("directive @k(a: Int) repeatable on ENUM\nenum E")
		for i := range 2000 {
			fmt.Fprintf(&b, " @k(a: %d)", i*step)
		}
		b.WriteString(" {")
		for i := from; i != to; i += step {
			fmt.Fprintf(&b, " V%d", i)
		}
		b.WriteString(" }\ninput I { a: I = {")
		for i := from; i != to; i += step {
			fmt.Fprintf(&b, " v%d: 1", i)
		}
		b.WriteString("} }")
		return b.String()
	}
	up, down := parse(t, "a", write(0, n, 1)), parse(t, "b", write(n-1, -1, -1))
	var got []string
	for _, c := range gql.Diff(up, down) {
		got = append(got, strings.TrimPrefix(c.ID, "DIRECTIVE_USAGE_"))
	}
	if len(got) != 199 || got[0] != "ARGUMENT_CHANGED" {
		t.Errorf("%d changes, want those of 199 uses of a directive; the first is %v", len(got), got[:min(len(got), 1)])
	}
}

// BenchmarkDiff compares two versions of GitHub's schema that are two years
// apart, both read before. BenchmarkRead is the floor: reading one of them.
func BenchmarkDiff(b *testing.B) {
	base := parse(b, "a", string(corpusFile(b, "github/graphql/schema-14.0.0.graphql")))
	revision := parse(b, "b", string(corpusFile(b, "github/graphql/schema.graphql")))
	b.ReportAllocs()
	for b.Loop() {
		if len(gql.Diff(base, revision)) == 0 {
			b.Fatal("no changes")
		}
	}
}

func BenchmarkRead(b *testing.B) {
	data := corpusFile(b, "github/graphql/schema.graphql")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := graphql.Parse(graphql.File{Name: "b", Data: data}); err != nil {
			b.Fatal(err)
		}
	}
}
