package generate_test

import (
	"encoding/json"
	"testing"

	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/generate"
)

// A shaper makes a model of bytes: every byte decides something, and the rest
// are texts.
type shaper struct {
	data  []byte
	types []*webhook.Type
	left  int
}

func (s *shaper) byte() int {
	if len(s.data) == 0 {
		return 0
	}
	b := s.data[0]
	s.data = s.data[1:]
	return int(b)
}

func (s *shaper) text() string {
	n := min(s.byte()%24, len(s.data))
	text := string(s.data[:n])
	s.data = s.data[n:]
	return text
}

// shape returns a type, often one that is there already, so that there are
// cycles.
func (s *shaper) shape() *webhook.Type {
	s.left--
	choice := s.byte()
	if choice%3 == 0 && len(s.types) > 0 {
		return s.types[choice/3%len(s.types)]
	}
	if s.left < 0 {
		return nil
	}
	t := &webhook.Type{Kind: webhook.Kind(choice % 12), Name: s.text(), Description: s.text(), Deprecated: choice&64 != 0}
	s.types = append(s.types, t)
	n := s.byte() % 6
	switch t.Kind {
	case webhook.Object:
		for range n {
			flags := s.byte()
			t.Fields = append(t.Fields, &webhook.Field{
				Name: s.text(), GoName: s.text(), Description: s.text(), Const: s.text(), Type: s.shape(),
				Optional: flags&1 != 0, Nullable: flags&2 != 0, Recursive: flags&4 != 0, Deprecated: flags&8 != 0,
			})
		}
	case webhook.Enum:
		for range n {
			t.Values = append(t.Values, webhook.Value{Text: s.text(), GoName: s.text()})
		}
	case webhook.List, webhook.Map:
		t.Element, t.ElementNullable = s.shape(), n&1 != 0
	case webhook.Union:
		t.Discriminator = s.text()
		for range n {
			v := &webhook.Variant{Type: s.shape(), Member: s.text()}
			if s.byte()&1 != 0 {
				v.Tags = []string{s.text(), s.text()}
			}
			t.Variants = append(t.Variants, v)
		}
	}
	return t
}

func (s *shaper) model() *webhook.Model {
	m := &webhook.Model{Name: "made", Title: s.text(), Description: s.text()}
	m.Routing = webhook.Routing{EventHeader: s.text(), EventPointers: []string{s.text()}}
	for range 1 + s.byte()%4 {
		m.Events = append(m.Events, &webhook.Event{
			Name: s.text(), Action: s.text(), GoName: s.text(), Summary: s.text(), Description: s.text(), Payload: s.shape(), Deprecated: s.byte()&1 != 0,
		})
	}
	if s.byte()&1 != 0 {
		m.Types = s.types
	}
	return m
}

// Any model gives Go that compiles, TypeScript that declares, and schemas that
// are JSON, the same each time.
func FuzzGenerate(f *testing.F) {
	for i, text := range hostile() {
		if len(text) < 200 {
			f.Add([]byte("\x00\x00\x00\x00\x03" + string(rune(len(text))) + text + "\x02go\x04Name\x00\x00\x07" + text + text + string(rune(i))))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 4000 {
			return
		}
		s := &shaper{data: data, left: 40}
		m := s.model()
		files, err := generate.Go(m, generate.Options{})
		if err != nil {
			t.Fatal(err)
		}
		inspect(t, files)
		for _, f := range generate.TypeScript(m, generate.Options{}) {
			inspectTypeScript(t, f.Data)
		}
		schemas, err := generate.Schemas(m)
		if err != nil {
			t.Fatal(err)
		}
		names := map[string]bool{}
		for _, f := range schemas {
			if !json.Valid(f.Data) {
				t.Errorf("%s is no JSON: %s", f.Name, f.Data)
			}
			if names[f.Name] {
				t.Errorf("%s is written twice", f.Name)
			}
			names[f.Name] = true
		}
	})
}
