package docs

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/internal/cli/env"
)

// readTexts reads the guides of a folder, in the order of their names, and the
// pages that stand for themselves.
func readTexts(e *env.Env, folder string, pages []string) ([]apidocs.Text, error) {
	var out []apidocs.Text
	if folder != "" {
		entries, err := os.ReadDir(e.Path(folder))
		if err != nil {
			return nil, env.Usagef("--guides %s: %w", folder, env.Bare(err))
		}
		for _, d := range entries {
			if d.IsDir() || filepath.Ext(d.Name()) != ".md" {
				continue
			}
			t, err := readText(e, filepath.Join(folder, d.Name()))
			if err != nil {
				return nil, err
			}
			out = append(out, t)
		}
		if len(out) == 0 {
			return nil, env.Usagef("--guides %s: there is no file that ends in .md", folder)
		}
	}
	for _, name := range pages {
		t, err := readText(e, name)
		if err != nil {
			return nil, err
		}
		t.Path = "pages/" + apidocs.Slug(t.Name)
		out = append(out, t)
	}
	return out, nil
}

func readText(e *env.Env, name string) (apidocs.Text, error) {
	text, err := os.ReadFile(e.Path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return apidocs.Text{}, env.Usagef("%s: there is no such file", name)
	}
	if err != nil {
		return apidocs.Text{}, env.Usagef("%s: %w", name, env.Bare(err))
	}
	base := filepath.Base(name)
	return apidocs.Text{Name: strings.TrimSuffix(base, filepath.Ext(base)), File: name, Markdown: string(text)}, nil
}
