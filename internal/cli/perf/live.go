package perf

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	perflib "github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/load"
)

const (
	liveEvery  = 500 * time.Millisecond
	plainEvery = 10 * time.Second
	liveRows   = 16 // operations that are shown at most
)

// watch shows how far a run is until the function that it returns is called:
// on a terminal a view that is drawn again and again, elsewhere a line now and
// then, and nothing where nobody reads.
func watch(e *env.Env, quiet bool, plan *perflib.Plan, engine *load.Engine) (stop func()) {
	if quiet || !e.StderrTerminal && e.Getenv("CI") != "" {
		return func() {}
	}
	l := &live{w: e.Stderr, plan: plan, style: env.Style{On: e.StderrTerminal && e.Color("auto")}, width: cmp.Or(e.Width, 100)}
	every, show := plainEvery, l.line
	if e.StderrTerminal {
		every, show = liveEvery, l.draw
	}
	end := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-end:
				l.clear()
				return
			case <-tick.C:
				show(engine.Progress())
			}
		}
	})
	var once sync.Once
	return func() { once.Do(func() { close(end); wg.Wait() }) }
}

// live is the view of a run under way.
type live struct {
	w     io.Writer
	plan  *perflib.Plan
	style env.Style
	width int
	drawn int // lines on the terminal
	last  load.Progress
	done  uint64 // requests that had ended at last
}

// clear takes the view off the terminal.
func (l *live) clear() {
	if l.drawn > 0 {
		_, _ = fmt.Fprintf(l.w, "\x1b[%dA\x1b[J", l.drawn)
		l.drawn = 0
	}
}

// line writes how far the run is.
func (l *live) line(p load.Progress) {
	_, _ = fmt.Fprintln(l.w, l.head(p))
	l.last = p
}

// draw draws the view anew.
func (l *live) draw(p load.Progress) {
	lines := append([]string{l.head(p)}, l.rows(p)...)
	var b strings.Builder
	if l.drawn > 0 {
		fmt.Fprintf(&b, "\x1b[%dA", l.drawn)
	}
	for _, line := range lines {
		b.WriteString(line + "\x1b[K\n")
	}
	b.WriteString("\x1b[J")
	_, _ = io.WriteString(l.w, b.String())
	l.drawn, l.last = len(lines), p
}

// head is the line about the whole run.
func (l *live) head(p load.Progress) string {
	if p.Elapsed < 0 {
		return fmt.Sprintf("begins in %s", words.Duration(-p.Elapsed.Round(time.Second)))
	}
	var done, late uint64
	for i := range p.Operations {
		done += p.Operations[i].Sent
		late += p.Operations[i].Due - p.Operations[i].Sent
	}
	text := fmt.Sprintf("%s of %s", clock(p.Elapsed), clock(p.Duration))
	if p.Elapsed < p.WarmUp {
		text += ", warming up"
	}
	text += fmt.Sprintf("  %.4g/s due", p.Rate)
	if gone := p.Elapsed - l.last.Elapsed; l.last.Elapsed > p.WarmUp && gone > 0 && done >= l.done {
		text += fmt.Sprintf(", %.4g/s answered", float64(done-l.done)/gone.Seconds())
	}
	l.done = done
	text += fmt.Sprintf("  %d under way  lag p99 %s", p.UnderWay, words.Duration(p.Lag))
	if late > 0 {
		text += "  " + l.style.Bad(words.Number(int(late))+" not sent")
	}
	return text
}

// clock writes a duration as minutes and seconds.
func clock(d time.Duration) string {
	s := int(d.Seconds())
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// burn is how much of its budget an operation has used.
type burn struct {
	operation int
	share     float64 // of what the whole plan allows, by the demand that is worst; −1 where nothing is demanded
	demand    string
}

// rows are the operations that are worst off.
func (l *live) rows(p load.Progress) []string {
	var all []burn
	width := 0
	for i := range p.Operations {
		if p.Operations[i].Planned > 0 {
			all = append(all, burned(i, &l.plan.Operations[i].Budget, &p.Operations[i]))
		}
	}
	slices.SortStableFunc(all, func(a, b burn) int { return cmp.Compare(b.share, a.share) })
	rest := 0
	if len(all) > liveRows {
		all, rest = all[:liveRows], len(all)-liveRows
	}
	for _, b := range all {
		width = max(width, utf8.RuneCountInString(l.plan.Operations[b.operation].Name))
	}
	width = min(width, max(l.width-58, 12))
	var lines []string
	for _, b := range all {
		o := &p.Operations[b.operation]
		name := []rune(safe.Line(l.plan.Operations[b.operation].Name))
		if len(name) > width {
			name = append(name[:width-1], '…')
		}
		lines = append(lines, fmt.Sprintf("%-*s  %9s sent  %s", width, string(name), words.Number(int(o.Sent)), l.bar(b)))
	}
	if rest > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", rest))
	}
	return lines
}

// burned finds the demand that is worst off.
func burned(i int, b *perflib.Budget, o *load.OperationProgress) burn {
	worst := burn{operation: i, share: -1}
	take := func(missed uint64, allowed float64, name string) {
		share := 0.0
		if missed > 0 {
			share = float64(missed) / max(allowed*float64(o.Planned), 1e-9)
		}
		if share > worst.share {
			worst.share, worst.demand = share, name
		}
	}
	if b.HasErrors || b.Errors > 0 {
		take(o.Due-o.Good, b.Errors, "errors")
	}
	for k, objective := range b.Latency {
		take(o.Due-o.Within[k], 1-objective.Share, fmt.Sprintf("%s within %s", words.Percent(objective.Share), words.Duration(objective.Within)))
	}
	return worst
}

// bar shows how much of the budget is used.
func (l *live) bar(b burn) string {
	const cells = 10
	if b.share < 0 {
		return "no budget"
	}
	full := min(int(b.share*cells+0.5), cells)
	bar := strings.Repeat("█", full) + strings.Repeat("·", cells-full)
	text := fmt.Sprintf("%s %4.0f %% of %s", bar, min(b.share*100, 9999), b.demand)
	if b.share > 1 {
		return l.style.Bad(text)
	}
	return text
}
