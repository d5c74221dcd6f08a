package parity

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// phrases says gaps in words: "no mutation creates a team", "no field lists
// the forks of a repository".
type phrases struct {
	lex      *word.Lexicon
	mutation string // the name of the type of mutations
}

// operation says that GraphQL lacks an operation, in the words of its summary
// where that says what it does, else in those of its path.
func (p phrases) operation(op *rest.Operation) string {
	subject := "no mutation "
	if op.Method == "GET" {
		subject = "no field "
	}
	if said := p.summary(op.Summary); said != "" {
		return subject + said
	}
	return subject + p.path(op)
}

// longestSummary is how many bytes of a summary make a sentence.
const longestSummary = 70

// summary turns "Create a team." into "creates a team"; "" where a summary
// does not begin with a verb, says too little, or too much.
func (p phrases) summary(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	text = strings.TrimSpace(strings.TrimSuffix(text, "."))
	words := strings.Fields(text)
	if len(words) < 3 || len(text) > longestSummary || !utf8.ValidString(text) || strings.Contains(text, ". ") {
		return ""
	}
	verb := strings.ToLower(words[0])
	switch {
	case pluralWord(verb) && (p.verb(strings.TrimSuffix(verb, "s")) || p.verb(strings.TrimSuffix(verb, "es"))):
	case p.verb(verb):
		verb = third(verb)
	default:
		return ""
	}
	return verb + " " + strings.Join(words[1:], " ")
}

func (p phrases) verb(w string) bool {
	canon := p.lex.Canonical(w)
	if len(canon) != 1 {
		return false
	}
	id, ok := p.lex.Known(canon[0])
	return ok && p.lex.Verb(id) != word.NoVerb
}

// element is a run of literal segments of a path, and whether variables
// follow.
type element struct {
	literals []rest.Segment
	item     bool
}

func elements(op *rest.Operation) []element {
	var list []element
	for _, s := range op.Segments {
		n := len(list)
		switch {
		case s.Param && n > 0:
			list[n-1].item = true
		case s.Param:
		case n == 0 || list[n-1].item:
			list = append(list, element{literals: []rest.Segment{s}})
		default:
			list[n-1].literals = append(list[n-1].literals, s)
		}
	}
	return list
}

// path says what an operation does by its method and its path.
func (p phrases) path(op *rest.Operation) string {
	list := elements(op)
	if len(list) == 0 {
		return "does what " + op.Key + " does"
	}
	last := list[len(list)-1]
	list = list[:len(list)-1]
	if op.Method != "GET" && !last.item {
		if verb, rest, ok := p.action(last); ok && (len(rest.literals) > 0 || len(list) > 0) {
			if len(rest.literals) == 0 {
				rest, list = list[len(list)-1], list[:len(list)-1]
			}
			return third(verb) + " " + article(p.one(rest)) + p.of(list)
		}
	}
	switch {
	case op.Method == "GET" && last.item:
		return "gives " + article(p.one(last)) + p.of(list)
	case op.Method == "GET" && op.List:
		return "lists the " + many(last) + p.of(list)
	case op.Method == "GET":
		return "gives the " + many(last) + p.of(list)
	case op.Method == "POST" && !last.item:
		return "creates " + article(p.one(last)) + p.of(list)
	case last.item:
		return methodVerb(op.Method) + " " + article(p.one(last)) + p.of(list)
	}
	return methodVerb(op.Method) + " the " + many(last) + p.of(list)
}

func methodVerb(method string) string {
	switch method {
	case "POST":
		return "acts on"
	case "PUT":
		return "sets"
	case "PATCH":
		return "updates"
	case "DELETE":
		return "deletes"
	}
	return "does " + method + " on"
}

// action splits a verb off the end of an element: merge, cancel. A plural is
// none: forks are things.
func (p phrases) action(e element) (verb string, rest element, ok bool) {
	n := len(e.literals)
	text := strings.ToLower(e.literals[n-1].Text)
	if !p.verb(text) || pluralWord(text) {
		return "", e, false
	}
	return text, element{literals: e.literals[:n-1], item: true}, true
}

// one names one thing of an element, in the words that the lexicon prefers.
func (p phrases) one(e element) string {
	n := len(e.literals)
	var words []string
	for _, w := range e.literals[n-1].Words.Words {
		words = append(words, strings.ReplaceAll(p.lex.Text(w), "-", " "))
	}
	return strings.Join(append(qualifier(e), words...), " ")
}

// many names what is in an element as the path does.
func many(e element) string {
	n := len(e.literals)
	return strings.Join(append(qualifier(e), word.Split(e.literals[n-1].Text)...), " ")
}

// qualifier is the literal before the last one of an element.
func qualifier(e element) []string {
	if n := len(e.literals); n > 1 {
		return word.Split(e.literals[n-2].Text)
	}
	return nil
}

// of names what the last element belongs to.
func (p phrases) of(list []element) string {
	if len(list) == 0 {
		return ""
	}
	return " of " + article(p.one(list[len(list)-1]))
}

// root says that REST lacks a query or mutation.
func (p phrases) root(f *gql.Field) string {
	words := word.Split(f.Name)
	if len(words) == 0 {
		return "no operation does what " + f.Name + " does"
	}
	query := f.Source.Parent().Name != p.mutation
	verb := ""
	switch n := len(words); {
	case n > 1 && p.verb(words[0]):
		verb, words = third(words[0]), words[1:]
	case n > 1 && !query && p.verb(words[n-1]):
		verb, words = third(words[n-1]), words[:n-1]
	case query && f.List:
		verb = "lists"
	case query:
		verb = "gives"
	default: // with a verb that nobody knows
		return "no operation does what " + f.Name + " does"
	}
	noun := strings.Join(words, " ")
	switch {
	case query && f.List:
		return "no operation " + verb + " the " + noun
	case pluralWord(words[len(words)-1]):
		return "no operation " + verb + " " + noun
	}
	return "no operation " + verb + " " + article(noun)
}

// third is the third person of a verb.
func third(verb string) string {
	n := len(verb)
	switch {
	case n == 0:
		return verb
	case slices.ContainsFunc([]string{"s", "x", "z", "ch", "sh", "o"}, func(end string) bool { return strings.HasSuffix(verb, end) }):
		return verb + "es"
	case n > 1 && verb[n-1] == 'y' && !strings.ContainsRune("aeiou", rune(verb[n-2])):
		return verb[:n-1] + "ies"
	}
	return verb + "s"
}

// article puts the indefinite article before a noun.
func article(noun string) string {
	first, _, _ := strings.Cut(noun, " ")
	switch {
	case noun == "":
		return "a thing"
	case slices.Contains([]string{"all", "as", "by", "for", "from", "in", "on", "to", "up", "with"}, first):
		return noun
	case strings.HasPrefix(noun, "use"), strings.HasPrefix(noun, "uni"), strings.HasPrefix(noun, "ur"), strings.HasPrefix(noun, "eu"):
		return "a " + noun
	case strings.ContainsRune("aeiou", rune(noun[0])):
		return "an " + noun
	}
	return "a " + noun
}

// pluralWord reports whether a word looks like one.
func pluralWord(w string) bool {
	n := len(w)
	return n > 3 && w[n-1] == 's' && w[n-2] != 's' && w[n-2] != 'u' && w[n-2] != 'i'
}
