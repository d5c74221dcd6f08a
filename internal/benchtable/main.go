// Command benchtable prints how fast plumb is, each figure beside a floor or a
// peer measured in the same run. It reads the descriptions under
// PLUMB_CORPUS (default ../shared/corpus) and uses redocly where it is
// installed; `make bench-peers` installs it.
package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

func main() {
	if err := run(os.Stdout, os.Stderr); err != nil {
		fmt.Fprintf(os.Stderr, "benchtable: %v\n", err)
		os.Exit(1)
	}
}

// row is one line of the table: a figure of ours, one of a peer or floor, and
// what their ratio must not exceed.
type row struct {
	work   string
	ours   string
	peer   string
	ratio  float64
	budget float64 // 0: none
}

func run(stdout, progress io.Writer) error {
	corpus := cmp.Or(os.Getenv("PLUMB_CORPUS"), filepath.Join("..", "shared", "corpus"))
	big := filepath.Join(corpus, "github", "rest", "api.github.com.json")
	if _, err := os.Stat(big); err != nil {
		return fmt.Errorf("no descriptions to measure with: %w (set PLUMB_CORPUS)", err)
	}
	var rows []row
	inside, err := insideProcess(progress)
	if err != nil {
		return err
	}
	rows = append(rows, inside...)
	whole, err := wholeProcess(progress, big)
	if err != nil {
		return err
	}
	rows = append(rows, whole...)
	return printTable(stdout, rows)
}

func printTable(w io.Writer, rows []row) error {
	var err error
	print := func(format string, args ...any) {
		_, e := fmt.Fprintf(w, format, args...)
		err = errors.Join(err, e)
	}
	print("| work | ours | floor or peer, same run | ratio | at most |\n|---|---|---|---|---|\n")
	for _, r := range rows {
		budget := ""
		if r.budget > 0 {
			budget = fmt.Sprintf("%.2f", r.budget)
			if r.ratio > r.budget {
				budget += " — over"
			}
		}
		ratio := ""
		if r.ratio > 0 {
			ratio = fmt.Sprintf("%.3f", r.ratio)
		}
		print("| %s | %s | %s | %s | %s |\n", r.work, r.ours, r.peer, ratio, budget)
	}
	return err
}

func seconds(d time.Duration) string {
	switch {
	case d < 2*time.Millisecond:
		return fmt.Sprintf("%.0f µs", float64(d)/float64(time.Microsecond))
	case d < time.Second:
		return fmt.Sprintf("%.0f ms", float64(d)/float64(time.Millisecond))
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}
