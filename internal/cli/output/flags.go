// Package output is what all commands that find something have in common:
// the flags that say where findings go, in which format and when they fail
// the command, and the writing itself. Files are written whole or not at all.
package output

import (
	"cmp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/report"
)

// Flags are the flags of a command that finds something.
type Flags struct {
	// Formats are those that the command has beside the ones of every report.
	Formats []string
	// DefaultLimit is how many findings are listed before they are summed up,
	// unless the user says otherwise; 0 means 50.
	DefaultLimit int
	// DefaultSort is the order of the findings unless the user says otherwise:
	// "severity"; "" means position.
	DefaultSort string

	format  env.Choice
	output  string
	reports []string
	failOn  env.Choice
	sort    env.Choice
	color   env.Choice
	limit   int
	all     bool
	quiet   bool

	set *pflag.FlagSet
}

// noFailure is the value of --fail-on under which no finding fails a command.
const noFailure = "never"

// Register adds the flags to a command.
func (f *Flags) Register(cmd *cobra.Command) {
	f.format = env.Choice{Noun: "format", Words: f.formats(), Value: "text"}
	f.failOn = env.Choice{Noun: "severity", Words: []string{"error", "warning", "info", noFailure}, Value: "error"}
	f.sort = env.Choice{Noun: "order", Words: []string{"position", "severity"}, Value: cmp.Or(f.DefaultSort, "position")}
	f.color = env.Choice{Noun: "mode", Words: env.ColorModes(), Value: "auto"}
	flags := cmd.Flags()
	flags.VarP(&f.format, "format", "f", "format of the findings on standard output")
	flags.StringVarP(&f.output, "output", "o", "", "write the findings to `FILE` instead of standard output")
	flags.StringArrayVar(&f.reports, "report", nil, "write the findings in one more format, as `FORMAT=FILE`; repeatable")
	flags.Var(&f.failOn, "fail-on", "the lowest severity at which the exit code is 1")
	flags.Var(&f.sort, "sort", "order of the findings")
	limit := 50
	if f.DefaultLimit > 0 {
		limit = f.DefaultLimit
	}
	flags.IntVar(&f.limit, "limit", limit, "list at most `N` findings, sum up more by rule (text, markdown)")
	flags.BoolVar(&f.all, "all", false, "list all findings")
	flags.Var(&f.color, "color", "colour; auto means on a terminal, unless NO_COLOR is set")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "print nothing where there is nothing to find")
	f.set = flags
	CompleteChoice(cmd, "format", &f.format)
	CompleteChoice(cmd, "fail-on", &f.failOn)
	CompleteChoice(cmd, "sort", &f.sort)
	CompleteChoice(cmd, "color", &f.color)
	_ = cmd.RegisterFlagCompletionFunc("report", func(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
		if strings.Contains(begun, "=") {
			return nil, cobra.ShellCompDirectiveDefault
		}
		formats := f.formats()
		for i := range formats {
			formats[i] += "="
		}
		return formats, cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
	})
}

// CompleteWords lets a shell complete a flag of cmd by what words returns; it
// is called when a shell asks.
func CompleteWords(cmd *cobra.Command, flag string, words func() []string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return words(), cobra.ShellCompDirectiveNoFileComp
	})
}

// CompleteChoice lets a shell complete a flag by the words that it takes.
func CompleteChoice(cmd *cobra.Command, flag string, choice *env.Choice) {
	CompleteWords(cmd, flag, func() []string { return choice.Words })
}

// formats are the names of all formats.
func (f *Flags) formats() []string { return append(report.Formats(), f.Formats...) }

// Format returns the format of standard output.
func (f *Flags) Format() string { return f.format.Value }

// Color reports whether standard output gets colour.
func (f *Flags) Color(e *env.Env) bool { return e.Color(f.color.Value) }

// All reports whether nothing is to be summed up.
func (f *Flags) All() bool { return f.all }

// FailOn returns the least severity at which a finding fails the command; 0
// where none does.
func (f *Flags) FailOn() check.Severity {
	severity, _ := check.ParseSeverity(f.failOn.Value)
	return severity
}

// Quiet reports whether nothing is to be said beyond findings.
func (f *Flags) Quiet() bool { return f.quiet }

// Worst returns the first of the most severe findings that fail the command;
// nil where none does.
func (f *Flags) Worst(rep *check.Report) *check.Finding {
	limit, _ := check.ParseSeverity(f.failOn.Value)
	if f.failOn.Value == noFailure || rep.Worst() < limit {
		return nil
	}
	for i := range rep.Findings {
		if rep.Findings[i].Severity == rep.Worst() {
			return &rep.Findings[i]
		}
	}
	return nil
}

// ExitCode returns the exit code that a report means: Incomplete before
// Findings before Clean.
func (f *Flags) ExitCode(rep *check.Report) int {
	switch limit, _ := check.ParseSeverity(f.failOn.Value); {
	case rep.Faulty():
		return env.Usage
	case !rep.Complete():
		return env.Incomplete
	case f.failOn.Value != noFailure && rep.Worst() >= limit:
		return env.Findings
	}
	return env.Clean
}
