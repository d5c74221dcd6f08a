package payload

import (
	"os"
	"strings"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/webhook"
)

// FindProvider finds who sends, by the flag, else by plumb.yaml; nil where
// neither says.
func FindProvider(p *project.Project, flag string) (*webhook.Provider, error) {
	name, path := flag, p.Env.Path(flag)
	if name == "" {
		name = p.Config.Webhooks.Provider
		path = p.FromConfig(name)
	}
	if name == "" {
		return nil, nil
	}
	found, names, err := webhook.FindProvider(name)
	if err != nil {
		return nil, err
	}
	if found != nil {
		return found, nil
	}
	if _, missing := os.Stat(path); missing != nil && !strings.ContainsAny(name, "./") {
		return nil, env.Usagef("--provider: %w", env.Unknown("provider", name, names))
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, env.Usagef("--provider: %s cannot be read: %w", name, env.Bare(err))
	}
	found, err = webhook.ParseProvider(name, data)
	if err != nil {
		return nil, env.Usagef("%w", err)
	}
	return found, nil
}
