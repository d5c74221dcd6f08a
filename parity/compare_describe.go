package parity

import (
	"slices"

	"github.com/plumbapi/plumb/parity/internal/word"
)

// described scores how far the descriptions of a property and a field say
// the same, 0 to 1: the share of the words that both have. It is 0 where one
// is missing.
func (c *comparer) described(p *prop, s *slot) float64 {
	a, b := p.property.Description, s.field.Source.Description
	if a == "" || b == "" {
		return 0
	}
	return c.names.sameText(a, b)
}

// sameText returns the share of the words of two texts that both have.
func (n *naming) sameText(a, b string) float64 {
	x, y := n.text(a), n.text(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	shared := 0
	for _, w := range x {
		if _, ok := slices.BinarySearch(y, w); ok {
			shared++
		}
	}
	return float64(shared) / float64(len(x)+len(y)-shared)
}

// maxText is how much of a description is looked at.
const maxText = 400

// text returns the stems of the words of a text that say something, sorted.
func (n *naming) text(s string) []string {
	if words, ok := n.texts[s]; ok {
		return words
	}
	cut := s
	if len(cut) > maxText {
		cut = cut[:maxText]
	}
	var out []string
	for _, w := range word.Split(cut) {
		if len(w) > 3 && !empty[w] {
			out = append(out, stem(n.lex.Canonical(w)[0]))
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	n.texts[s] = out
	return out
}

// empty are words of descriptions that say nothing.
var empty = map[string]bool{
	"this": true, "that": true, "these": true, "with": true, "from": true, "whether": true, "which": true, "when": true, "will": true,
	"have": true, "been": true, "were": true, "does": true, "into": true, "only": true, "such": true, "than": true, "then": true,
	"their": true, "them": true, "there": true, "they": true, "what": true, "where": true, "while": true, "would": true, "your": true,
	"returns": true, "identifies": true, "indicates": true, "given": true, "associated": true, "list": true, "true": true, "false": true,
}
