package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// process is what one finished command used.
type process struct {
	wall time.Duration
	peak int64 // bytes of the largest process
}

// wholeProcess measures the command line against redocly on the same file,
// in turn, five runs each.
func wholeProcess(progress io.Writer, file string) ([]row, error) {
	ours := []string{"./plumb", "lint", "--ruleset", "spectral:oas", "--format", "json", "--fail-on", "never", file}
	peer := redocly()
	if peer == nil {
		_, _ = fmt.Fprintln(progress, "redocly is not installed (make bench-peers): its row stays empty")
	} else {
		peer = append(peer, "lint", "--format", "json", file)
	}
	_, _ = fmt.Fprintln(progress, "plumb lint against redocly lint")
	var a, b []process
	for range 5 {
		p, err := measure(ours)
		if err != nil {
			return nil, err
		}
		a = append(a, p)
		if peer == nil {
			continue
		}
		if p, err = measure(peer); err != nil {
			return nil, err
		}
		b = append(b, p)
	}
	time := row{work: "plumb lint, GitHub 13 MB JSON, whole process", ours: seconds(medianWall(a)), budget: 0.1}
	memory := row{work: "the same, peak memory", ours: mebibytes(medianPeak(a)), budget: 0.5}
	if peer != nil {
		time.peer = seconds(medianWall(b)) + ", redocly lint"
		time.ratio = float64(medianWall(a)) / float64(medianWall(b))
		memory.peer = mebibytes(medianPeak(b)) + ", redocly lint"
		memory.ratio = float64(medianPeak(a)) / float64(medianPeak(b))
	}
	return []row{time, memory}, nil
}

// redocly returns the command that starts redocly, nil where there is none.
func redocly() []string {
	local := filepath.Join(".tmp", "peers", "node_modules", ".bin", "redocly")
	if _, err := os.Stat(local); err == nil {
		return []string{local}
	}
	if path, err := exec.LookPath("redocly"); err == nil {
		return []string{path}
	}
	return nil
}

// measure runs a command and throws away what it prints. Findings make it
// exit with 1, which is no failure here.
func measure(argv []string) (process, error) {
	cmd := exec.Command(argv[0], argv[1:]...)
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() > 1) {
		return process{}, fmt.Errorf("%s: %w", cmd, err)
	}
	p := process{wall: wall}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		p.peak = usage.Maxrss << 10
	}
	return p, nil
}

func medianWall(runs []process) time.Duration {
	slices.SortFunc(runs, func(a, b process) int { return int(a.wall - b.wall) })
	return runs[len(runs)/2].wall
}

func medianPeak(runs []process) int64 {
	slices.SortFunc(runs, func(a, b process) int { return int(a.peak - b.peak) })
	return runs[len(runs)/2].peak
}

func mebibytes(n int64) string { return fmt.Sprintf("%d MiB", n>>20) }
