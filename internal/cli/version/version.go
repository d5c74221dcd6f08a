// Package version is the command `plumb version`, and says which version of
// plumb this is.
package version

import (
	"encoding/json"
	"fmt"
	"net/url"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/rulebook"
)

// Number is the version of plumb, by semver.org.
const Number = "0.1.0"

// RulePage returns the address of a rule's page.
func RulePage(rule string) string {
	const docs = "https://github.com/plumbapi/plumb/blob/main/docs/"
	switch {
	case !rulebook.IsChange(rule):
		return docs + "rules/" + url.PathEscape(rule) + ".md"
	case strings.ToUpper(rule) == rule:
		return docs + "changes/graphql.md"
	}
	return docs + "changes/openapi.md#" + url.PathEscape(rule)
}

// build is what is known of the build.
type build struct {
	Version  string `json:"version"`
	Commit   string `json:"commit"` // "" where it is not known
	Time     string `json:"time"`   // of the commit, RFC 3339
	Modified bool   `json:"modified"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

// New makes the command.
func New(e *env.Env) *cobra.Command {
	format := env.Choice{Noun: "format", Words: []string{"text", "json"}, Value: "text"}
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version of plumb",
		Example: `  plumb version
  plumb version --format json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return env.Usagef("version takes no arguments, but was given %q", args[0])
			}
			return nil
		},
		RunE: func(*cobra.Command, []string) error {
			b := read()
			if format.Value == "json" {
				enc := json.NewEncoder(e.Stdout)
				enc.SetIndent("", "  ")
				return enc.Encode(b)
			}
			_, err := fmt.Fprintln(e.Stdout, b)
			return err
		},
	}
	cmd.Flags().VarP(&format, "format", "f", "format of the output")
	output.CompleteChoice(cmd, "format", &format)
	return cmd
}

// String returns "plumb 0.1.0 (1a2b3c4d5e6f, 2026-11-22, go1.26.8 linux/amd64)".
func (b build) String() string {
	var facts []string
	if b.Commit != "" {
		commit := b.Commit[:min(len(b.Commit), 12)]
		if b.Modified {
			commit += " with changes"
		}
		day, _, _ := strings.Cut(b.Time, "T")
		facts = append(facts, commit, day)
	}
	facts = append(facts, strings.TrimSpace(b.Go+" "+b.Platform))
	return fmt.Sprintf("plumb %s (%s)", b.Version, strings.Join(facts, ", "))
}

func read() build {
	b := build{Version: Number}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	b.Go = info.GoVersion
	var system, machine string
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.time":
			b.Time = s.Value
		case "vcs.modified":
			b.Modified = s.Value == "true"
		case "GOOS":
			system = s.Value
		case "GOARCH":
			machine = s.Value
		}
	}
	b.Platform = system + "/" + machine
	return b
}
