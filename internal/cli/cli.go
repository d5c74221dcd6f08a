// Package cli is the command line of plumb: one folder a command below this
// one, each a thin layer over a package of the library. This package puts
// them together and turns what they return into messages and an exit code;
// see package env for those.
//
// What commands share is in folders of its own: source turns arguments into
// descriptions, policy says which findings count, output says where they go;
// each brings its flags. Below them, project knows plumb.yaml and the names
// of files, revision reads git, fetch reads URLs, names knows rules and
// rulesets.
package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/check"
	"github.com/plumbapi/plumb/internal/cli/completion"
	"github.com/plumbapi/plumb/internal/cli/deliver"
	"github.com/plumbapi/plumb/internal/cli/demo"
	"github.com/plumbapi/plumb/internal/cli/diff"
	"github.com/plumbapi/plumb/internal/cli/docs"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/explain"
	"github.com/plumbapi/plumb/internal/cli/initcmd"
	"github.com/plumbapi/plumb/internal/cli/integrations"
	"github.com/plumbapi/plumb/internal/cli/lifecycle"
	"github.com/plumbapi/plumb/internal/cli/lint"
	"github.com/plumbapi/plumb/internal/cli/lsp"
	"github.com/plumbapi/plumb/internal/cli/parity"
	"github.com/plumbapi/plumb/internal/cli/perf"
	"github.com/plumbapi/plumb/internal/cli/report"
	"github.com/plumbapi/plumb/internal/cli/rules"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/cli/webhooks"
)

// Main runs plumb with the arguments, without the program's name, and
// returns its exit code. An interrupt or SIGTERM ends it cleanly.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	tuneMemory(os.Getenv)
	e, err := env.OfProcess(stdin, stdout, stderr)
	if err != nil {
		return say(stderr, err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	return Run(ctx, e, args)
}

// Run runs plumb in an environment and returns its exit code.
func Run(ctx context.Context, e *env.Env, args []string) int {
	root := Command(e)
	root.SetArgs(args)
	return say(e.Stderr, root.ExecuteContext(ctx))
}

// Command makes the whole command tree. Without an environment (nil) it can
// be read, for the reference of commands, but not run.
func Command(e *env.Env) *cobra.Command {
	if e == nil {
		e = &env.Env{}
	}
	root := &cobra.Command{
		Use:   "plumb COMMAND",
		Short: "Keep REST, GraphQL and webhooks true to one API strategy",
		Example: `  plumb lint api/openapi.yaml
  plumb explain operation-tags`,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.AddCommand(
		check.New(e, &deliver.Hook{}),
		lint.New(e),
		lsp.New(e),
		diff.New(e),
		lifecycle.New(e),
		parity.New(e),
		perf.New(e),
		docs.New(e),
		webhooks.New(e),
		report.New(e, &deliver.Hook{}),
		integrations.New(e),
		rules.New(e),
		explain.New(e),
		demo.New(e, Run),
		initcmd.New(e),
		completion.New(e),
		version.New(e),
	)
	for _, c := range Commands(root) {
		if strings.HasSuffix(c.Use, " COMMAND") {
			c.Args = noSuchCommand
		}
	}
	root.Version = version.Number
	root.SetVersionTemplate("plumb {{.Version}}\n")
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetIn(e.Stdin)
	root.SetOut(e.Stdout)
	root.SetErr(e.Stderr)
	root.SetFlagErrorFunc(flagError)
	dressHelp(root)
	profile(root)
	return root
}

// Commands returns a command and all below it that a user may call, each
// before its own.
func Commands(root *cobra.Command) []*cobra.Command {
	list := []*cobra.Command{root}
	for _, c := range root.Commands() {
		if c.Hidden || c.Name() == "help" {
			continue
		}
		list = append(list, Commands(c)...)
	}
	return list
}

// say prints what there is to say of an error and returns its exit code.
func say(stderr io.Writer, err error) int {
	for line := range strings.Lines(env.Message(err)) {
		_, _ = fmt.Fprintf(stderr, "plumb: %s\n", strings.TrimRight(line, "\n"))
	}
	return env.Code(err)
}
