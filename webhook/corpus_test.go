package webhook_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook"
)

// corpus returns files of the folder of real descriptions that match a pattern.
func corpus(tb testing.TB, patterns ...string) []webhook.Source {
	tb.Helper()
	dir := os.Getenv("PLUMB_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "corpus")
	}
	var out []webhook.Source
	for _, p := range patterns {
		names, err := filepath.Glob(filepath.Join(dir, p))
		if err != nil {
			tb.Fatal(err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				tb.Fatal(err)
			}
			out = append(out, webhook.Source{Name: name, Data: data})
		}
	}
	if len(out) == 0 {
		tb.Skipf("no corpus of real descriptions: set PLUMB_CORPUS to its folder (%s has no %v)", dir, patterns)
	}
	return out
}

func read(tb testing.TB, sources []webhook.Source, provider string) *webhook.Model {
	tb.Helper()
	m, err := webhook.Read(sources, webhook.Options{Provider: provide(tb, provider)})
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

func provide(tb testing.TB, name string) *webhook.Provider {
	tb.Helper()
	if name == "" {
		return nil
	}
	p, _, err := webhook.FindProvider(name)
	if err != nil || p == nil {
		tb.Fatalf("provider %q: %v", name, err)
	}
	return p
}

func TestGitHub(t *testing.T) {
	t.Parallel()
	m := read(t, corpus(t, "github/webhooks/openapi-webhooks.api.github.com.json"), "github")
	checkModel(t, m)
	if got, most := len(m.Types), 800; len(m.Events) != 261 || got > most {
		t.Errorf("%d events and %d types, want 261 and at most %d", len(m.Events), got, most)
	}
	// Every example of every event finds its type by the routing, and but for what
	// the description itself is wrong about it is what the type takes.
	examples := read(t, corpus(t, "github/webhooks/examples.index.json"), "github")
	types := map[[2]string]*webhook.Type{}
	for _, e := range m.Events {
		types[[2]string{e.Name, e.Action}] = e.Payload
	}
	payloads, wrong := 0, 0
	for _, e := range examples.Events {
		for _, x := range e.Examples {
			payloads++
			payload := types[[2]string{e.Name, e.Action}]
			if payload == nil { // the action is the caller's own
				payload = types[[2]string{e.Name, ""}]
			}
			if payload == nil {
				t.Errorf("%s: no type for event %s %s", x.Name, e.Name, e.Action)
				continue
			}
			wrong += len(problems(payload, tree(t, x)))
		}
	}
	if payloads != 329 || wrong > 228 {
		t.Errorf("%d payloads with %d problems, want 329 with at most the 228 that the description has", payloads, wrong)
	}
	t.Logf("%d events, %d types, %d payloads, %d problems", len(m.Events), len(m.Types), payloads, wrong)
}

// TestPayloadsAlone infers models of real payloads: each takes its own without a
// problem.
func TestPayloadsAlone(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, pattern, provider string
		payloads                int
	}{
		{"gitlab", "gitlab/webhooks/*.json", "gitlab", 39},
		{"gitlab, of which nothing is known", "gitlab/webhooks/*.json", "", 39},
		{"github", "github/webhooks/examples.index.json", "github", 329},
		{"github, of which nothing is known", "github/webhooks/examples.index.json", "", 329},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := read(t, corpus(t, tt.pattern), tt.provider)
			checkModel(t, m)
			payloads := 0
			for _, e := range m.Events {
				for _, x := range e.Examples {
					payloads++
					for _, p := range problems(e.Payload, tree(t, x)) {
						t.Errorf("%s: %s", x.Name, p)
					}
				}
			}
			if payloads != tt.payloads {
				t.Errorf("%d payloads, want %d", payloads, tt.payloads)
			}
			t.Logf("%d events, %d types", len(m.Events), len(m.Types))
		})
	}
}

func tree(t *testing.T, x webhook.Example) *openapi.Node {
	t.Helper()
	n, err := openapi.ParseTree(x.Name, x.JSON)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestRealDescriptions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		pattern, provider string
		events            int
		routing           webhook.Routing
	}{
		{"github/rest/api.github.com.json", "github", 270, provide(t, "github").Routing},
		{"github/rest/ghes-3.17.json", "github", 257, provide(t, "github").Routing},
		{"github/webhooks/schema.json", "github", 224, provide(t, "github").Routing},
		{"slack/slack_events_api_async_v1.json", "slack", 66, provide(t, "slack").Routing},
		{"slack/slack_common_event_wrapper_schema.json", "slack", 1, provide(t, "slack").Routing},
		{"stripe/spec3.2022-04-12.json", "", 188, provide(t, "stripe").Routing},
		{"stripe/spec3.2022-11-17.yaml", "stripe", 217, provide(t, "stripe").Routing},
		{"stripe/spec3.2023-09-12.yaml", "stripe", 222, provide(t, "stripe").Routing},
		{"scalar-galaxy/galaxy.3.1.yaml", "", 1, webhook.Routing{}},
		{"oai-examples/callback-example.yaml", "", 1, webhook.Routing{}},
		{"oai-examples/3.2/mega.yaml", "", 1, webhook.Routing{EventPointers: []string{"/type"}}},
		{"readme-oas-examples/3.0/callbacks.json", "", 1, webhook.Routing{}},
		{"readme-oas-examples/3.1/train-travel.yaml", "", 1, webhook.Routing{}},
		{"readme-oas-examples/3.1/webhooks.json", "", 1, webhook.Routing{}},
	}
	for _, tt := range tests {
		t.Run(tt.pattern, func(t *testing.T) {
			t.Parallel()
			m := read(t, corpus(t, tt.pattern), tt.provider)
			checkModel(t, m)
			if len(m.Events) != tt.events {
				t.Errorf("%d events, want %d", len(m.Events), tt.events)
			}
			if diff := cmp.Diff(tt.routing, m.Routing); diff != "" {
				t.Errorf("Routing (-want +got):\n%s", diff)
			}
		})
	}
}

// TestSame reads twice and compares.
func TestSame(t *testing.T) {
	t.Parallel()
	sources := corpus(t, "github/webhooks/openapi-webhooks.api.github.com.json")
	a, b := read(t, sources, "github"), read(t, sources, "github")
	if diff := cmp.Diff(summary(a), summary(b)); diff != "" {
		t.Errorf("two readings of one description (-first +second):\n%s", diff)
	}
}
