package generate

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/internal/jsonschema"
	"github.com/plumbapi/plumb/webhook/internal/prose"
	"github.com/plumbapi/plumb/webhook/internal/typescript"
)

// TypeScript writes one module of declarations: an interface for each payload
// and object in it, and a union over all events that narrows by event and
// action. The file is called after the model.
func TypeScript(m *webhook.Model, o Options) []File {
	name := o.Package
	if name == "" {
		name = m.Name
	}
	return []File{{Name: fileName(name) + ".d.ts", Data: typescript.File(m)}}
}

// Schemas writes a JSON Schema (draft 2020-12) for each event, each of which
// stands alone, into the folder schemas, and events.json beside it, which lists
// the events:
//
//	{"$comment":"…","version":1,"name":"github","title":"GitHub","routing":{…},"events":[
//	 {"event":"issues","action":"opened","type":"IssuesOpened","schema":"schemas/issues.opened.json",
//	  "hash":"sha256:…","summary":"…","deprecated":false}]}
//
// The hash changes where what is asked of payloads does, not with descriptions.
func Schemas(m *webhook.Model) ([]File, error) {
	w := jsonschema.New(m)
	registry := registry{Comment: jsonschema.Comment, Version: 1, Name: m.Name, Title: m.Title, Events: []entry{}, Routing: routing{
		EventHeader: m.Routing.EventHeader, DeliveryHeader: m.Routing.DeliveryHeader,
		EventPointers: append([]string{}, m.Routing.EventPointers...), ActionPointers: append([]string{}, m.Routing.ActionPointers...),
		DeliveryPointers: append([]string{}, m.Routing.DeliveryPointers...),
	}}
	files := []File{{Name: "events.json"}}
	taken := map[string]bool{}
	for _, e := range m.Events {
		base := fileName(e.Name)
		if e.Action != "" {
			base += "." + fileName(e.Action)
		}
		name := base
		for n := 2; taken[name]; n++ {
			name = base + "-" + strconv.Itoa(n)
		}
		taken[name] = true
		text, hash := w.Event(e)
		file := File{Name: "schemas/" + name + ".json", Data: text}
		files = append(files, file)
		registry.Events = append(registry.Events, entry{
			Event: e.Name, Action: e.Action, Type: e.GoName, Schema: file.Name, Hash: hash, Summary: summary(e), Deprecated: e.Deprecated,
		})
	}
	data, err := json.MarshalIndent(registry, "", "  ")
	if err != nil {
		return nil, err
	}
	files[0].Data = append(data, '\n')
	return files, nil
}

// summary returns one line on an event: what is said of it alone comes before
// what a description says of all of its kind.
func summary(e *webhook.Event) string {
	for _, text := range []string{e.Description, e.Summary} {
		if lines := prose.Paragraphs(text, maxSummary); len(lines) > 0 {
			return lines[0]
		}
	}
	return ""
}

const maxSummary = 200

type registry struct {
	Comment string  `json:"$comment"`
	Version int     `json:"version"`
	Name    string  `json:"name"`
	Title   string  `json:"title"`
	Routing routing `json:"routing"`
	Events  []entry `json:"events"`
}

type routing struct {
	EventHeader      string   `json:"event_header"`
	EventPointers    []string `json:"event_pointers"`
	ActionPointers   []string `json:"action_pointers"`
	DeliveryHeader   string   `json:"delivery_header"`
	DeliveryPointers []string `json:"delivery_pointers"`
}

type entry struct {
	Event      string `json:"event"`
	Action     string `json:"action"`
	Type       string `json:"type"`
	Schema     string `json:"schema"`
	Hash       string `json:"hash"`
	Summary    string `json:"summary"`
	Deprecated bool   `json:"deprecated"`
}

// fileName makes a part of a file's name of a text: lower case, so that no file
// system takes two for one.
func fileName(text string) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' || r == '-' {
			return r
		}
		return '_'
	}, strings.ToLower(text))
	if len(name) > 60 {
		name = name[:60]
	}
	if name == "" {
		return "_"
	}
	return name
}
