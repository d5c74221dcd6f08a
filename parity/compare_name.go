package parity

import (
	"cmp"
	_ "embed"
	"math"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/parity/internal/word"
)

//go:embed compare_words.txt
var fieldWords string

// mark says what a word is to the name of a field.
type mark uint32

const (
	auxWord mark = 1 << iota
	lightWord
	manyWord
	oneWord
	whenWord
	urlWord
	idWord
	keyWord
	globalWord
	innerWord
	webWord
	pathWord
	mediaWord
	// These are marks of whole names.
	sizeName
	atName
	sortName
	orderName
)

var markNames = map[string]mark{
	"aux": auxWord, "light": lightWord, "many": manyWord, "one": oneWord, "when": whenWord, "url": urlWord, "id": idWord, "key": keyWord,
	"size": sizeName, "at": atName, "sort": sortName, "order": orderName,
	"global": globalWord, "inner": innerWord, "web": webWord, "path": pathWord, "media": mediaWord,
}

// naming knows the names of both sides as the comparison of fields needs
// them.
type naming struct {
	lex   *word.Lexicon
	stems map[string]int32
	info  []stemInfo
	whole map[string]int32 // classes of names that may stand for one another
	list  map[string]mark  // names of what cuts and orders a list
	forms map[string]*fieldName
	names float64 // how many were counted
	// person is the class of words for who did something.
	person int32
	texts  map[string][]string // words of descriptions
}

// stemInfo is what is known of a stem.
type stemInfo struct {
	marks mark
	near  int32   // class of stems that may stand for one another; 0 is none
	parts []int32 // stems of the words of a phrase
	df    float64 // in how many names it is
	idf   float64
}

// fieldName is a name of a property, a field or an argument.
type fieldName struct {
	fold  string    // letters and digits in lower case
	one   string    // fold without the ending of a plural
	canon []word.ID // the words sorted
	stems []int32   // of the words, sorted, each once
	marks mark      // of all the words
	last  mark      // of the last one
	by    bool      // has a "by" after its first word: names who did it
	when  bool      // ends in "at" or "on", or in a word for times
	whole int32     // class of the name
	agent int32     // stem of what somebody does whom the name is for, -1 for none
	many  bool      // the last word is a plural
	urls  bool      // the last word but one is
	words []word.ID // in order
}

func newNaming(lex *word.Lexicon) *naming {
	n := &naming{lex: lex, stems: map[string]int32{}, whole: map[string]int32{}, list: map[string]mark{}, forms: map[string]*fieldName{}, texts: map[string][]string{}}
	class := int32(0)
	for _, line := range strings.Split(fieldWords, "\n") {
		line, _, _ = strings.Cut(line, "#")
		key, rest, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		class++
		for _, text := range strings.Split(rest, ",") {
			text = strings.TrimSpace(text)
			switch key {
			case "near":
				if words := lex.Canonical(text); len(words) == 1 {
					id := n.stem(words[0])
					n.info[id].near = class
				}
			case "whole":
				n.whole[fold(text)] = class
			case "size", "at", "sort", "order":
				n.list[fold(text)] = markNames[key]
			default:
				for _, w := range lex.Canonical(text) {
					id := n.stem(w)
					n.info[id].marks |= markNames[key]
				}
			}
		}
	}
	user := n.stem("user")
	n.person = n.info[user].near
	return n
}

// stem returns the stem of a canonical word.
func (n *naming) stem(w string) int32 {
	s := stem(w)
	id, ok := n.stems[s]
	if !ok {
		id = int32(len(n.info))
		n.stems[s] = id
		n.info = append(n.info, stemInfo{})
		if parts := strings.Split(w, "-"); len(parts) > 1 {
			for i, part := range parts {
				parts[i] = stem(part)
			}
			for _, part := range parts {
				p := n.stem(part)
				n.info[id].parts = append(n.info[id].parts, p)
			}
		}
	}
	return id
}

// form returns a name as the comparison needs it.
func (n *naming) form(name string, words word.Name) *fieldName {
	if f, ok := n.forms[name]; ok {
		return f
	}
	f := &fieldName{fold: fold(name), one: unplural(fold(name)), canon: slices.Clone(words.Words), words: words.Words}
	n.forms[name] = f
	slices.Sort(f.canon)
	for i, w := range words.Words {
		s := n.stem(n.lex.Text(w))
		f.stems = append(f.stems, s)
		f.marks |= n.info[s].marks
		if i == len(words.Words)-1 {
			f.last = n.info[s].marks
		}
	}
	slices.Sort(f.stems)
	f.stems = slices.Compact(f.stems)
	raw := word.Split(name)
	if len(raw) > 0 {
		f.by = slices.Index(raw, "by") > 0
		switch end := raw[len(raw)-1]; end {
		case "at", "on":
			f.when = len(raw) > 1
		default:
			f.many = n.lex.Plural(end)
			f.urls = len(raw) > 1 && n.lex.Plural(raw[len(raw)-2])
		}
	}
	f.agent = n.agent(f, raw)
	f.when = f.when || f.last&whenWord != 0
	f.whole = n.whole[f.fold]
	return f
}

// agent returns what the person does whom a name is for: upload for uploader
// and uploadedBy, -1 where the name is not so.
func (n *naming) agent(f *fieldName, raw []string) int32 {
	switch {
	case len(f.words) != 1:
	case f.by && len(raw) == 2:
		return f.stems[0]
	case len(raw) == 1 && len(raw[0]) > 5:
		for _, ending := range [...]string{"er", "or"} {
			if verb, ok := strings.CutSuffix(raw[0], ending); ok {
				return n.stem(verb)
			}
		}
	}
	return -1
}

// count takes a name into account for how much its words say.
func (n *naming) count(f *fieldName) {
	n.names++
	for _, s := range f.stems {
		n.info[s].df++
	}
}

// weigh says how much words say, once all names are counted: what few names
// have says most.
func (n *naming) weigh() {
	top := math.Log(1 + n.names)
	for i := range n.info {
		n.info[i].idf = cmp.Or(math.Log(1+n.names/(1+n.info[i].df))/top, 0.05)
	}
}

// has reports whether a form has a word that is marked so.
func (f *fieldName) has(m mark) bool { return f.marks&m != 0 }

// fold returns the letters and digits of a name in lower case: what is left
// once casing is taken away.
func fold(name string) string {
	var b strings.Builder
	b.Grow(len(name))
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case 'A' <= c && c <= 'Z':
			b.WriteByte(c + 'a' - 'A')
		case c >= 0x80, 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			b.WriteByte(c)
		}
	}
	return b.String()
}

// unplural takes the ending of a plural off.
func unplural(w string) string {
	if rest, ok := strings.CutSuffix(w, "ies"); ok {
		return rest + "y"
	}
	return strings.TrimSuffix(w, "s")
}

// stem takes the endings off that make a verb an adjective or a noun:
// mergeable, merged and merge are one, so are allowed and allow.
func stem(w string) string {
	for _, suffix := range [...]struct {
		text string
		rest int
	}{{"ement", 4}, {"ment", 5}, {"able", 4}, {"ible", 4}, {"ing", 3}, {"ed", 2}} {
		if rest, ok := strings.CutSuffix(w, suffix.text); ok && len(rest) >= suffix.rest {
			w = rest
			break
		}
	}
	if len(w) > 3 && w[len(w)-1] == 'e' {
		w = w[:len(w)-1]
	}
	return w
}
