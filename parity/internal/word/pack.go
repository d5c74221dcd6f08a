package word

import (
	"embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed packs/*.txt
var packs embed.FS

// Packs returns the names of the domain packs, without the core, which is
// always there.
func Packs() []string {
	entries, err := packs.ReadDir("packs")
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		if name := strings.TrimSuffix(e.Name(), ".txt"); name != "core" {
			names = append(names, name)
		}
	}
	return names
}

// load reads a pack. A line is KEY: VALUES, # begins a comment:
//
//	same:     the first stands for the others; an entry may be a phrase
//	plural:   SINGULAR PLURAL
//	verb CLASS: words of the class
//	variant:  words that only tell variants apart
//	weak:     words that do so as a rule
//	narrow:   words that narrow a list down
//	broader:  the first says what the others are
//	filler:   words that say nothing
func (l *Lexicon) load(pack string) error {
	data, err := packs.ReadFile("packs/" + pack + ".txt")
	if err != nil {
		return fmt.Errorf("unknown pack %q; there are %s", pack, strings.Join(Packs(), ", "))
	}
	for i, line := range strings.Split(string(data), "\n") {
		line, _, _ = strings.Cut(line, "#")
		if strings.TrimSpace(line) == "" {
			continue
		}
		key, rest, ok := strings.Cut(line, ":")
		values := list(rest)
		if !ok || len(values) == 0 || !l.entry(strings.TrimSpace(key), values) {
			return fmt.Errorf("pack %s, line %d: %q is no entry", pack, i+1, line)
		}
	}
	return nil
}

func (l *Lexicon) entry(key string, values []string) bool {
	switch key {
	case "same":
		l.same(values[0], values[1:])
	case "plural":
		for _, v := range values {
			one, many, _ := strings.Cut(v, " ")
			l.units[many] = one
		}
	case "variant":
		for _, v := range values {
			l.loose[v] = true
		}
	case "broader":
		for _, v := range values[1:] {
			l.broad[strings.ReplaceAll(v, " ", "-")] = values[0]
		}
	case "narrow":
		for _, v := range values {
			l.narrow[v] = true
		}
	case "weak":
		for _, v := range values {
			l.weak[v] = true
		}
	case "filler":
		for _, v := range values {
			l.filler[v] = true
		}
	default:
		class, ok := strings.CutPrefix(key, "verb ")
		i := slices.Index(verbNames[:], strings.TrimSpace(class))
		if !ok || i < 0 {
			return false
		}
		for _, v := range values {
			l.verbs[v] = Verb(i)
		}
	}
	return true
}

var verbNames = [...]string{NoVerb: "-", Read: "read", Create: "create", Add: "add", Update: "update", Set: "set", Delete: "delete", Remove: "remove", Action: "action"}

// same makes the others synonyms of canon. A canonical phrase is joined into
// one word, so that "pull request" weighs as one.
func (l *Lexicon) same(canon string, others []string) {
	one := strings.Join(strings.Fields(strings.ToLower(canon)), "-")
	for _, other := range append([]string{canon}, others...) {
		words := strings.Fields(strings.ToLower(other))
		for i, w := range words {
			words[i] = l.singular(w)
		}
		switch {
		case len(words) == 0:
		case len(words) == 1:
			if words[0] != one {
				l.single[words[0]] = one
			}
		default:
			l.phrase[words[0]] = append(l.phrase[words[0]], alternative{words, one})
		}
	}
}

func list(text string) []string {
	var values []string
	for _, v := range strings.Split(text, ",") {
		if v = strings.Join(strings.Fields(v), " "); v != "" {
			values = append(values, v)
		}
	}
	return values
}
