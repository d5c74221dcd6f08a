// Package completion is the command `plumb completion`: it prints what makes
// a shell complete plumb's commands, flags, rules and formats.
package completion

import (
	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
)

// New makes the command.
func New(e *env.Env) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion bash|zsh|fish|powershell",
		Short: "Print the script that completes plumb's commands in a shell",
		Long: `To load it:

  bash         source <(plumb completion bash)
  zsh          plumb completion zsh > "${fpath[1]}/_plumb"
  fish         plumb completion fish > ~/.config/fish/completions/plumb.fish
  powershell   plumb completion powershell | Out-String | Invoke-Expression`,
		Example: `  plumb completion bash > plumb-completion.bash
  plumb completion fish | head`,
		ValidArgs: shells,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return env.Usagef("completion takes the name of one shell: bash, zsh, fish or powershell")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(e.Stdout, true)
			case "zsh":
				return root.GenZshCompletion(e.Stdout)
			case "fish":
				return root.GenFishCompletion(e.Stdout, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(e.Stdout)
			}
			return env.Usagef("%w", env.Unknown("shell", args[0], shells))
		},
	}
}
