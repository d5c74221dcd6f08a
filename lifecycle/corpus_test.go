package lifecycle_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/openapi"
)

// corpus returns a file of real descriptions; it skips where there is none.
func corpus(tb testing.TB, name string) []byte {
	tb.Helper()
	dir := os.Getenv("PLUMB_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "corpus")
	}
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		tb.Skipf("the corpus is not here: %v (set PLUMB_CORPUS)", err)
	}
	return data
}

func corpusSchema(tb testing.TB, name string) *graphql.Schema {
	s, err := graphql.Parse(graphql.File{Name: name, Data: corpus(tb, name)})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func corpusDocument(tb testing.TB, name string) *openapi.Document {
	d, err := openapi.Parse(name, corpus(tb, name))
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// Every use of @deprecated in a real schema is a deprecation or an experiment,
// as many as its text has.
func TestCorpusGraphQL(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"gitlab/graphql/schema.15.7.graphql", "gitlab/graphql/schema.15.8.graphql", "gitlab/graphql/schema.16.3.graphql",
		"github/graphql/schema.graphql", "github/graphql/schema-14.0.0.graphql",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := string(corpus(t, name))
			experiments := strings.Count(text, `reason: "This feature is in Alpha.`) + strings.Count(text, `reason: "This feature is an Experiment.`)
			want := map[string]int{"experimental": experiments, "deprecated": strings.Count(text, "@deprecated(") - experiments, "problems": 0}
			milestones := strings.Count(text, " Deprecated in ")
			got := map[string]int{"experimental": 0, "deprecated": 0, "problems": 0}
			dated := 0
			for _, e := range lifecycle.InspectGraphQL(corpusSchema(t, name)).Elements {
				s := &e.State
				got["problems"] += len(s.Problems)
				if len(s.Carriers) == 0 || s.Carriers[0] != "@deprecated" {
					continue
				}
				switch {
				case s.Stability == lifecycle.Experimental && !s.Deprecated:
					got["experimental"]++
				case s.Deprecated:
					got["deprecated"]++
				}
				if s.Since.Release != "" && s.Deprecated {
					dated++
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("elements (-want +got):\n%s", diff)
			}
			if milestones > 0 && dated != got["deprecated"] {
				t.Errorf("%d of %d deprecations have their release", dated, got["deprecated"])
			}
		})
	}
}

// Every "deprecated": true of a real description belongs to an element.
func TestCorpusOpenAPI(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, flag, sunset string
		descriptions       int
	}{
		{"github/rest/api.github.com.json", `"deprecated": true`, `"removalDate"`, 1},
		{"gitlab/rest/openapi_v2.2024-09.yaml", "deprecated: true", "x-sunset", 44},
		{"gitlab/rest/openapi_v3-converted.2024-07.yaml", "deprecated: true", "x-sunset", 44},
		{"stripe/spec3.2023-09-12.yaml", "deprecated: true", "x-sunset", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			text := string(corpus(t, tt.name))
			want := map[string]int{"flag": strings.Count(text, tt.flag), "sunset": strings.Count(text, tt.sunset), "described": tt.descriptions}
			got := map[string]int{"flag": 0, "sunset": 0, "described": 0}
			seen := map[string]bool{}
			for _, e := range lifecycle.Inspect(corpusDocument(t, tt.name)).Elements {
				if seen[e.Location.Element] {
					continue // a shared parameter counts once
				}
				seen[e.Location.Element] = true
				said := strings.Join(e.State.Carriers, " ")
				if strings.Contains(" "+said+" ", " deprecated ") {
					got["flag"]++
				} else if e.State.Deprecated {
					got["described"]++
				}
				if !e.State.Sunset.IsZero() {
					got["sunset"]++
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("elements (-want +got):\n%s", diff)
			}
		})
	}
}

// Every element of a real description has a name of its own.
func TestCorpusNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"github/rest/api.github.com.json", "github/rest/ghes-3.17.json", "github/webhooks/openapi-webhooks.api.github.com.json",
		"gitlab/rest/openapi_v2.2024-09.yaml", "stripe/spec3.2023-09-12.yaml", "stripe/spec3.2022-04-12.json",
		"slack/slack_web_openapi_v2.json", "oai-examples/3.2/mega.yaml", "scalar-galaxy/galaxy.3.1.yaml",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seen := map[string]string{}
			for _, e := range lifecycle.Inspect(corpusDocument(t, name)).Elements {
				key := string(e.Surface) + " " + e.Name
				if at, ok := seen[key]; ok {
					t.Fatalf("%s is at %s and at %s", key, at, e.Location.Element)
				}
				seen[key] = e.Location.Element
				if e.Location.Line == 0 {
					t.Fatalf("%s has no line", key)
				}
			}
		})
	}
}
