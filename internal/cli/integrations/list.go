package integrations

import (
	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/integration/catalog"
	"github.com/plumbapi/plumb/integration/catalog/view"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/report"
)

// newList makes the command `plumb integrations list`.
func newList(e *env.Env) *cobra.Command {
	f := &catalogFlags{env: e}
	format := env.Choice{Noun: "format", Words: []string{"text", "json"}, Value: "text"}
	color := env.Choice{Noun: "mode", Words: env.ColorModes(), Value: "auto"}
	cmd := &cobra.Command{
		Use:   "list [flags]",
		Short: "List the integrations with their levels, by what ran",
		Long: `Each integration of plumb is run against its own fake of the tool, in this
process and on a clock of its own, which takes seconds. Nothing is sent. What this
very program has found out of an integration is kept in the cache folder of the
user (XDG_CACHE_HOME), and not found out again; any other program finds it out anew.

Integrations of your own, in the folder of --catalog, are graded by the results
that your own continuous integration wrote beside their manifests.

Levels are Minimal, Viable, Complete and Lovable; each asks for all of those
below it.

Exit codes: 0 listed, 2 wrong usage or a manifest that is wrong, 3 interrupted.`,
		Example: `  plumb integrations list
  plumb integrations list --format json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return env.Usagef("list takes no arguments; plumb integrations show %s says more about one", args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := f.project()
			if err != nil {
				return err
			}
			entries, err := f.entries(p, nil)
			if err != nil {
				return err
			}
			results, err := f.grade(cmd.Context(), entries, false)
			if err != nil {
				return err
			}
			if format.Value == "json" {
				return written(report.Value(e.Stdout, listed(results)))
			}
			return written(view.List(e.Stdout, results, e.Color(color.Value)))
		},
	}
	f.register(cmd, true)
	cmd.Flags().VarP(&format, "format", "f", "format of the list")
	cmd.Flags().Var(&color, "color", "colour; auto means on a terminal, unless NO_COLOR is set")
	output.CompleteChoice(cmd, "format", &format)
	output.CompleteChoice(cmd, "color", &color)
	return cmd
}

// written makes an error of writing what it means for the exit code.
func written(err error) error {
	if err != nil {
		return env.Incompletef("%w", err)
	}
	return nil
}

// summary is an integration in JSON.
type summary struct {
	Name         string   `json:"name"`
	Title        string   `json:"title"`
	Description  string   `json:"description"`
	Category     string   `json:"category"`
	Direction    []string `json:"direction"`
	Auth         string   `json:"auth"`
	Capabilities []string `json:"capabilities"`
	Level        string   `json:"level"`
	Score        float64  `json:"score"`
	Missing      []string `json:"missing"`
}

func listed(results []*catalog.Result) any {
	list := []summary{}
	for _, r := range results {
		m := r.Entry.Manifest
		s := summary{
			Name: m.Name, Title: m.Title, Description: m.Description, Category: m.Category, Direction: m.Direction, Auth: m.Auth,
			Capabilities: m.Capabilities, Level: r.Level.String(), Score: r.Score, Missing: []string{},
		}
		for i := range r.Outcomes {
			if !r.Outcomes[i].Holds() {
				s.Missing = append(s.Missing, r.Outcomes[i].Check.ID)
			}
		}
		list = append(list, s)
	}
	return struct {
		Version      int       `json:"version"`
		Integrations []summary `json:"integrations"`
	}{1, list}
}
