// Package explain is the command `plumb explain`: it says all that there is
// to say about one rule.
package explain

import (
	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/rulebook"
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
func find(name string) (page, error) {
	m, err := names.Rule(name)
	if err != nil {
		return page{}, env.Usagef("%w", err)
	}
	p := page{Meta: m, Check: rulebook.HomeOf(m.ID).Check, Rulesets: names.RulesetsWith(m.ID)}
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
	return p, nil
}

func completeRules(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return names.Described("", ""), cobra.ShellCompDirectiveNoFileComp
}
