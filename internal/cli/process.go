package cli

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
)

// tuneMemory trades memory for time: a command lives for a moment, and most
// of what it allocates it needs until the end. More than this gains no more:
// on the largest descriptions the collector takes a twentieth of the time.
// GOGC has the last word.
func tuneMemory(getenv func(string) string) {
	const percent = 200
	if getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// profile adds hidden flags to every command that write profiles of it.
func profile(root *cobra.Command) {
	var cpu, memory string
	for _, cmd := range Commands(root)[1:] {
		run := cmd.RunE
		if run == nil {
			continue
		}
		cmd.Flags().StringVar(&cpu, "cpuprofile", "", "write a CPU profile to `FILE`")
		cmd.Flags().StringVar(&memory, "memprofile", "", "write a profile of the heap to `FILE`")
		_ = cmd.Flags().MarkHidden("cpuprofile")
		_ = cmd.Flags().MarkHidden("memprofile")
		cmd.RunE = func(cmd *cobra.Command, args []string) error {
			if cpu != "" {
				f, err := os.Create(cpu)
				if err != nil {
					return env.Usagef("--cpuprofile: %w", err)
				}
				defer func() { _ = f.Close() }()
				if err := pprof.StartCPUProfile(f); err != nil {
					return env.Usagef("--cpuprofile: %w", err)
				}
				defer pprof.StopCPUProfile()
			}
			err := run(cmd, args)
			if memory != "" {
				return writeHeap(memory, err)
			}
			return err
		}
	}
}

func writeHeap(name string, after error) error {
	f, err := os.Create(name)
	if err != nil {
		return env.Usagef("--memprofile: %w", err)
	}
	runtime.GC()
	if err := pprof.Lookup("allocs").WriteTo(f, 0); err != nil {
		return env.Incompletef("--memprofile: %w", err)
	}
	if err := f.Close(); err != nil {
		return env.Incompletef("--memprofile: %w", err)
	}
	return after
}
