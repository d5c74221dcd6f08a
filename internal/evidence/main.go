// Command evidence measures what the catalog of integrations cannot find out
// while somebody waits: coverage, how many small faults the tests notice, a run
// under load, the accessibility of pages, whether the commands of a page work.
// It writes evidence.json into the folder of each integration, with the digest of
// what was measured. It decides nothing: package catalog has the bounds.
//
//	go run ./internal/evidence [NAME...]
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"time"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/catalog"
	"github.com/plumbapi/plumb/integration/tools"
)

// options are those of a call.
type options struct {
	root    string
	slo     time.Duration
	mutants int
}

func main() {
	var o options
	flag.StringVar(&o.root, "root", ".", "the folder of the module")
	flag.DurationVar(&o.slo, "slo", time.Minute, "how long the run under load lasts")
	flag.IntVar(&o.mutants, "mutants", 60, "how many faults are tried at most, spread over all there are")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "evidence:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options, names []string) error {
	var chosen []integration.Tool
	for _, t := range tools.All() {
		if len(names) == 0 || slices.Contains(names, t.Manifest().Name) {
			chosen = append(chosen, t)
		}
	}
	if len(chosen) < len(names) {
		return fmt.Errorf("there are integrations %v only", tools.Names())
	}
	loads := loadAll(ctx, chosen, o.slo)
	for _, t := range chosen {
		name := t.Manifest().Name
		fmt.Printf("%s\n", name)
		dir := filepath.Join(o.root, "integration", name)
		digest, err := catalog.Digest(os.DirFS(dir))
		if err != nil {
			return err
		}
		e := &catalog.Evidence{Version: catalog.EvidenceVersion, Integration: name, Sources: digest, Recorded: time.Now().UTC().Truncate(time.Second), By: "make evidence"}
		for _, measure := range []func() ([]catalog.Measurement, error){
			func() ([]catalog.Measurement, error) { return tests(ctx, o.root, name) },
			func() ([]catalog.Measurement, error) { return loads[name].measurement(), nil },
			func() ([]catalog.Measurement, error) { return pages(ctx, o.root, t) },
			func() ([]catalog.Measurement, error) { return mutate(ctx, o.root, name, o.mutants) },
		} {
			results, err := measure()
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			for _, r := range results {
				fmt.Printf("  %s  %s\n", r.Check, r.Detail)
			}
			e.Results = append(e.Results, results...)
		}
		if err := write(filepath.Join(dir, "evidence.json"), e); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func write(path string, e *catalog.Evidence) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	if err := e.Write(file); err != nil {
		return err
	}
	return file.Close()
}
