package view

import (
	"bufio"
	"fmt"
	"io"

	"github.com/plumbapi/plumb/internal/words"
)

// shownDecisions is how many decisions the text lists.
const shownDecisions = 5

// Text writes what fits a terminal: a sentence for each API, the most urgent
// decisions, and how many criteria are met. The page has all of it.
func Text(w io.Writer, in Input) error {
	v := newView(in)
	b := bufio.NewWriter(w)
	for _, a := range v.apis {
		_, _ = fmt.Fprintf(b, "%s: %s\n", a.label, a.headline)
	}
	if len(v.apis) == 0 {
		_, _ = fmt.Fprintln(b, v.lead()+".")
	}
	if len(v.decisions) > 0 {
		_, _ = fmt.Fprintln(b, "\nto decide")
	}
	for i, d := range v.decisions {
		if i == shownDecisions {
			_, _ = fmt.Fprintf(b, "  and %s more\n", words.Number(len(v.decisions)-i))
			break
		}
		about := ""
		if len(v.apis) > 1 && d.API != "" {
			about = d.API + ": "
		}
		_, _ = fmt.Fprintf(b, "  %s%s%s\n", about, d.What, spaced(paren(d.Owner)))
	}
	if met, asked := v.met(); asked > 0 {
		_, _ = fmt.Fprintf(b, "\n%s of %s exit criteria met\n", words.Number(met), words.Number(asked))
	}
	return b.Flush()
}

func spaced(s string) string {
	if s == "" {
		return ""
	}
	return " " + s
}
