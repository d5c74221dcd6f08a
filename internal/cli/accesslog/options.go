package accesslog

import (
	"crypto/rand"
	"path/filepath"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/lifecycle/usage"
)

// SaltVariable names the variable that keys the hashes of consumers.
const SaltVariable = "PLUMB_SALT"

// Salt is the key of the hashes of consumers: that of the environment, else one
// that nobody knows after the run.
func Salt(e *env.Env) ([]byte, error) {
	if salt := e.Getenv(SaltVariable); salt != "" {
		return []byte(salt), nil
	}
	salt := make([]byte, 16)
	if _, err := rand.Read(salt); err != nil {
		return nil, env.Incompletef("no randomness for the hashes of consumers: %w", err)
	}
	return salt, nil
}

// Key is the part of plumb.yaml that names logs.
const Key = "lifecycle.usage"

// Named are the logs that plumb.yaml names, which it does from its own folder.
func Named(p *project.Project) []string {
	var names []string
	for _, name := range p.Config.Lifecycle.Usage.Logs {
		if !filepath.IsAbs(name) {
			name = p.Argument(name)
		}
		names = append(names, name)
	}
	return names
}

// Configured is the Where of plumb.yaml.
func Configured() Where { return Where{Field: Key + ".fields", Consumer: Key + ".consumers"} }

// Where says in messages where the parts of [Fields] come from.
type Where struct{ Field, Consumer string }

// Fields reads which fields of a line tell what: given are ROLE=NAME each, such
// as "time=when", consumers the names of fields that tell the consumer.
func Fields(given, consumers []string, where Where) (map[usage.Role][]string, error) {
	fields := map[usage.Role][]string{}
	var roles []string
	for _, r := range usage.Roles() {
		roles = append(roles, string(r))
	}
	for _, text := range given {
		role, name, ok := strings.Cut(text, "=")
		if !ok || name == "" {
			return nil, env.Usagef("%s %q is not of the form ROLE=NAME, such as time=when", where.Field, text)
		}
		if !slices.Contains(roles, role) {
			return nil, env.Usagef("%s %s: %w", where.Field, text, env.Unknown("role", role, roles))
		}
		fields[usage.Role(role)] = append(fields[usage.Role(role)], name)
	}
	for _, name := range consumers {
		if name == "" {
			return nil, env.Usagef("%s is empty; expected the name of a field", where.Consumer)
		}
		fields[usage.ConsumerField] = append(fields[usage.ConsumerField], name)
	}
	return fields, nil
}
