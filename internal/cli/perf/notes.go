package perf

import (
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
)

// tellNotes says what of the requests may not be what the descriptions mean, at most
// so many lines of it.
func (c *call) tellNotes(notes []string, most int) {
	if c.output.Quiet() {
		return
	}
	for _, note := range notes[:min(most, len(notes))] {
		c.env.Say("plumb: note: %s", safe.Line(note))
	}
	if more := len(notes) - most; more > 0 {
		c.env.Say("plumb: note: %s more, which plumb perf lint tells", words.Count(more, "such note"))
	}
}

// fewNotes is how many notes are told beside what a run measured.
const fewNotes = 5
