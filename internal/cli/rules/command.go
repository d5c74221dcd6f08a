// Package rules is the command `plumb rules`: it lists the rules there are.
package rules

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/ruleset"
	"github.com/plumbapi/plumb/internal/rulebook"
	lintlib "github.com/plumbapi/plumb/lint"
)

type options struct {
	config, ruleset, tag string
	format               env.Choice
	color                env.Choice
}

// New makes the command.
func New(e *env.Env) *cobra.Command {
	o := &options{
		format: env.Choice{Noun: "format", Words: []string{"text", "json", "markdown"}, Value: "text"},
		color:  env.Choice{Noun: "mode", Words: env.ColorModes(), Value: "auto"},
	}
	cmd := &cobra.Command{
		Use:   "rules [flags]",
		Short: "List the rules: what each demands, how severe it is, which rulesets have it",
		Long: `The kinds of change that plumb diff tells are rules too. They are many, and
listed where their tag is asked for: --tag change, or --tag lifecycle for those
about deprecation, stability and versions.

Rules that only the ruleset files of plumb.yaml have are listed last.`,
		Example: `  plumb rules --ruleset spectral:oas
  plumb rules --tag naming --format markdown`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return env.Usagef("rules takes no arguments; plumb explain %s says more about one rule", args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return run(cmd.Context(), e, o) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.config, "config", "", "take this `FILE` instead of the plumb.yaml that is found")
	flags.StringVar(&o.ruleset, "ruleset", "", "only the rules of the ruleset `NAME`, or those of a FILE")
	flags.StringVar(&o.tag, "tag", "", "only the rules with the tag `NAME`")
	flags.VarP(&o.format, "format", "f", "format of the list")
	flags.Var(&o.color, "color", "colour; auto means on a terminal, unless NO_COLOR is set")
	output.CompleteWords(cmd, "ruleset", names.Rulesets)
	output.CompleteWords(cmd, "tag", names.Tags)
	output.CompleteChoice(cmd, "format", &o.format)
	output.CompleteChoice(cmd, "color", &o.color)
	return cmd
}

// rule is one rule with the check that runs it and the rulesets that turn it
// on.
type rule struct {
	check.Meta
	Check    string   `json:"check"`
	Rulesets []string `json:"rulesets"`
}

func run(ctx context.Context, e *env.Env, o *options) error {
	sets, err := rulesets(ctx, e, o)
	if err != nil {
		return err
	}
	if known := names.Tags(); o.tag != "" && !slices.Contains(known, o.tag) {
		return env.Usagef("--tag: %w", env.Unknown("tag", o.tag, known))
	}
	list := choose(o, sets)
	switch o.format.Value {
	case "json":
		return writeJSON(e.Stdout, list)
	case "markdown":
		return writeMarkdown(e.Stdout, list)
	}
	return writeText(e.Stdout, list, e.Width, e.Color(o.color.Value))
}

// rulesets reads the ruleset that is asked for, else those of plumb.yaml. One that
// is wrong is no reason not to list plumb's rules, which help to mend it.
func rulesets(ctx context.Context, e *env.Env, o *options) (*ruleset.Set, error) {
	var named []string
	if o.ruleset != "" {
		named = []string{o.ruleset}
	}
	p, err := project.Open(e, o.config, names.Config())
	if err == nil {
		var sets *ruleset.Set
		if sets, err = p.Rulesets(ctx, named); err == nil {
			return sets, nil
		}
	}
	if o.config != "" || ruleset.IsFile(o.ruleset) {
		return nil, err
	}
	list := make([]ruleset.Named, len(named))
	for i, name := range named {
		list[i] = ruleset.Named{Name: name, From: "--ruleset"}
	}
	return ruleset.Read(ctx, ruleset.Place{}, list)
}

// choose returns the rules that the options ask for, with the severity that
// the ruleset gives them where one is chosen.
func choose(o *options, files *ruleset.Set) []rule {
	sets := lintlib.Rulesets()
	var only map[string]check.Severity // of the file that is chosen
	if ruleset.IsFile(o.ruleset) {
		only = files.Severities()
	}
	var list []rule
	for _, m := range rulebook.Metas() {
		if rulebook.IsChange(m.ID) && !slices.Contains(m.Tags, o.tag) {
			continue // they are many, and are asked for by tag
		}
		r := rule{Meta: m, Check: rulebook.HomeOf(m.ID).Check, Rulesets: []string{}}
		for _, s := range sets {
			if severity, ok := s.Rules[m.ID]; ok {
				r.Rulesets = append(r.Rulesets, s.Name)
				if s.Name == o.ruleset {
					r.Severity = severity
				}
			}
		}
		if severity, ok := only[m.ID]; ok {
			r.Rulesets, r.Severity = append(r.Rulesets, o.ruleset), severity
		}
		if o.ruleset != "" && !slices.Contains(r.Rulesets, o.ruleset) || o.tag != "" && !slices.Contains(m.Tags, o.tag) {
			continue
		}
		list = append(list, r)
	}
	for _, f := range files.Files() {
		for _, m := range f.Rules() {
			if o.tag == "" || slices.Contains(m.Tags, o.tag) {
				list = append(list, rule{Meta: m, Check: rulebook.Lint, Rulesets: []string{f.Name}})
			}
		}
	}
	return list
}
