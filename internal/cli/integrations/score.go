package integrations

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/integration/catalog"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/version"
)

// newScore makes the command `plumb integrations score`.
func newScore(e *env.Env) *cobra.Command {
	f := &catalogFlags{env: e}
	format := env.Choice{Noun: "format", Words: []string{"text", "json", "badge"}, Value: "text"}
	var file string
	cmd := &cobra.Command{
		Use:   "score [flags] [NAME...]",
		Short: "Score integrations from 0 to 10, as JSON, a badge or a line",
		Long: `The score is the weight of the checks that passed in that of all that apply: 10
for a critical one, 7.5, 5 and 2.5 for others. JSON has the shape of OpenSSF
Scorecard's, for one name one object, else {"version": 1, "integrations": [...]}.
A badge is an SVG image of the level of one integration.

Exit codes: 0 scored, 2 wrong usage or a manifest that is wrong, 3 interrupted, or
the file cannot be written.`,
		Example: `  plumb integrations score slack
  plumb integrations score --format badge --output slack.svg slack`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if format.Value == "badge" && len(args) != 1 {
				return env.Usagef("a badge is of one integration: plumb integrations score --format badge slack")
			}
			p, err := f.project()
			if err != nil {
				return err
			}
			entries, err := f.entries(p, args)
			if err != nil {
				return err
			}
			results, err := f.grade(cmd.Context(), entries, false)
			if err != nil {
				return err
			}
			write := func(w io.Writer) error { return writeScore(w, format.Value, results, len(args) == 1) }
			if file == "" || file == "-" {
				return written(write(e.Stdout))
			}
			return output.WriteFile(e.Path(file), file, write)
		},
		ValidArgsFunction: completeNames,
	}
	f.register(cmd, true)
	cmd.Flags().VarP(&format, "format", "f", "format of the score")
	cmd.Flags().StringVarP(&file, "output", "o", "", "write to `FILE` instead of standard output")
	output.CompleteChoice(cmd, "format", &format)
	return cmd
}

func writeScore(w io.Writer, format string, results []*catalog.Result, one bool) error {
	switch {
	case format == "badge":
		return catalog.WriteBadge(w, results[0])
	case format == "json" && one:
		return catalog.WriteScorecard(w, results[0], version.Number, version.RulePage)
	case format == "json":
		return catalog.WriteScorecards(w, results, version.Number, version.RulePage)
	}
	var b strings.Builder
	for _, r := range results {
		fmt.Fprintf(&b, "%s %.1f %s\n", r.Entry.Manifest.Name, r.Score, r.Level)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
