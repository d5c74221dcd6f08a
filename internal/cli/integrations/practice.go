package integrations

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/catalog"
	"github.com/plumbapi/plumb/internal/cli/deliver"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
)

// faultsFile is where a project keeps account of faults of integrations, below
// its root.
const faultsFile = ".plumb/faults.yaml"

// practice reads what a project knows from having used integrations: what its
// deliveries have left, and its file of faults.
func practice(p *project.Project, entries []*catalog.Entry) (catalog.Practice, error) {
	known := catalog.Practice{Use: map[string]integration.Use{}}
	memory, err := deliver.Recall(p)
	if err != nil {
		return known, err
	}
	for _, e := range entries {
		if u, ok := memory.Use(e.Manifest.Name); ok {
			known.Use[e.Manifest.Name] = u
		}
	}
	data, err := os.ReadFile(filepath.Join(p.Root, filepath.FromSlash(faultsFile)))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return known, nil
	case err != nil:
		return known, env.Usagef("%s cannot be read: %w", faultsFile, env.Bare(err))
	}
	if known.Faults, err = catalog.ParseFaults(faultsFile, data); err != nil {
		return known, env.Usagef("%w", err)
	}
	return known, nil
}
