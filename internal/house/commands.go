package house

import (
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/plumbapi/plumb/internal/cli"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/config"
	"github.com/plumbapi/plumb/parity"
	"github.com/plumbapi/plumb/perf"
	"github.com/spf13/cobra"
)

// commandPages renders docs/cli: what `--help` says, a page for each command.
func commandPages(files Files) error {
	root := command(io.Discard)
	var index strings.Builder
	index.WriteString("# Command line\n\n| command | what it does |\n|---|---|\n")
	for _, c := range cli.Commands(root) {
		name := strings.ReplaceAll(c.CommandPath(), " ", "-") + ".md"
		fmt.Fprintf(&index, "| [%s](%s) | %s |\n", c.CommandPath(), name, c.Short)
		page, err := commandPage(c)
		if err != nil {
			return err
		}
		files[path.Join("docs/cli", name)] = page
	}
	index.WriteString(exitCodes)
	files["docs/cli/README.md"] = []byte(index.String())
	return nil
}

const exitCodes = `
## Exit codes

| code | meaning |
|---|---|
| 0 | clean |
| 1 | findings at or above ` + "`--fail-on`" + ` |
| 2 | wrong usage or configuration |
| 3 | incomplete: an unreadable input, an unreachable host, a rule that crashed |
`

func commandPage(c *cobra.Command) ([]byte, error) {
	var help strings.Builder
	fresh := command(&help)
	args := append(strings.Fields(c.CommandPath())[1:], "--help")
	fresh.SetArgs(args)
	if err := fresh.Execute(); err != nil {
		return nil, fmt.Errorf("help of %s: %w", c.CommandPath(), err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s.\n", c.CommandPath(), c.Short)
	fence(&b, "text", help.String())
	return []byte(b.String()), nil
}

// command makes the command tree in a world with nothing in it.
func command(out io.Writer) *cobra.Command {
	return cli.Command(&env.Env{
		Stdin: strings.NewReader(""), Stdout: out, Stderr: io.Discard,
		Getenv: func(string) string { return "" }, Dir: "/",
	})
}

// configSchema renders the JSON Schemas of plumb.yaml, parity.yaml and slo.yaml.
func configSchema(files Files) {
	files["docs/config.schema.json"] = config.Schema(names.Config())
	files["docs/parity.schema.json"] = parity.OverridesSchema()
	files["docs/slo.schema.json"] = perf.PlanSchema()
}
