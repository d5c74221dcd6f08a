package generate_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/generate"
)

// corpus returns the path of a real description, and skips where there is none.
func corpus(t *testing.T, parts ...string) string {
	t.Helper()
	root := os.Getenv("PLUMB_CORPUS")
	if root == "" {
		root = "../../../shared/corpus"
	}
	path := filepath.Join(append([]string{root}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no corpus at %s; PLUMB_CORPUS says where it is", path)
	}
	return path
}

// read reads webhooks from files, or from all files of a folder.
func read(t *testing.T, provider string, paths ...string) *webhook.Model {
	t.Helper()
	var sources []webhook.Source
	for _, path := range paths {
		names, err := filepath.Glob(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			sources = append(sources, webhook.Source{Name: filepath.ToSlash(name), Data: data})
		}
	}
	var o webhook.Options
	if provider != "" {
		p, _, err := webhook.FindProvider(provider)
		if err != nil {
			t.Fatal(err)
		}
		o.Provider = p
	}
	m, err := webhook.Read(sources, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// A payload of the corpus, with the event that the header of its delivery says.
// Where Direct is set, event and action are known and nothing is routed.
type payload struct {
	Name, Event, Action string
	Direct              bool
	Body                json.RawMessage
}

// githubPayloads returns GitHub's own examples.
func githubPayloads(t *testing.T) []payload {
	t.Helper()
	data, err := os.ReadFile(corpus(t, "github", "webhooks", "examples.index.json"))
	if err != nil {
		t.Fatal(err)
	}
	var groups []struct {
		Name     string
		Examples []json.RawMessage
	}
	if err := json.Unmarshal(data, &groups); err != nil {
		t.Fatal(err)
	}
	var out []payload
	for _, g := range groups {
		for i, example := range g.Examples {
			out = append(out, payload{Name: fmt.Sprintf("%s %d", g.Name, i), Event: g.Name, Body: example})
		}
	}
	return out
}

// The package made of GitHub's description is as small as is promised, builds,
// and decodes and encodes all of GitHub's own payloads without loss.
func TestGitHub(t *testing.T) {
	t.Parallel()
	m := read(t, "github", corpus(t, "github", "webhooks", "openapi-webhooks.api.github.com.json"))
	payloads := githubPayloads(t)
	if len(m.Events) < 261 || len(payloads) < 329 {
		t.Errorf("%d events and %d payloads, want at least 261 and 329", len(m.Events), len(payloads))
	}
	files, err := generate.Go(m, generate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	lines, types, long := 0, 0, []string{}
	for _, f := range files {
		lines += strings.Count(string(f.Data), "\n")
		for _, name := range declaredTypes(t, f) {
			types++
			if len(name) > 40 {
				long = append(long, name)
			}
		}
	}
	t.Logf("%d events, %d lines, %d types", len(m.Events), lines, types)
	if lines > 25000 || types > 800 || len(long) > 0 {
		t.Errorf("%d lines, %d types, names longer than 40 characters: %q", lines, types, long)
	}
	roundTrip(t, m, "X-Github-Event", payloads)
}

// The package made of GitLab's payloads alone decodes and encodes each of them.
func TestGitLab(t *testing.T) {
	t.Parallel()
	pattern := filepath.Join(corpus(t, "gitlab", "webhooks"), "*.json")
	m := read(t, "gitlab", pattern)
	names, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	if len(names) < 39 {
		t.Errorf("%d payloads, want at least 39", len(names))
	}
	roundTrip(t, m, "", files(t, names))
}

// Whatever has webhooks or callbacks becomes a package that builds, and decodes
// and encodes the examples of the description.
func TestCorpusBuilds(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, provider string
		path           []string
	}{
		{"callbacks of OpenAPI 3.0", "", []string{"readme-oas-examples", "3.0", "callbacks.json"}},
		{"webhooks of OpenAPI 3.1", "", []string{"readme-oas-examples", "3.1", "webhooks.json"}},
		{"train travel", "", []string{"readme-oas-examples", "3.1", "train-travel.yaml"}},
		{"galaxy", "", []string{"scalar-galaxy", "galaxy.3.1.yaml"}},
		{"callback", "", []string{"oai-examples", "callback-example.yaml"}},
		{"OpenAPI 3.2", "", []string{"oai-examples", "3.2", "mega.yaml"}},
		{"Stripe", "stripe", []string{"stripe", "spec3.2023-09-12.yaml"}},
		{"Slack", "slack", []string{"slack", "slack_events_api_async_v1.json"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := read(t, tt.provider, corpus(t, tt.path...))
			var examples []payload
			for _, e := range m.Events {
				for _, example := range e.Examples {
					examples = append(examples, payload{Name: e.Name + " " + example.Name, Event: e.Name, Action: e.Action, Direct: true, Body: example.JSON})
				}
			}
			t.Logf("%d events, %d types, %d examples", len(m.Events), len(m.Types), len(examples))
			if len(examples) == 0 {
				// The vet of the go command checks types without compiling.
				run(t, module(t, m, nil), "vet", "./...")
				return
			}
			roundTrip(t, m, "", examples)
		})
	}
}

// files reads payloads.
func files(t *testing.T, names []string) []payload {
	t.Helper()
	var out []payload
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, payload{Name: filepath.Base(name), Body: data})
	}
	return out
}

// roundTrip builds the package of a model and has each payload decoded and
// encoded by it.
func roundTrip(t *testing.T, m *webhook.Model, header string, payloads []payload) {
	t.Helper()
	data, err := json.Marshal(payloads)
	if err != nil {
		t.Fatal(err)
	}
	var encode strings.Builder
	seen := map[string]bool{}
	for _, e := range m.Events {
		if seen[e.Payload.Name] {
			continue
		}
		seen[e.Payload.Name] = true
		fmt.Fprintf(&encode, "\tcase *made.%s:\n\t\treturn hook.Encode(d, p)\n", e.Payload.Name)
	}
	program := strings.NewReplacer("HEADER", header, "\t// CASES\n", encode.String()).Replace(roundTripProgram)
	dir := module(t, m, map[string]string{"main.go": program, "payloads.json": string(data)})
	out := run(t, dir, "run", ".")
	if want := fmt.Sprintf("%d of %d\n", len(payloads), len(payloads)); out != want {
		t.Errorf("printed\n%swant\n%s", out, want)
	}
}

// roundTripProgram decodes and encodes payloads, and says which are not what
// they were.
const roundTripProgram = `package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"reflect"

	"example.test/made"
	"github.com/plumbapi/plumb/webhook/hook"
)

func main() {
	data, err := os.ReadFile("payloads.json")
	if err != nil {
		panic(err)
	}
	var payloads []struct {
		Name, Event, Action string
		Direct              bool
		Body                json.RawMessage
	}
	if err := json.Unmarshal(data, &payloads); err != nil {
		panic(err)
	}
	right := 0
	for _, p := range payloads {
		routing := made.Routing()
		event, action := routing.Route(map[string][]string{"HEADER": {p.Event}}, p.Body)
		if p.Direct {
			event, action = p.Event, p.Action
		}
		if problem := check(event, action, p.Body); problem != "" {
			fmt.Println(p.Name + ": " + problem)
			continue
		}
		right++
	}
	fmt.Println(right, "of", len(payloads))
}

func check(event, action string, body []byte) string {
	p, _, err := made.Decode(event, action, body)
	if err != nil {
		return err.Error()
	}
	if p == nil {
		return fmt.Sprintf("no payload for %q %q", event, action)
	}
	out := hook.Append(nil, p)
	want, got := values(body), values(out)
	if !reflect.DeepEqual(want, got) {
		return "encoded as " + string(out)
	}
	again, err := encode(&hook.Delivery{Body: body}, p)
	if err != nil || !bytes.Equal(again, body) {
		return fmt.Sprintf("untouched, other bytes: %v", err)
	}
	return ""
}

// values keeps the tokens of numbers, so that they are compared exactly.
func values(body []byte) (v any) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return err
	}
	return v
}

func encode(d *hook.Delivery, p hook.Event) ([]byte, error) {
	switch p := p.(type) {
	// CASES
	}
	return nil, fmt.Errorf("no case for %T", p)
}
`
