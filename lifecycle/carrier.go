package lifecycle

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/internal/form"
	"github.com/plumbapi/plumb/openapi"
)

// Carriers says where descriptions say what becomes of their elements: which
// members, extensions and directives carry a level, a date or a replacement,
// how their values are written, and which phrases of reasons and descriptions
// mean something. It is immutable and safe for concurrent use.
type Carriers struct {
	rest    []carrier
	gql     []carrier
	phrases []phrase

	restByKey map[string][]int // first step of at → indexes of rest
	gqlByName map[string][]int // "@name" → indexes of gql
}

// carrier is one member or directive argument that says something.
type carrier struct {
	at      string   // as the file writes it: what findings call it
	key     string   // the member or "@directive"
	path    []string // the members below it; the argument of a directive
	sets    string
	as      string
	words   map[string]Stability // of as level; deprecatedWord for "deprecated"
	layouts []string             // of as date, as package time writes them
}

// deprecatedWord stands in carrier.words for a word that means deprecated.
const deprecatedWord Stability = 255

// phrase is what people write into prose.
type phrase struct {
	reason, description, version bool
	has                          string // in lower case
	root                         string // the shortest has that this one begins with
	match                        *regexp.Regexp
	keep                         bool
	deprecated                   *bool
	stability                    Stability
}

//go:embed carriers.yaml
var carriersFile []byte

// MaxFile is the size in bytes of the largest file of carriers or policies
// that is read.
const MaxFile = 1 << 20

// DefaultCarriers returns the carriers that plumb knows.
var DefaultCarriers = sync.OnceValue(func() *Carriers {
	c, err := ParseCarriers("carriers.yaml", carriersFile)
	if err != nil {
		panic(err) //nolint:forbidigo // the file is part of the program, and every test reads it
	}
	return c
})

// ParseCarriers reads a file of carriers, YAML or JSON, of the form that
// carriers.yaml of this package describes. The name is used for messages. The
// error is a *[FileError].
func ParseCarriers(name string, data []byte) (*Carriers, error) {
	root, err := parseFile(name, data)
	if err != nil || root == nil {
		return newCarriers(nil, nil, nil), err
	}
	return readCarriers(name, root)
}

// With returns the carriers with those of more before them: where both read
// one member, more is asked first.
func (c *Carriers) With(more *Carriers) *Carriers {
	if more == nil {
		return c
	}
	return newCarriers(
		slices.Concat(more.rest, c.rest), slices.Concat(more.gql, c.gql), slices.Concat(more.phrases, c.phrases))
}

func newCarriers(rest, gql []carrier, phrases []phrase) *Carriers {
	c := &Carriers{rest: rest, gql: gql, phrases: phrases, restByKey: map[string][]int{}, gqlByName: map[string][]int{}}
	c.phrases = slices.Clone(phrases)
	for i := range c.phrases {
		p := &c.phrases[i]
		p.root = p.has
		for _, q := range phrases {
			if q.has != "" && len(q.has) < len(p.root) && strings.HasPrefix(p.has, q.has) {
				p.root = q.has
			}
		}
	}
	for i := range rest {
		c.restByKey[rest[i].key] = append(c.restByKey[rest[i].key], i)
	}
	for i := range gql {
		c.gqlByName[gql[i].key] = append(c.gqlByName[gql[i].key], i)
	}
	return c
}

func readCarriers(name string, root *openapi.Node) (*Carriers, error) {
	problems := form.Check(root, carriersShape())
	if len(problems) > 0 {
		return nil, form.Failed(name, problems)
	}
	r := carrierReader{words: readWords(root.Get("words"))}
	if len(r.words) == 0 {
		r.words = builtInWords()
	}
	var rest, gql []carrier
	for _, n := range root.Get("openapi").Children() {
		rest = append(rest, r.carrier(n))
	}
	for _, n := range root.Get("graphql").Children() {
		c := r.carrier(n)
		if i := strings.IndexByte(c.key, '('); i > 0 {
			c.path, c.key = []string{strings.TrimSuffix(c.key[i+1:], ":)")}, c.key[:i]
		}
		gql = append(gql, c)
	}
	var phrases []phrase
	for _, n := range root.Get("phrases").Children() {
		p, err := readPhrase(n)
		if err != nil {
			return nil, form.Errorf(name, n.Get("match").Location(), "%v", err)
		}
		phrases = append(phrases, p)
	}
	return newCarriers(rest, gql, phrases), nil
}

// builtInWords returns the words of levels in plumb's own file, for files
// that name none.
var builtInWords = sync.OnceValue(func() map[string]Stability {
	root, err := openapi.ParseTree("carriers.yaml", carriersFile)
	if err != nil {
		panic(err) //nolint:forbidigo // the file is part of the program, and every test reads it
	}
	return readWords(root.Get("words"))
})

type carrierReader struct{ words map[string]Stability }

func (r carrierReader) carrier(n *openapi.Node) carrier {
	at := n.Get("at").Text()
	steps := strings.Split(at, "/")
	c := carrier{at: at, key: steps[0], path: steps[1:], sets: n.Get("sets").Text(), as: n.Get("as").Text(), words: r.words}
	if own := n.Get("words"); own != nil {
		c.words = readWords(own)
	}
	for _, l := range n.Get("layouts").Children() {
		c.layouts = append(c.layouts, strings.NewReplacer("YYYY", "2006", "MM", "01", "DD", "02").Replace(l.Text()))
	}
	return c
}

func readWords(n *openapi.Node) map[string]Stability {
	words := map[string]Stability{}
	for _, level := range n.Children() {
		s, ok := ParseStability(level.Key())
		if !ok {
			s = deprecatedWord
		}
		for _, w := range level.Children() {
			words[strings.ToLower(w.Text())] = s
		}
	}
	return words
}

func readPhrase(n *openapi.Node) (phrase, error) {
	p := phrase{has: strings.ToLower(n.Get("has").Text()), keep: n.Get("keep").IsTrue()}
	for _, in := range n.Get("in").Children() {
		p.reason = p.reason || in.Text() == "reason"
		p.description = p.description || in.Text() == "description"
		p.version = p.version || in.Text() == "version"
	}
	if d, ok := n.Get("deprecated").Bool(); ok {
		p.deprecated = &d
	}
	p.stability, _ = ParseStability(n.Get("stability").Text())
	var err error
	p.match, err = regexp.Compile(n.Get("match").Text())
	if err != nil {
		return p, fmt.Errorf("match is no regular expression: %w", err)
	}
	for _, g := range p.match.SubexpNames() {
		if g != "" && !slices.Contains(phraseGroups, g) {
			return p, fmt.Errorf("match has the group %.40q; groups are %s", g, strings.Join(phraseGroups, ", "))
		}
	}
	return p, nil
}

var phraseGroups = []string{"reason", "replacement", "since", "sunset"}
