package graphql_test

import (
	"os"
	"path/filepath"
	"testing"
)

// corpus returns the folder of real schemas, which is not part of the
// repository, and skips where it is absent.
func corpus(tb testing.TB) string {
	tb.Helper()
	dir := os.Getenv("PLUMB_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "corpus")
	}
	if _, err := os.Stat(dir); err != nil {
		tb.Skipf("no corpus of real schemas: set PLUMB_CORPUS to its folder (%v)", err)
	}
	return dir
}

func corpusFile(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join(corpus(tb), filepath.FromSlash(name)))
	if err != nil {
		tb.Skipf("the corpus lacks a file: %v", err)
	}
	return data
}
