package oas_test

import (
	"context"
	"io/fs"
	"testing"

	"github.com/plumbapi/plumb/check/checktest"
	"github.com/plumbapi/plumb/lint/internal/oas"
	"github.com/plumbapi/plumb/openapi"
)

func TestRules(t *testing.T) {
	t.Parallel()
	checktest.RunFS(t, oas.Rules(), "testdata", func(fsys fs.FS, root string) (*openapi.Document, error) {
		return openapi.Load(context.Background(), fsys, root)
	})
}
