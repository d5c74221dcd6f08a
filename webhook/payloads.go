package webhook

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/internal/jsonscan"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook/internal/infer"
	"github.com/plumbapi/plumb/webhook/internal/shape"
)

// Payload is an example of what is delivered.
type Payload struct {
	// Name is what it is called, such as the name of its file.
	Name string
	JSON []byte
	// Event and Action are known where somebody says so; else they are looked for
	// in the headers and the payload.
	Event, Action string
	// Header are the headers of the delivery, where they are known; an
	// http.Header.
	Header map[string][]string
}

// PayloadError says that a payload is no JSON.
type PayloadError struct {
	// Name is that of the payload; Line and Column count from 1, 0 where they
	// are not known.
	Name         string
	Line, Column int
	Err          error
}

// Error returns the place and what is wrong there.
func (e *PayloadError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: the payload is no JSON: %v", e.Name, e.Err)
	}
	return fmt.Sprintf("%s:%d:%d: the payload is no JSON: %v", e.Name, e.Line, e.Column, e.Err)
}

// Unwrap returns what is wrong.
func (e *PayloadError) Unwrap() error { return e.Err }

// FromPayloads makes a model of example payloads alone. A member is required
// where every example has it, and nullable where one has null; a member is an
// enum only where many examples have few values. Payloads of one event are one
// type whatever their action, unless the provider splits them, or the action is a
// member of that name and no provider is given.
//
// The error is a *PayloadError for a payload that is no JSON, a *NoEventsError
// where there are none.
func FromPayloads(payloads []Payload, o Options) (*Model, error) {
	r := &payloadReader{provider: o.Provider}
	if r.provider == nil {
		r.provider = &Provider{Reading: Reading{Split: true}}
	}
	r.routing = r.provider.Routing
	for _, p := range payloads {
		root, err := parsePayload(p)
		if err != nil {
			return nil, err
		}
		r.all = append(r.all, &sample{Payload: p, root: root})
	}
	if o.Provider == nil {
		r.derive()
	}
	r.group()
	m, err := assemble(&r.draft, o)
	return m, sought(err, "", "example payloads as JSON")
}

// sample is a payload that was parsed.
type sample struct {
	Payload
	root    *openapi.Node
	guessed bool
}

func parsePayload(p Payload) (*openapi.Node, error) {
	if !jsonscan.Valid(jsonscan.View(p.JSON)) {
		var v any
		err := json.Unmarshal(p.JSON, &v)
		e := &PayloadError{Name: p.Name, Err: err}
		if syntax, ok := err.(*json.SyntaxError); ok { //nolint:errorlint // that is what Unmarshal returns
			before := p.JSON[:min(int(max(syntax.Offset-1, 0)), len(p.JSON))]
			e.Line = bytes.Count(before, []byte("\n")) + 1
			e.Column = len([]rune(string(before[bytes.LastIndexByte(before, '\n')+1:]))) + 1
		}
		if err == nil {
			e.Err = fmt.Errorf("values nest more than %d deep", jsonscan.MaxDepth)
		}
		return nil, e
	}
	root, err := openapi.ParseTree(p.Name, p.JSON)
	if err != nil {
		return nil, &PayloadError{Name: p.Name, Err: err}
	}
	return root, nil
}

type payloadReader struct {
	draft
	provider *Provider
	all      []*sample
}

// eventWord is what names of events look like.
var eventWord = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.:/ -]{0,79}$`)

// derive finds members that have the names of events, those first that most
// payloads have, until all payloads have one.
func (r *payloadReader) derive() {
	count := map[string]int{}
	order := slices.DeleteFunc(slices.Clone(tellers), func(m string) bool { return m == "name" })
	for _, m := range order {
		for _, s := range r.all {
			if t, ok := s.root.Get(m).Str(); ok && eventWord.MatchString(t) {
				count[m]++
			}
		}
	}
	slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(count[b], count[a]) })
	var pointers []string
	left := slices.DeleteFunc(slices.Clone(r.all), func(s *sample) bool { return s.Event != "" })
	for _, m := range order {
		rest := slices.DeleteFunc(slices.Clone(left), func(s *sample) bool {
			t, ok := s.root.Get(m).Str()
			return ok && eventWord.MatchString(t)
		})
		if len(rest) < len(left) {
			pointers, left = append(pointers, openapi.FormatPointer(m)), rest
		}
	}
	if len(left) == 0 {
		r.routing.EventPointers = pointers
	}
	for _, s := range r.all {
		if _, ok := s.root.Get("action").Str(); ok {
			r.routing.ActionPointers = []string{"/action"}
		}
	}
}

// group names the payloads and makes an event of those with one name.
func (r *payloadReader) group() {
	groups := map[[2]string][]*sample{}
	var order [][2]string
	for _, s := range r.all {
		r.identify(s)
		key := [2]string{s.Event, s.Action}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], s)
	}
	for _, key := range order {
		e := &draftEvent{name: key[0], action: key[1], location: groups[key][0].root.Location()}
		var roots []*openapi.Node
		for _, s := range groups[key] {
			roots = append(roots, s.root)
			e.examples = append(e.examples, Example{Name: s.Name, JSON: s.JSON, Location: s.root.Location()})
			e.guessed = e.guessed || s.guessed
		}
		e.payload = infer.Shape(roots)
		for _, p := range r.routing.EventPointers {
			fix(e.payload.Shape, roots, p, e.name)
		}
		if e.action != "" {
			for _, p := range r.routing.ActionPointers {
				fix(e.payload.Shape, roots, p, e.action)
			}
		}
		r.events = append(r.events, e)
	}
	r.noteGuesses()
}

// identify finds the event and action of a payload.
func (r *payloadReader) identify(s *sample) {
	if s.Event == "" && r.routing.EventHeader != "" {
		s.Event = headerValue(s.Header, r.routing.EventHeader)
	}
	for _, p := range r.routing.EventPointers {
		if s.Event == "" {
			s.Event = textIn(s.root, p)
		}
	}
	if s.Event == "" {
		base := path.Base(s.Name)
		s.Event, s.guessed = cmp.Or(strings.TrimSuffix(base, path.Ext(base)), "event"), true
	}
	if !r.provider.Reading.Split {
		s.Action = ""
		return
	}
	for _, p := range r.routing.ActionPointers {
		if s.Action == "" {
			s.Action = textIn(s.root, p)
		}
	}
}

func headerValue(header map[string][]string, name string) string {
	for _, key := range slices.Sorted(maps.Keys(header)) {
		if equalFold(key, name) && len(header[key]) > 0 {
			return header[key][0]
		}
	}
	return ""
}

// textIn returns the text that a pointer leads to, "" where there is none.
func textIn(root *openapi.Node, pointer string) string {
	tokens, err := openapi.ParsePointer(pointer)
	if err != nil {
		return ""
	}
	text, _ := root.Find(tokens...).Str()
	return text
}

// fix says that a member of a payload has one value, if all examples agree.
func fix(s *shape.Shape, examples []*openapi.Node, pointer, value string) {
	tokens, err := openapi.ParsePointer(pointer)
	if err != nil || slices.ContainsFunc(examples, func(n *openapi.Node) bool { return textIn(n, pointer) != value }) {
		return
	}
	for i, t := range tokens {
		f := s.Field(t)
		if f == nil || f.Nullable {
			return
		}
		if i == len(tokens)-1 && (f.Shape.Kind == shape.String || f.Shape.Kind == shape.Enum) {
			f.Shape, f.Const = &shape.Shape{Kind: shape.String, Place: f.Shape.Place}, string(quoteJSON(value))
		}
		s = f.Shape
	}
}
