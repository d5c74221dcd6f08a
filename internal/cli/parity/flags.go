package parity

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/decisions"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/config"
	paritylib "github.com/plumbapi/plumb/parity"
)

// pairFlags say which descriptions are compared, and by what decisions and
// words.
type pairFlags struct {
	api       string
	decisions string
	lock      string
	usage     string
	packs     []string
	noPacks   bool

	direction env.Choice
	min       float64

	cmd *cobra.Command
}

func (f *pairFlags) register(cmd *cobra.Command) {
	f.cmd = cmd
	flags := cmd.Flags()
	flags.StringVar(&f.api, "api", "", "compare only the API of plumb.yaml with this `NAME`")
	flags.StringVar(&f.decisions, "map", "", "`FILE` of what people decided (default parity.yaml beside plumb.yaml)")
	flags.StringVar(&f.lock, "lock", "", "`FILE` of what was decided before (default parity.lock beside plumb.yaml)")
	flags.StringVar(&f.usage, "usage", "", "CSV `FILE` with the calls of each operation, to weigh by")
	flags.StringSliceVar(&f.packs, "packs", nil, "vocabularies to know beside English, as `NAMES` with commas (default all of them)")
	flags.BoolVar(&f.noPacks, "no-packs", false, "know no vocabulary beside English")
	output.CompleteWords(cmd, "packs", paritylib.Packs)
}

// registerPolicy adds the flags about what is asked for.
func (f *pairFlags) registerPolicy(cmd *cobra.Command) {
	f.direction = env.Choice{Noun: "direction", Words: config.Directions()}
	cmd.Flags().Var(&f.direction, "direction", "which API is to offer what the other does")
	cmd.Flags().Float64Var(&f.min, "min", 0, "least share of REST operations that must have a counterpart, as a `NUMBER` from 0 to 1")
	output.CompleteChoice(cmd, "direction", &f.direction)
}

// validate checks what can be checked before anything is read.
func (f *pairFlags) validate() error {
	switch {
	case f.noPacks && len(f.packs) > 0:
		return env.Usagef("--packs and --no-packs exclude one another")
	case f.min < 0 || f.min > 1:
		return env.Usagef("--min %v: expected a number from 0 to 1", f.min)
	}
	known := paritylib.Packs()
	for _, name := range f.packs {
		if !slices.Contains(known, name) {
			return env.Usagef("--packs: %w", env.Unknown("vocabulary", name, known))
		}
	}
	return nil
}

// options are those of the library that the flags and plumb.yaml say alone.
func (f *pairFlags) options(p *project.Project) paritylib.Options {
	o := paritylib.Options{
		Now: p.Env.Now(), Direction: paritylib.Direction(p.Config.Parity.Direction), Min: p.Config.Parity.Min,
	}
	if f.noPacks {
		o.Packs = []string{}
	} else if len(f.packs) > 0 {
		o.Packs = f.packs
	}
	if f.direction.Value != "" {
		o.Direction = paritylib.Direction(f.direction.Value)
	}
	if f.cmd.Flags().Changed("min") {
		o.Min = f.min
	}
	return o
}

// subFlags are the flags of the commands below parity that look at a pair.
type subFlags struct {
	source source.Flags
	pair   pairFlags
	config string
}

func (f *subFlags) register(cmd *cobra.Command) {
	f.source.Register(cmd)
	f.pair.register(cmd)
	cmd.Flags().StringVar(&f.config, "config", "", "take this `FILE` instead of the plumb.yaml that is found")
	_ = cmd.RegisterFlagCompletionFunc("config", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return []string{"yaml"}, cobra.ShellCompDirectiveFilterFileExt
	})
}

// place finds the files beside each pair.
func (f *pairFlags) place(p *project.Project, pairs []pair) error {
	typed := decisions.Flags{Map: f.decisions, Lock: f.lock, Usage: f.usage}
	for i := range pairs {
		name := ""
		if pairs[i].several {
			name = pairs[i].name
		}
		if len(pairs) > 1 {
			for _, n := range []struct{ key, typed string }{{"map", f.decisions}, {"lock", f.lock}, {"usage", f.usage}} {
				if n.typed != "" {
					return env.Usagef("--%s is about one API, and %d are compared; name one with --api", n.key, len(pairs))
				}
			}
		}
		var err error
		if pairs[i].files, err = decisions.Place(p, typed, name); err != nil {
			return err
		}
	}
	return nil
}
