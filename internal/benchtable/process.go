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
	if redocly() == nil {
		_, _ = fmt.Fprintln(progress, "redocly is not installed (make bench-peers): its rows stay empty")
	}
	lint, err := against(progress, race{
		work: "plumb lint, GitHub 13 MB JSON, whole process", peer: "redocly lint", time: 0.1, memory: 0.5,
		ours: func(int) []string {
			return []string{"lint", "--ruleset", "spectral:oas", "--format", "json", "--fail-on", "never", file}
		},
		theirs: func(int) []string { return []string{"lint", "--format", "json", file} },
	})
	if err != nil {
		return nil, err
	}
	same, err := against(progress, race{
		work: "plumb lint with redocly:recommended, GitHub 13 MB JSON, whole process", peer: "redocly lint", time: 0.1, memory: 0.5,
		ours: func(int) []string {
			return []string{"lint", "--ruleset", "redocly:recommended", "--format", "json", "--fail-on", "never", file}
		},
		theirs: func(int) []string { return []string{"lint", "--format", "json", file} },
	})
	if err != nil {
		return nil, err
	}
	out, err := os.MkdirTemp("", "plumb-bench")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(out) }()
	docs, err := against(progress, race{
		work: "plumb docs build, GitHub 13 MB JSON, all pages", peer: "redocly build-docs, one page", time: 0.5, memory: 1,
		ours: func(i int) []string {
			return []string{"docs", "build", "--quiet", "--output", filepath.Join(out, fmt.Sprint("site", i)), file}
		},
		theirs: func(i int) []string {
			return []string{"build-docs", file, "--output", filepath.Join(out, fmt.Sprintf("page%d.html", i))}
		},
	})
	return slices.Concat(lint, same, docs), err
}

// race is one command of ours and one of a peer that do the same.
type race struct {
	work, peer string
	// time and memory are what our share of the peer's may be at most.
	time, memory float64
	// ours and theirs are the arguments of a run, by its number.
	ours, theirs func(int) []string
}

func against(progress io.Writer, r race) ([]row, error) {
	peer := redocly()
	_, _ = fmt.Fprintf(progress, "%s, against %s\n", r.work, r.peer)
	var a, b []process
	for i := range 5 {
		p, err := measure(append([]string{"./plumb"}, r.ours(i)...))
		if err != nil {
			return nil, err
		}
		a = append(a, p)
		if peer == nil {
			continue
		}
		if p, err = measure(append(slices.Clone(peer), r.theirs(i)...)); err != nil {
			return nil, err
		}
		b = append(b, p)
	}
	time := row{work: r.work, ours: seconds(medianWall(a)), budget: r.time}
	memory := row{work: "the same, peak memory", ours: mebibytes(medianPeak(a)), budget: r.memory}
	if peer != nil {
		time.peer = seconds(medianWall(b)) + ", " + r.peer
		time.ratio = float64(medianWall(a)) / float64(medianWall(b))
		memory.peer = mebibytes(medianPeak(b)) + ", " + r.peer
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
