// Package promise reads what is promised about the life of the elements of an
// API, as plumb.yaml and flags name it: the policy, the calendar of releases,
// and where descriptions say what becomes of their elements.
package promise

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/project"
	lifecyclelib "github.com/plumbapi/plumb/lifecycle"
)

// Flags say how descriptions are read and judged, over what plumb.yaml
// says.
type Flags struct {
	policy, releases, carriers string
}

// Settings are what the flags and plumb.yaml say together.
type Settings struct {
	// Policy is nil where none is named.
	Policy *lifecyclelib.Policy
	// Carriers are those that plumb knows, and those of the project.
	Carriers *lifecyclelib.Carriers
}

// Register adds the flags to a command.
func (f *Flags) Register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.policy, "policy", "", "judge by this `POLICY`: one that plumb knows, or a file")
	flags.StringVar(&f.releases, "releases", "", "count releases by this `CALENDAR`: one that plumb knows, or a file")
	flags.StringVar(&f.carriers, "carriers", "", "`FILE` that says where else descriptions say what becomes of their elements")
	output.CompleteWords(cmd, "policy", func() []string {
		var ids []string
		for _, p := range lifecyclelib.Policies() {
			ids = append(ids, p.ID+"\t"+p.Title)
		}
		return ids
	})
}

// Load reads the files that the flags, else plumb.yaml, name.
func (f *Flags) Load(p *project.Project) (*Settings, error) {
	section := &p.Config.Lifecycle
	s := &Settings{Carriers: lifecyclelib.DefaultCarriers()}
	if file, ok := setting(p, f.carriers, section.Carriers); ok {
		more, err := parse(file, lifecyclelib.ParseCarriers)
		if err != nil {
			return nil, env.Usagef("%w", err)
		}
		s.Carriers = s.Carriers.With(more)
	}
	policy, ok := setting(p, f.policy, section.Policy)
	if !ok {
		return s, nil
	}
	var err error
	if s.Policy, err = known(policy, lifecyclelib.FindPolicy, lifecyclelib.ParsePolicy); err != nil {
		return nil, env.Usagef("%w", err)
	}
	if releases, ok := setting(p, f.releases, section.Releases); ok {
		calendar, err := known(releases, lifecyclelib.FindReleases, lifecyclelib.ParseReleases)
		if err != nil {
			return nil, env.Usagef("%w", err)
		}
		s.Policy = s.Policy.WithReleases(calendar)
	}
	return s, nil
}

// setFile is a name, or a file by its path and by how people know it.
type setFile struct{ name, path, shown string }

// setting is the value of a flag, else that of plumb.yaml.
func setting(p *project.Project, flag, config string) (setFile, bool) {
	switch {
	case flag != "":
		return setFile{flag, p.Env.Path(flag), flag}, true
	case config != "":
		path := p.FromConfig(config)
		return setFile{config, path, p.Shown(p.Canonical(path))}, true
	}
	return setFile{}, false
}

// known finds what plumb knows by a name; what looks like a file, or is one,
// is read.
func known[T any](file setFile, find func(string) (T, error), read func(string, []byte) (T, error)) (T, error) {
	found, err := find(file.name)
	if err == nil {
		return found, nil
	}
	if _, missing := os.Stat(file.path); missing == nil || strings.ContainsAny(file.name, "./") {
		return parse(file, read)
	}
	return found, err
}

// parse reads a file.
func parse[T any](file setFile, read func(string, []byte) (T, error)) (T, error) {
	var none T
	f, err := os.Open(file.path)
	if err != nil {
		return none, unopened(file, err)
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, lifecyclelib.MaxFile+1))
	if err != nil {
		return none, unopened(file, err)
	}
	return read(file.shown, data)
}

// unopened says why a file cannot be read.
func unopened(file setFile, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New(file.shown + ": there is no such file")
	}
	return errors.New(file.shown + " cannot be read: " + env.Bare(err).Error())
}
