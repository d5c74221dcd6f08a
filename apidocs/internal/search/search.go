// Package search makes the index that a reference is searched with in a
// browser, from a folder as well as from a server: a list of entries, a list
// of words, and for each two letters that words begin with a file of where
// those words stand. The reader of the index is a script of the site.
package search

import (
	"slices"
	"strings"
	"unicode"
)

// Level is where in an entry a word stands; the lower, the more it counts.
type Level uint8

// The levels.
const (
	Name     Level = iota // what the entry is called: operationId, type, field
	Path                  // its path, its group
	Summary               // its title and the first sentence about it
	Property              // names of its parameters and members
	levels
)

// Index is what is found where. The zero Index is ready to be filled.
type Index struct {
	words map[string]*[levels][]int
}

// Add adds the words of a text to the entry with the number, and for a property
// of several words those together. Entries are numbered from 0, and added in
// order.
func (x *Index) Add(entry int, level Level, text string) {
	if x.words == nil {
		x.words = map[string]*[levels][]int{}
	}
	words := Words(text)
	if level == Property && len(words) > 1 { // whole names, as people copy them
		words = append(words, cut(strings.Join(words, "")))
	}
	for _, word := range words {
		at := x.words[word]
		if at == nil {
			at = &[levels][]int{}
			x.words[strings.Clone(word)] = at
		}
		if list := at[level]; len(list) == 0 || list[len(list)-1] != entry {
			at[level] = append(list, entry)
		}
	}
}

// Words returns all words, sorted.
func (x *Index) Words() []string {
	out := make([]string, 0, len(x.words))
	for w := range x.words {
		out = append(out, w)
	}
	slices.Sort(out)
	return out
}

// Shard is the part of an index whose words begin alike.
type Shard struct {
	// Key is how the words begin: two letters, or one where that is all.
	Key   string
	Words []Postings
}

// Postings are the entries that a word stands in, by level; an entry stands at
// its best level only. Each number but the first is the distance to the one
// before.
type Postings struct {
	Word   string
	Levels [levels][]int
}

// Shards returns the index in parts, sorted.
func (x *Index) Shards() []Shard {
	var out []Shard
	for _, w := range x.Words() {
		key := Key(w)
		if len(out) == 0 || out[len(out)-1].Key != key {
			out = append(out, Shard{Key: key})
		}
		s := &out[len(out)-1]
		s.Words = append(s.Words, postings(w, x.words[w]))
	}
	return out
}

func postings(word string, at *[levels][]int) Postings {
	p := Postings{Word: word}
	better := map[int]bool{}
	for l, list := range at {
		before := 0
		for _, e := range list {
			if better[e] {
				continue
			}
			better[e] = true
			p.Levels[l] = append(p.Levels[l], e-before)
			before = e
		}
	}
	return p
}

// Key is how a word begins: the first two characters, which are ASCII letters
// and digits; any others make it "_".
func Key(word string) string {
	key := word[:min(2, len(word))]
	for i := range len(key) {
		if c := key[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return "_"
		}
	}
	return key
}

// maxWord bounds a word, in bytes; longer ones are cut.
const maxWord = 40

func cut(word string) string {
	if len(word) > maxWord {
		word = strings.ToValidUTF8(word[:maxWord], "")
	}
	return word
}

// Words splits a text into lowercase words: at what is no letter or digit, and
// between "list" and "Issues" or "HTTP" and "Server".
func Words(text string) []string {
	var out []string
	start := -1
	runes := []rune(text)
	end := func(i int) {
		if start < 0 {
			return
		}
		word := strings.ToLower(string(runes[start:i]))
		word = cut(word)
		if len(word) > 1 || unicode.IsDigit(rune(word[0])) {
			out = append(out, word)
		}
		start = -1
	}
	for i, r := range runes {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			end(i)
			continue
		}
		if start >= 0 && unicode.IsUpper(r) {
			before := runes[i-1]
			if !unicode.IsUpper(before) || i+1 < len(runes) && unicode.IsLower(runes[i+1]) {
				end(i)
			}
		}
		if start < 0 {
			start = i
		}
	}
	end(len(runes))
	return out
}
