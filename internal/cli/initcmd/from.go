package initcmd

import (
	"context"
	"os"
	"path/filepath"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/ruleset"
)

// linters are those whose configuration is taken over.
var linters = []string{"spectral"}

// spectralFiles are the names under which Spectral looks for its ruleset, in its
// order.
var spectralFiles = []string{".spectral.yml", ".spectral.yaml", ".spectral.json", ".spectral.js"}

// extends is what lint.extends of the new file names: the ruleset of the linter
// that is left, which has been read and is right, else the default.
func (o *options) extends(ctx context.Context, dir, folder string) (string, error) {
	switch o.from {
	case "":
		return ruleset.Default, nil
	case linters[0]:
	default:
		return "", env.Usagef("--from: %w", env.Unknown("linter", o.from, linters))
	}
	for _, name := range spectralFiles {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			continue
		}
		place := ruleset.Place{Root: dir, Shown: func(path string) string {
			if rel, err := filepath.Rel(dir, path); err == nil {
				return filepath.ToSlash(filepath.Join(folder, rel))
			}
			return path
		}}
		named := ruleset.Named{Name: "./" + name, Dir: dir, From: "--from spectral"}
		if _, err := ruleset.Read(ctx, place, []ruleset.Named{named}); err != nil {
			return "", err
		}
		return named.Name, nil
	}
	return "", env.Usagef("--from spectral: %s has no .spectral.yaml, .yml, .json or .js", folder)
}
