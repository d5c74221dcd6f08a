package lint

import (
	"fmt"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/ink"
	"github.com/plumbapi/plumb/internal/safe"
)

// line writes a line about what happens, with the time.
func (w *watcher) line(format string, args ...any) {
	_, _ = fmt.Fprintf(w.env.Stdout, "%s  %s\n", w.env.Now().Format("15:04:05"), safe.Wrap(fmt.Sprintf(format, args...), 10, w.env.Width))
}

// mostSaid is how many findings of a kind are written after one change; there is a
// call without --watch for all of them.
const mostSaid = 20

// findings writes what is new, or mended.
func (w *watcher) findings(what string, list []check.Finding) {
	for i := range list[:min(len(list), mostSaid)] {
		w.finding(what, &list[i])
	}
	if rest := len(list) - mostSaid; rest > 0 {
		_, _ = fmt.Fprintf(w.env.Stdout, "%-8s  and %d more\n", what, rest)
	}
}

// finding writes one: in a line where it fits into the terminal, else the message
// below.
func (w *watcher) finding(what string, f *check.Finding) {
	at, color := f.Location, w.opts.output.Color(w.env)
	style := map[check.Severity]string{check.Error: ink.BoldRed, check.Warning: ink.Yellow, check.Info: ink.Blue}[f.Severity]
	mark := ink.Bold
	if what == "mended" {
		mark = ink.Green
	}
	place := safe.Line(fmt.Sprintf("%s:%d:%d", w.shown(at.File), at.Line, at.Column))
	head := ink.Paint(color, mark, what) + safe.Spaces(8-len(what)) + "  " +
		ink.Paint(color, style, f.Severity.String()) + safe.Spaces(max(0, 7-len(f.Severity.String()))) + "  " + place
	used, message := 19+safe.Cells(place), safe.Line(f.Message)
	switch width := w.env.Width; {
	case width == 0 || used+2+len(f.Rule)+2+safe.Cells(message) <= width:
		_, _ = fmt.Fprintln(w.env.Stdout, head+"  "+f.Rule+"  "+message)
	case used+2+len(f.Rule) <= width:
		_, _ = fmt.Fprintln(w.env.Stdout, head+"  "+f.Rule+"\n"+safe.Spaces(10)+safe.Wrap(message, 10, width))
	default:
		_, _ = fmt.Fprintln(w.env.Stdout, head+"\n"+safe.Spaces(10)+safe.Wrap(f.Rule+": "+message, 10, width))
	}
}

// kept returns what is found now, and one of the documents that cannot be read,
// "" where all can. Of such a one nothing is found but that: what was found in it
// before is not mended, and stays.
func (w *watcher) kept(merged *check.Report) (later []check.Finding, broken string) {
	later = slices.Clone(merged.Findings)
	reports, unread := w.call.reports(), map[same]bool{}
	if len(w.inside) != len(reports) {
		w.inside = make([]map[string]bool, len(reports))
	}
	for i, rep := range reports {
		if w.readable(i) {
			w.inside[i] = map[string]bool{}
			for _, name := range slices.Concat(rep.Subjects, rep.Files) {
				w.inside[i][name] = true
			}
			continue
		}
		broken = w.call.results[i].doc.Name
		for j := range rep.Findings {
			unread[sameAs(&rep.Findings[j])] = true
		}
		for j := range w.last {
			if f := &w.last[j]; w.inside[i][f.Location.File] && !w.unread[sameAs(f)] {
				later = append(later, *f)
			}
		}
	}
	w.unread = unread
	return later, broken
}

// readable reports whether a document of the last run could be read.
func (w *watcher) readable(i int) bool {
	if s := w.call.sessions; s != nil && s[i].Live() {
		return !s[i].Unread()
	}
	return len(w.call.results[i].doc.Failed) == 0
}

// same is what makes findings of two runs one, wherever they stand.
type same struct{ fingerprint, message string }

func sameAs(f *check.Finding) same { return same{f.Fingerprint, f.Message} }

// difference returns the findings that only the later ones have, and those that
// only the earlier ones have.
func difference(earlier, later []check.Finding) (added, mended []check.Finding) {
	count := map[same]int{}
	for i := range earlier {
		count[sameAs(&earlier[i])]++
	}
	for i := range later {
		k := sameAs(&later[i])
		if count[k]--; count[k] < 0 {
			added = append(added, later[i])
		}
	}
	for i := range earlier {
		k := sameAs(&earlier[i])
		if count[k] > 0 {
			count[k]--
			mended = append(mended, earlier[i])
		}
	}
	return added, mended
}
