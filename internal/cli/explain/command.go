// Package explain is the command `plumb explain`: it says all that there is
// to say about one rule.
package explain

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
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/rulebook"
)

// New makes the command.
func New(e *env.Env) *cobra.Command {
	format := env.Choice{Noun: "format", Words: []string{"text", "json"}, Value: "text"}
	var config string
	var rulesets []string
	color := env.Choice{Noun: "mode", Words: env.ColorModes(), Value: "auto"}
	cmd := &cobra.Command{
		Use:   "explain [flags] RULE",
		Short: "Say what a rule demands and why, with examples, and how to configure it",
		Example: `  plumb explain operation-tags
  plumb explain operation-operationId-unique`,
		ValidArgsFunction: completeRules,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return env.Usagef("explain takes one rule, such as plumb explain operation-tags (plumb rules lists them)")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := find(cmd.Context(), e, config, rulesets, args[0])
			if err != nil {
				return err
			}
			if format.Value == "json" {
				return p.writeJSON(e.Stdout)
			}
			return p.writeText(e.Stdout, e.Width, env.Style{On: e.Color(color.Value)})
		},
	}
	cmd.Flags().StringVar(&config, "config", "", "take this `FILE` instead of the plumb.yaml that is found")
	cmd.Flags().StringArrayVar(&rulesets, "ruleset", nil, "`FILE` of a ruleset whose rules are explained too, beside those of plumb.yaml; repeatable")
	cmd.Flags().VarP(&format, "format", "f", "format of the output")
	cmd.Flags().Var(&color, "color", "colour; auto means on a terminal, unless NO_COLOR is set")
	output.CompleteChoice(cmd, "format", &format)
	output.CompleteChoice(cmd, "color", &color)
	return cmd
}

// page is what there is to say about a rule.
type page struct {
	check.Meta
	// Check is the check that runs the rule, as plumb.yaml calls it.
	Check    string   `json:"check"`
	Rulesets []string `json:"rulesets"`
	// Example is nil where the rule has none.
	Example *example `json:"example"`

	at string // the address of its page, "" where there is none
}

// example is the first bad and the first good case of a rule.
type example struct {
	Bad      []file   `json:"bad"`
	Good     []file   `json:"good"`
	Findings []string `json:"findings"` // in the bad case
}

// file is one file of a case.
type file struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// find returns the page of the rule with the ID or the alias.
func find(ctx context.Context, e *env.Env, config string, rulesets []string, name string) (page, error) {
	m, unknown := names.Rule(name)
	if unknown == nil {
		return ofPlumb(m), nil
	}
	p, err := project.Open(e, config, names.Config())
	var sets *ruleset.Set
	if err == nil {
		sets, err = p.Rulesets(ctx, rulesets)
	}
	switch {
	case err != nil && config == "" && len(rulesets) == 0: // what is wrong with plumb.yaml is for those who judge by it
		return page{}, env.Usagef("%w", unknown)
	case err != nil:
		return page{}, err
	}
	if m, err = names.Rule(name, sets.Rules()...); err != nil {
		return page{}, env.Usagef("%w", err)
	}
	own := page{Meta: m, Check: rulebook.Lint, Rulesets: []string{}}
	own.at, _ = sets.Page(m.ID)
	for _, f := range sets.Files() {
		if slices.ContainsFunc(f.Rules(), func(r check.Meta) bool { return r.ID == m.ID }) {
			own.Rulesets = append(own.Rulesets, f.Name)
		}
	}
	return own, nil
}

// ofPlumb is the page of one of plumb's rules.
func ofPlumb(m check.Meta) page {
	p := page{Meta: m, Check: rulebook.HomeOf(m.ID).Check, Rulesets: names.RulesetsWith(m.ID), at: version.RulePage(m.ID)}
	if from, ok := rulebook.Example(m.ID); ok {
		e := &example{Bad: []file{}, Good: []file{}, Findings: append([]string{}, from.Findings...)}
		for _, f := range from.Bad.Files {
			e.Bad = append(e.Bad, file{f.Name, string(f.Data)})
		}
		for _, f := range from.Good.Files {
			e.Good = append(e.Good, file{f.Name, string(f.Data)})
		}
		p.Example = e
	}
	return p
}

func completeRules(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return names.Described("", ""), cobra.ShellCompDirectiveNoFileComp
}
