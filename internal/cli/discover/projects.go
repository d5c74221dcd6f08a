package discover

import (
	"context"
	"os"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
)

// Below searches the folder that an environment works in.
func Below(ctx context.Context, e *env.Env) (Found, error) {
	root, err := os.OpenRoot(e.Dir)
	if err != nil {
		return Found{}, env.Incompletef("open %s: %w", e.Dir, env.Bare(err))
	}
	defer func() { _ = root.Close() }()
	return Search(ctx, root.FS())
}

// Folder is a folder with a project.
type Folder struct {
	// Name is the folder as it was named, Dir its absolute path.
	Name, Dir string
	Project   *project.Project
}

// Folders opens the projects of folders, each once. What the command takes is
// said of one that is no folder; one without a plumb.yaml is an error too.
func Folders(e *env.Env, names []string, takes string, open func(*env.Env) (*project.Project, error)) ([]Folder, error) {
	var list []Folder
	seen := map[string]bool{}
	for _, name := range names {
		dir := e.Path(name)
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return nil, env.Usagef("%s is no folder; %s", name, takes)
		}
		inside := *e
		inside.Dir = dir
		p, err := open(&inside)
		if err != nil {
			return nil, err
		}
		if p.ConfigPath == "" {
			return nil, env.Usagef("%s has no plumb.yaml; plumb init %s writes one", name, name)
		}
		if !seen[p.ConfigPath] {
			seen[p.ConfigPath] = true
			list = append(list, Folder{name, dir, p})
		}
	}
	return list, nil
}
