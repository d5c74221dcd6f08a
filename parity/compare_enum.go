package parity

import "slices"

// overlap is the share of values that two enums have in common, of the
// smaller one.
func (c *comparer) overlap(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	left, _ := c.lacking(a, b)
	shared := len(a) - len(left)
	return float64(shared) / float64(min(len(a), len(b)))
}

// lacking returns the values of each of two enums that the other lacks:
// casing, separators, plurals and synonyms do not count.
func (c *comparer) lacking(rest, graphql []string) (inGraphQL, inREST []string) {
	inGraphQL, inREST = unlike(rest, graphql, fold)
	if len(inGraphQL) > 0 && len(inREST) > 0 {
		inGraphQL, inREST = unlike(inGraphQL, inREST, c.canonical)
	}
	return inGraphQL, inREST
}

// canonical is the words of a value, synonyms resolved.
func (c *comparer) canonical(text string) string {
	key := ""
	for _, w := range c.p.lex.Canonical(text) {
		key += stem(w) + " "
	}
	return key
}

func unlike(a, b []string, key func(string) string) (onlyA, onlyB []string) {
	keys := func(values []string) []string {
		out := make([]string, len(values))
		for i, v := range values {
			out[i] = key(v)
		}
		return out
	}
	x, y := keys(a), keys(b)
	for i, v := range a {
		if !slices.Contains(y, x[i]) {
			onlyA = append(onlyA, v)
		}
	}
	for i, v := range b {
		if !slices.Contains(x, y[i]) {
			onlyB = append(onlyB, v)
		}
	}
	return onlyA, onlyB
}
