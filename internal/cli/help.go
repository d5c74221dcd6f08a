package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/plumbapi/plumb/internal/cli/env"
)

// dressHelp gives every command the same help: its purpose in a line, two
// examples, how it is called, more words, its flags.
func dressHelp(root *cobra.Command) {
	root.SetHelpCommand(&cobra.Command{
		Use: "help [COMMAND]", Short: "Say how a command is used", Hidden: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			found, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return noSuchCommand(cmd.Root(), args)
			}
			return found.Help()
		},
	})
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		_, _ = fmt.Fprint(cmd.OutOrStdout(), helpText(cmd))
	})
	root.SetUsageFunc(func(cmd *cobra.Command) error {
		_, err := fmt.Fprintf(cmd.ErrOrStderr(), "usage: %s\n", cmd.UseLine())
		return err
	})
	for _, cmd := range Commands(root) {
		cmd.DisableFlagsInUseLine = true
		cmd.InitDefaultHelpFlag()
		cmd.Flags().Lookup("help").Usage = "say how the command is used"
	}
	root.InitDefaultVersionFlag()
	root.Flags().Lookup("version").Usage = "print the version"
}

func helpText(cmd *cobra.Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s.\n\n%s\n\nUsage:\n  %s\n", cmd.Short, cmd.Example, cmd.UseLine())
	if cmd.Long != "" {
		fmt.Fprintf(&b, "\n%s\n", cmd.Long)
	}
	if commands := available(cmd); len(commands) > 0 {
		b.WriteString("\nCommands:\n")
		for _, c := range commands {
			fmt.Fprintf(&b, "  %-12s %s\n", c.Name(), c.Short)
		}
	}
	fmt.Fprintf(&b, "\nFlags:\n%s", flagTable(cmd.LocalFlags()))
	if cmd.HasParent() {
		return b.String()
	}
	b.WriteString("\nplumb COMMAND --help says more about a command.\n")
	return b.String()
}

func available(cmd *cobra.Command) []*cobra.Command {
	var list []*cobra.Command
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() && !c.Hidden {
			list = append(list, c)
		}
	}
	return list
}

// flagTable lists flags: name and value on a line with what it does, or on a
// line of their own where they are long.
func flagTable(flags *pflag.FlagSet) string {
	const column = 30
	var b strings.Builder
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name, usage := pflag.UnquoteUsage(f)
		head := "      --" + f.Name
		if f.Shorthand != "" {
			head = "  -" + f.Shorthand + ", --" + f.Name
		}
		switch {
		case f.NoOptDefVal != "" && f.Value.Type() != "bool":
			head += "[=" + name + "]"
		case name != "":
			head += " " + name
		}
		if !slices.Contains([]string{"", "0", "false", "[]"}, f.DefValue) {
			usage += fmt.Sprintf(" (default %s)", f.DefValue)
		}
		usage = env.Wrap(usage, 80-column, column)
		if len(head) >= column {
			fmt.Fprintf(&b, "%s\n%*s%s\n", head, column, "", usage)
			return
		}
		fmt.Fprintf(&b, "%-*s%s\n", column, head, usage)
	})
	return b.String()
}
