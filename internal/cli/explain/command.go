// Package explain is the command `plumb explain`: it says all that there is
// to say about one rule.
package explain

import (
	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	lintlib "github.com/plumbapi/plumb/lint"
)

// New makes the command.
func New(e *env.Env) *cobra.Command {
	format := env.Choice{Noun: "format", Words: []string{"text", "json"}, Value: "text"}
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
		RunE: func(_ *cobra.Command, args []string) error {
			p, err := find(args[0])
			if err != nil {
				return err
			}
			if format.Value == "json" {
				return p.writeJSON(e.Stdout)
			}
			return p.writeText(e.Stdout, e.Width, env.Style{On: e.Color(color.Value)})
		},
	}
	cmd.Flags().VarP(&format, "format", "f", "format of the output")
	cmd.Flags().Var(&color, "color", "colour; auto means on a terminal, unless NO_COLOR is set")
	output.CompleteWords(cmd, "format", format.Words)
	output.CompleteWords(cmd, "color", color.Words)
	return cmd
}

// page is what there is to say about a rule.
type page struct {
	check.Meta
	Rulesets []string `json:"rulesets"`
	// Example is nil where the rule has none.
	Example *lintlib.Example `json:"example"`
}

// find returns the page of the rule with the ID or the alias.
func find(name string) (page, error) {
	metas := lintlib.Metas()
	var known []string
	for i := range metas {
		known = append(append(known, metas[i].ID), metas[i].Aliases...)
	}
	for i := range metas {
		if !metas[i].Named(name) {
			continue
		}
		p := page{Meta: metas[i], Rulesets: []string{}}
		for _, set := range lintlib.Rulesets() {
			if _, ok := set.Rules[p.ID]; ok {
				p.Rulesets = append(p.Rulesets, set.Name)
			}
		}
		if example, ok := lintlib.Examples(p.ID); ok {
			p.Example = &example
		}
		return p, nil
	}
	return page{}, env.Usagef("%w (plumb rules lists them)", env.Unknown("rule", name, known))
}

func completeRules(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var ids []string
	for _, m := range lintlib.Metas() {
		ids = append(ids, m.ID+"\t"+m.Summary)
	}
	if len(args) > 0 {
		ids = nil
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}
