// Package word turns names into words that two vocabularies share: it splits
// a name in any casing, takes plurals and synonyms back to one word each, and
// knows which words are verbs and which only say that a name is a variant of
// another.
//
// What it knows stands in packs, which are data: the core of English that any
// API speaks, and a pack for each domain. A project adds its own words. No
// word of any product is in code.
package word

import (
	"slices"
	"strings"
)

// ID is one word of a Lexicon, synonyms being one. IDs are dense from 0.
type ID int32

// Name is a name as words. The zero Name has none.
type Name struct {
	// Words are in the order of the name, synonyms resolved.
	Words []ID
	// Set is Words sorted, each once.
	Set []ID
}

// Has reports whether the word is one of the name's.
func (n Name) Has(w ID) bool {
	_, found := slices.BinarySearch(n.Set, w)
	return found
}

// Lexicon knows words. It is built up while names are read and is not safe
// for concurrent use until then; afterwards it is.
type Lexicon struct {
	ids    map[string]ID
	texts  []string
	names  map[string]Name
	phrase map[string][]alternative // by first word
	single map[string]string        // synonym of one word
	verbs  map[string]Verb
	loose  map[string]bool   // words that tell variants apart
	weak   map[string]bool   // those that may also be things
	narrow map[string]bool   // words that narrow a list down
	broad  map[string]string // the broader word
	filler map[string]bool
	units  map[string]string // irregular plurals
}

// alternative is a phrase that stands for a word.
type alternative struct {
	words []string
	canon string
}

// New makes a lexicon of packs (see [Packs] for the names) and of groups of a
// project's own synonyms, of which the first stands for the others.
// An unknown pack is an error.
func New(packs []string, own [][]string) (*Lexicon, error) {
	l := &Lexicon{
		ids: map[string]ID{}, names: map[string]Name{}, phrase: map[string][]alternative{},
		single: map[string]string{}, verbs: map[string]Verb{}, loose: map[string]bool{}, weak: map[string]bool{}, narrow: map[string]bool{}, broad: map[string]string{},
		filler: map[string]bool{}, units: map[string]string{},
	}
	if err := l.load("core"); err != nil {
		return nil, err
	}
	for _, pack := range packs {
		if err := l.load(pack); err != nil {
			return nil, err
		}
	}
	for _, group := range own {
		if len(group) > 1 {
			l.same(group[0], group[1:])
		}
	}
	for first := range l.phrase {
		slices.SortFunc(l.phrase[first], func(a, b alternative) int {
			if c := len(b.words) - len(a.words); c != 0 {
				return c
			}
			return strings.Compare(strings.Join(a.words, " "), strings.Join(b.words, " "))
		})
	}
	return l, nil
}

// ID returns the word of a text that is one word already, in its canonical
// form.
func (l *Lexicon) ID(text string) ID {
	id, ok := l.ids[text]
	if !ok {
		id = ID(len(l.texts))
		l.ids[text] = id
		l.texts = append(l.texts, text)
	}
	return id
}

// Known returns the word of a text, and whether any name had it.
func (l *Lexicon) Known(text string) (ID, bool) {
	id, ok := l.ids[text]
	return id, ok
}

// Text returns a word as it is written.
func (l *Lexicon) Text(id ID) string { return l.texts[id] }

// Len returns how many words there are: one more than the largest ID.
func (l *Lexicon) Len() int { return len(l.texts) }

// Name returns a name as words.
func (l *Lexicon) Name(name string) Name {
	if n, ok := l.names[name]; ok {
		return n
	}
	n := l.name(l.Canonical(name))
	l.names[name] = n
	return n
}

// Of makes a name of words.
func Of(words ...ID) Name {
	set := slices.Clone(words)
	slices.Sort(set)
	return Name{Words: words, Set: slices.Compact(set)}
}

// Join returns the name that has the words of several, in order.
func Join(names ...Name) Name {
	var words []ID
	for _, n := range names {
		words = append(words, n.Words...)
	}
	return Of(words...)
}

// Without returns the name less the words for which drop holds.
func (n Name) Without(drop func(ID) bool) Name {
	if !slices.ContainsFunc(n.Words, drop) {
		return n
	}
	var words []ID
	for _, w := range n.Words {
		if !drop(w) {
			words = append(words, w)
		}
	}
	return Of(words...)
}

func (l *Lexicon) name(words []string) Name {
	ids := make([]ID, len(words))
	for i, w := range words {
		ids[i] = l.ID(w)
	}
	return Of(ids...)
}

// maxName is how much of a name is read, in bytes: what is longer is noise.
const maxName = 256

// Canonical returns the words of a name with plurals and synonyms resolved.
// Words that say nothing (of, the) are left out unless there is no other.
func (l *Lexicon) Canonical(name string) []string {
	raw := Split(name[:min(len(name), maxName)])
	for i, w := range raw {
		raw[i] = l.singular(w)
	}
	out := make([]string, 0, len(raw))
	for i := 0; i < len(raw); {
		if canon, n := l.longest(raw[i:]); n > 0 {
			out = append(out, strings.Fields(canon)...)
			i += n
			continue
		}
		w := raw[i]
		i++
		if l.filler[w] && len(raw) > 1 {
			continue
		}
		if canon, ok := l.single[w]; ok {
			out = append(out, strings.Fields(canon)...)
			continue
		}
		if verb, ok := l.participle(w); ok {
			w = verb
		}
		out = append(out, w)
	}
	return out
}

// longest finds the longest phrase that words begin with.
func (l *Lexicon) longest(words []string) (canon string, n int) {
	for _, p := range l.phrase[words[0]] {
		if len(p.words) <= len(words) && slices.Equal(p.words, words[:len(p.words)]) {
			return p.canon, len(p.words)
		}
	}
	return "", 0
}

// participle returns the verb of a participle: lock for locked, merge for
// merged, pin for pinned, follow for following.
func (l *Lexicon) participle(w string) (string, bool) {
	stem, ok := strings.CutSuffix(w, "ed")
	if !ok {
		stem, ok = strings.CutSuffix(w, "ing")
	}
	if !ok || len(stem) < 3 || l.verbs[w] != NoVerb {
		return "", false
	}
	for _, verb := range [...]string{stem, stem + "e", stem[:len(stem)-1]} {
		if l.verbs[verb] == Action {
			return verb, true
		}
	}
	return "", false
}

func (l *Lexicon) singular(w string) string {
	if s, ok := l.units[w]; ok {
		return s
	}
	return singular(w)
}

// Plural reports whether the last word of a name is a plural.
func (l *Lexicon) Plural(name string) bool {
	words := Split(name)
	if len(words) == 0 {
		return false
	}
	last := words[len(words)-1]
	return l.singular(last) != last
}

// Filler reports whether a name has only words that say nothing.
func (l *Lexicon) Filler(name string) bool {
	words := Split(name)
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !l.filler[w] })
}

// Narrow reports whether a word narrows a list down: pending, latest.
func (l *Lexicon) Narrow(id ID) bool { return l.narrow[l.texts[id]] }

// Broader returns the word for what a thing is one of: a branch is a
// reference.
func (l *Lexicon) Broader(id ID) (ID, bool) {
	text, ok := l.broad[l.texts[id]]
	if !ok {
		return 0, false
	}
	return l.Known(text)
}

// Weak reports whether a word only tells a variant of a thing from the thing
// as a rule, though it may be a thing of its own: list, type, item.
func (l *Lexicon) Weak(id ID) bool { return l.weak[l.texts[id]] }

// Variant reports whether a word only tells a variant of a thing from the
// thing: simple, minimal, full.
func (l *Lexicon) Variant(id ID) bool { return l.loose[l.texts[id]] }
