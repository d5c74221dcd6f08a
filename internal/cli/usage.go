package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
)

// noSuchCommand is the Args of a command that only has others: whatever is left
// there is no command.
func noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() || c.Name() == "help" {
			names = append(names, c.Name())
		}
	}
	return env.Usagef("%w (%s --help lists them)", env.Unknown("command", args[0], names), cmd.CommandPath())
}

// flagError words what is wrong with a flag, and names the closest one where
// there is no such flag.
func flagError(cmd *cobra.Command, err error) error {
	var (
		unknown *pflag.NotExistError
		invalid *pflag.InvalidValueError
		missing *pflag.ValueRequiredError
	)
	help := fmt.Sprintf("(%s --help lists them)", cmd.CommandPath())
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return env.Usagef("unknown flag -%s %s", unknown.GetSpecifiedShortnames()[:1], help)
	case errors.As(err, &unknown):
		return unknownFlag(cmd, unknown.GetSpecifiedName(), help)
	case errors.As(err, &invalid):
		name, cause := invalid.GetFlag().Name, invalid.Unwrap()
		if _, ok := invalid.GetFlag().Value.(*env.Choice); ok {
			return env.Usagef("--%s: %w", name, cause)
		}
		return env.Usagef("--%s: %q is no %s", name, invalid.GetValue(), typeName(invalid.GetFlag()))
	case errors.As(err, &missing):
		return env.Usagef("--%s needs a value: %s", missing.GetFlag().Name, missing.GetFlag().Usage)
	}
	return env.Usagef("%w", err)
}

func unknownFlag(cmd *cobra.Command, name, help string) error {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	})
	if closest := check.Closest(name, names); closest != "" {
		return env.Usagef("unknown flag --%s; did you mean --%s? %s", name, closest, help)
	}
	return env.Usagef("unknown flag --%s %s", name, help)
}

func typeName(f *pflag.Flag) string {
	if strings.HasPrefix(f.Value.Type(), "int") {
		return "number"
	}
	return f.Value.Type()
}
