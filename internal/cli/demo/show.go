package demo

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/demo"
	"github.com/plumbapi/plumb/internal/words"
)

// show prints each command, what was found by kind of flaw, and what to open.
func (c *call) show(results []result, v *verdict, took time.Duration) error {
	st := env.Style{On: c.env.Color(c.color.Value)}
	var b strings.Builder
	if !c.quiet {
		c.commands(&b, st, results)
		c.kinds(&b, st, v)
	}
	for i, flaw := range v.flaws {
		for _, f := range v.missed[i] {
			fmt.Fprintf(&b, "%s  %s of %s: %s: %s\n", st.Bad("missed"), f.Rule, f.Element, flaw.Where, flaw.What)
		}
	}
	for _, f := range v.more {
		fmt.Fprintf(&b, "%s  %s of %s: %s\n", st.Bad("not expected"), f.Rule, f.Location.Element, f.Message)
	}
	if !c.quiet {
		c.close(&b, st, v, took)
	}
	_, err := c.env.Stdout.Write([]byte(b.String()))
	return err
}

// commands lists what was run.
func (c *call) commands(b *strings.Builder, st env.Style, results []result) {
	fmt.Fprintf(b, "%s is an issue tracker with REST, GraphQL and webhooks, and %d flaws. plumb looks at it:\n\n", st.Bold("Gutter"), len(demo.Flaws()))
	for _, r := range results {
		fmt.Fprintf(b, "  %8s  %8s  %s\n", words.Count(len(r.findings), "finding"), seconds(r.took), r.step.line())
	}
}

// kinds sums up by kind of flaw.
func (c *call) kinds(b *strings.Builder, st env.Style, v *verdict) {
	fmt.Fprintf(b, "\n%-17s  %s\n", "kind of flaw", "found")
	for _, kind := range demo.Kinds() {
		there, found := 0, 0
		var names []string
		for i, flaw := range v.flaws {
			if flaw.Kind != kind {
				continue
			}
			there++
			if len(v.missed[i]) == 0 {
				found++
			}
			names = append(names, flaw.Where)
		}
		mark := st.Good("✓")
		if found != there {
			mark = st.Bad("✗")
		}
		fmt.Fprintf(b, "%-17s  %s %d of %d  %s\n", kind, mark, found, there, strings.Join(names, " · "))
	}
	b.WriteByte('\n')
}

// close says what came of it and what to do next.
func (c *call) close(b *strings.Builder, st env.Style, v *verdict, took time.Duration) {
	all := len(v.flaws)
	found := all - len(v.missed)
	rest := "and nothing else"
	if len(v.more) > 0 {
		rest = st.Bad("and " + words.Count(len(v.more), "finding") + " more")
	}
	fmt.Fprintf(b, "%s of %s found, %s · %s\n", words.Number(found), words.Count(all, "flaw"), rest, seconds(took))
	fmt.Fprintf(b, "open %s, %s and %s\n", filepath.Join(c.place, findingsPage), filepath.Join(c.place, reportPage), filepath.Join(c.place, siteFolder, "index.html"))
	fmt.Fprintf(b, "cd %s && plumb check\n", c.place)
}

// writeList prints the flaws and what finds each.
func (c *call) writeList() error {
	st := env.Style{On: c.env.Color(c.color.Value)}
	var b strings.Builder
	for _, kind := range demo.Kinds() {
		fmt.Fprintf(&b, "%s\n", st.Bold(string(kind)))
		for _, flaw := range demo.Flaws() {
			if flaw.Kind != kind {
				continue
			}
			fmt.Fprintf(&b, "  %s: %s. %s\n", flaw.Where, flaw.What, flaw.Why)
			for _, f := range flaw.Findings {
				fmt.Fprintf(&b, "      %s\n", f.Rule)
			}
		}
	}
	b.WriteString("\nplumb explain RULE says what a rule demands; plumb demo finds them all\n")
	_, err := c.env.Stdout.Write([]byte(b.String()))
	return err
}
