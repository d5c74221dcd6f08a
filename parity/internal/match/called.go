package match

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// called is a root field as a call: what its name and its input say.
type called struct {
	verb  word.ID // -1 where the name has none
	class word.Verb
	nouns word.Name
	// given are the words of what it takes and yields.
	given []word.ID
	// inputs are the names of its arguments.
	inputs []input
	// letters are those of the name, in lower case.
	letters string
	// plural says that some word of the name is a plural, bulk that it takes
	// a list of IDs, generic that it takes a thing by a word that stands for
	// any: id, subject.
	plural, bulk, generic bool
}

// rootCalls takes every root field apart, once.
func (m *matcher) rootCalls() {
	for _, list := range [][]*gql.Field{m.gql.Queries, m.gql.Mutations} {
		for _, f := range list {
			c := &called{letters: letters(f.Name), plural: slices.ContainsFunc(word.Split(f.Name), m.lex.Plural)}
			c.verb, c.class, c.nouns = m.split(f.Words)
			for _, a := range f.Args {
				c.inputs = append(c.inputs, m.input(a.Words))
				c.given = append(c.given, a.Words.Words...)
				if a.Type != nil {
					c.given = append(c.given, a.Type.Words.Words...)
				}
				c.bulk = c.bulk || a.List && a.Scalar == "ID"
				c.generic = c.generic || m.standsForAny(a.Words)
			}
			for _, p := range f.Payload {
				c.given = append(c.given, p.Words.Words...)
			}
			slices.Sort(c.given)
			c.given = slices.Compact(c.given)
			m.calledOf[f] = c
		}
	}
}

// standsForAny reports whether an argument's name could be that of any thing.
func (m *matcher) standsForAny(n word.Name) bool {
	for _, w := range n.Set {
		switch m.lex.Text(w) {
		case "id", "subject", "target", "source", "parent", "owner", "container", "object", "resource", "gid", "uuid":
		default:
			return false
		}
	}
	return true
}

// letters are those of a name, in lower case.
func letters(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		}
		return -1
	}, name)
}
