package match

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/parity/internal/word"
)

// candidate makes the public form of an option, with its evidence in words.
func (m *matcher) candidate(q *question, o *option) Candidate {
	c := Candidate{Field: o.field, Coordinate: o.name, Path: m.pathTo(q, o.field), Status: "match", Confidence: o.p}
	if q.op.Method == "GET" {
		c.Evidence = m.readEvidence(q, o)
	} else {
		c.Evidence = m.writeEvidence(q, o)
	}
	c.Evidence = slices.DeleteFunc(c.Evidence, func(e Evidence) bool { return e.Text == "" })
	slices.SortStableFunc(c.Evidence, func(a, b Evidence) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	return c
}

// why are the texts of evidence that speaks for a candidate, the strongest
// first, then of the strongest against it.
func (c *Candidate) why() []string {
	why := []string{}
	for _, e := range c.Evidence {
		if e.Weight >= 0 && !e.against {
			why = append(why, e.Text)
		}
	}
	if but := c.but(); but != "" {
		why = append(why, "but "+but)
	}
	return why
}

// but is the text of the strongest evidence against a candidate, "" where
// there is none.
func (c *Candidate) but() string {
	const weak = 0.3
	for _, e := range c.Evidence {
		if e.Weight < -weak && e.against {
			return e.Text
		}
	}
	return ""
}

// whyNot says what came nearest, and what stood against it.
func (c *Candidate) whyNot() []string {
	text := fmt.Sprintf("nearest is %s, %.0f %% likely", c.Coordinate, 100*c.Confidence)
	if but := c.but(); but != "" {
		text += ", but " + but
	}
	return []string{text}
}

// say makes evidence of the weighted sum of some kinds. The text begins with
// a minus sign where it speaks against.
func say(o *option, weights []float64, text string, kinds ...int) Evidence {
	sum := 0.0
	for _, k := range kinds {
		sum += o.evidence[k] * weights[k]
	}
	plain, against := strings.CutPrefix(text, "-")
	return Evidence{Weight: math.Round(sum*100) / 100, Text: plain, against: against}
}

// spelled returns the words of a name that are among some, as the name
// spells them.
func (m *matcher) spelled(name string, among []word.ID) string {
	var words []string
	for _, w := range word.Split(name) {
		for _, canon := range m.lex.Canonical(w) {
			if id, ok := m.lex.Known(canon); ok && contains(among, id) && !slices.Contains(words, w) {
				words = append(words, w)
			}
		}
	}
	return list(words)
}

// list writes words as a sentence does: a, b and c.
func list(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = fmt.Sprintf("%q", w)
	}
	if len(quoted) < 2 {
		return strings.Join(quoted, "")
	}
	return strings.Join(quoted[:len(quoted)-1], ", ") + " and " + quoted[len(quoted)-1]
}
