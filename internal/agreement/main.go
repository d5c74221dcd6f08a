// Command agreement measures how far plumb finds with the rulesets of others
// what the linters find that those were written for: Spectral, or with
// --with redocly Redocly CLI. It installs the linter and public rulesets from npm
// into .tmp/agreement, as they were published, and runs both over the same
// descriptions under PLUMB_CORPUS (default ../shared/corpus), or over those that
// are named. What the other linter says is kept there, by the digest of all that
// it depends on.
//
// It exits with 1 where plumb agrees too little with one of the rulesets.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "agreement: %v\n", err)
		os.Exit(1)
	}
}

// options are what the command was asked for.
type options struct {
	plumb   string  // the binary
	with    string  // the linter that is compared with
	rulings string  // names of rulesets, with commas; empty for all
	least   float64 // F1 that each ruleset has to reach
	verbose bool
	files   []string // instead of those of the corpus
}

func run(ctx context.Context, args []string) error {
	var o options
	flags := flag.NewFlagSet("agreement", flag.ContinueOnError)
	flags.StringVar(&o.plumb, "plumb", "./plumb", "the binary of plumb")
	flags.StringVar(&o.with, "with", "spectral", "compare with this linter: spectral or redocly")
	flags.StringVar(&o.rulings, "ruleset", "", "compare these rulesets alone: names with commas between them")
	flags.Float64Var(&o.least, "min", 0.97, "the F1 that each ruleset has to reach")
	flags.BoolVar(&o.verbose, "verbose", false, "list each finding that one has and the other has not")
	if err := flags.Parse(args); err != nil {
		return err
	}
	o.files = flags.Args()
	p := peers[o.with]
	if p == nil {
		return fmt.Errorf("there is no linter %q to compare with; it is spectral or redocly", o.with)
	}
	w := &workshop{peer: p, folder: filepath.Join(".tmp", p.folder), corpus: cmp.Or(os.Getenv("PLUMB_CORPUS"), filepath.Join("..", "shared", "corpus")), progress: os.Stderr}
	if err := w.install(ctx); err != nil {
		return err
	}
	var weak []string
	for _, r := range p.rulesets {
		if o.rulings != "" && !contains(strings.Split(o.rulings, ","), r) {
			continue
		}
		t, err := w.compare(ctx, r, &o)
		if err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		t.print(os.Stdout, o.verbose)
		if t.documents() == 0 || t.all().f1() < o.least || t.mean() < o.least {
			weak = append(weak, r.name)
		}
	}
	if len(weak) > 0 {
		return fmt.Errorf("F1 is under %.2f for %s", o.least, strings.Join(weak, ", "))
	}
	return nil
}

// contains reports whether a ruleset is among names: that of its package, or the
// end of it.
func contains(names []string, r ruleset) bool {
	for _, n := range names {
		if n == r.name || strings.HasSuffix(r.name, "/"+n) || strings.HasPrefix(r.name, n+"/") {
			return true
		}
	}
	return false
}
