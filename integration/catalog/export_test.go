package catalog_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"github.com/plumbapi/plumb/integration/catalog"
)

func TestWriteScorecard(t *testing.T) {
	t.Parallel()
	r := grade(t, entry(t, "", postboxFiles()))
	var b bytes.Buffer
	if err := catalog.WriteScorecard(&b, r, "0.1.0", func(rule string) string { return "https://x/" + rule }); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Date   string
		Repo   struct{ Name, Commit string }
		Score  float64
		Checks []struct {
			Name, Reason  string
			Score         int
			Details       []string
			Documentation struct{ Short, URL string }
		}
		Metadata []string
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Date != "2026-11-27" || got.Repo.Name != "postbox" || !strings.HasPrefix(got.Repo.Commit, "sha256:") || got.Score != r.Score || len(got.Checks) != len(catalog.Checks()) {
		t.Errorf("scorecard = %+v", got)
	}
	scores := map[string]int{}
	for _, c := range got.Checks {
		scores[c.Name] = c.Score
	}
	if diff := cmp.Diff([]int{10, 0, -1}, []int{scores["M03-test"], scores["V07-coverage"], scores["C02-inbound"]}); diff != "" {
		t.Errorf("passed, unknown, irrelevant (-want +got):\n%s", diff)
	}
	if got.Checks[0].Documentation.URL != "https://x/integration-manifest" {
		t.Errorf("documentation = %+v", got.Checks[0].Documentation)
	}
}

func TestWriteBackstage(t *testing.T) {
	t.Parallel()
	r := grade(t, entry(t, "", postboxFiles()))
	r.Entry.Manifest.Description = "quotes \" and: colons\n---\nkind: Evil"
	var b bytes.Buffer
	if err := catalog.WriteBackstage(&b, []*catalog.Result{r}, func(name string) string { return "https://x/" + name }); err != nil {
		t.Fatal(err)
	}
	dec := yaml.NewDecoder(&b)
	var kinds []string
	for {
		var entity struct {
			APIVersion string `yaml:"apiVersion"`
			Kind       string
			Metadata   struct {
				Name, Description string
				Annotations       map[string]string
				Links             []struct{ URL string }
			}
			Spec struct {
				Type, Lifecycle, Owner string
				ConsumesApis           []string `yaml:"consumesApis"`
				Definition             string
			}
		}
		err := dec.Decode(&entity)
		if err == io.EOF { //nolint:errorlint // the decoder returns it as it is
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, entity.Kind)
		if entity.APIVersion != "backstage.io/v1alpha1" || entity.Spec.Owner != "tests" || entity.Spec.Lifecycle != "production" {
			t.Errorf("entity = %+v", entity)
		}
		switch entity.Kind {
		case "Component":
			if entity.Metadata.Annotations["plumb.dev/level"] != "minimal" || entity.Metadata.Links[0].URL != "https://x/postbox" || entity.Spec.ConsumesApis[0] != "postbox-api" || entity.Metadata.Description != r.Entry.Manifest.Description {
				t.Errorf("component = %+v", entity)
			}
		case "API":
			if entity.Metadata.Name != "postbox-api" || !json.Valid([]byte(entity.Spec.Definition)) || entity.Spec.Type != "json-schema" {
				t.Errorf("api = %+v", entity)
			}
		}
	}
	if diff := cmp.Diff([]string{"Component", "API"}, kinds); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
}

func TestWriteBadge(t *testing.T) {
	t.Parallel()
	r := grade(t, entry(t, "", postboxFiles()))
	r.Entry.Manifest.Title = `<script>"&`
	var b bytes.Buffer
	if err := catalog.WriteBadge(&b, r); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "<script>") || !strings.Contains(b.String(), ">minimal<") {
		t.Errorf("badge = %s", b.String())
	}
	for dec := xml.NewDecoder(&b); ; {
		if _, err := dec.Token(); err == io.EOF { //nolint:errorlint // the decoder returns it as it is
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

const ownManifest = `apiVersion: plumb/v1
kind: Integration
metadata: {name: pager, title: Pager, description: Wakes people.}
spec:
  owner: ops
  lifecycle: production
  category: chat
  direction: [outbound]
  capabilities: [report.deliver]
  auth: {scheme: none}
  idempotency: {strategy: none}
  slo: {availability: 99, p95: 1s, timeout: 5s}
`

func TestOpen(t *testing.T) {
	t.Parallel()
	evidence := `{"version": 1, "integration": "pager", "sources": "` + catalog.ManifestDigest([]byte(ownManifest)) + `", "recorded": "2026-11-20T10:00:00Z", "by": "ci",
		"results": [{"check": "M03", "passed": true, "detail": "ran in CI"}, {"check": "M05", "passed": false, "detail": "the body is no JSON"}, {"check": "M06", "detail": "?"}]}`
	files := fstest.MapFS{
		"pager/manifest.yaml": {Data: []byte(ownManifest)}, "pager/evidence.json": {Data: []byte(evidence)},
		"notes/readme.md": {Data: []byte("no manifest")}, ".git/manifest.yaml": {Data: []byte("x")},
	}
	entries, err := catalog.Open(files, "own")
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 || entries[0].File != "own/pager/manifest.yaml" || entries[0].Tool != nil {
		t.Fatalf("entries = %+v", entries)
	}
	r := grade(t, entries[0])
	got := map[string]string{}
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		got[o.Check.ID] = string(o.Status) + ", " + o.Evidence
	}
	want := map[string]string{"M01": "passed, read", "M03": "passed, recorded 20 Nov 2026", "M05": "failed, recorded 20 Nov 2026", "M06": "unknown, recorded 20 Nov 2026", "V04": "unknown, recorded 20 Nov 2026"}
	for id := range want {
		if got[id] != want[id] {
			t.Errorf("%s is %s, want %s", id, got[id], want[id])
		}
	}

	// Another manifest, the same evidence: it counts no more.
	files["pager/manifest.yaml"] = &fstest.MapFile{Data: []byte(ownManifest + "# changed\n")}
	if entries, err = catalog.Open(files, "own"); err != nil {
		t.Fatal(err)
	}
	for _, o := range grade(t, entries[0]).Outcomes {
		if o.Check.ID == "M03" && o.Status != catalog.Unknown {
			t.Errorf("evidence of another manifest is %s: %s", o.Status, o.Reason)
		}
	}
}

func TestOpenProblems(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, folder, text, want string }{
		{"wrong field", "pager", strings.Replace(ownManifest, "category: chat", "category: chatt", 1), `own/pager/manifest.yaml:7:13: `},
		{"other folder", "beeper", ownManifest, `own/beeper/manifest.yaml: the manifest is of "pager"`},
		{"no YAML", "pager", "{", "own/pager/manifest.yaml:1"},
		{"empty", "pager", "", "own/pager/manifest.yaml:1:1: the file is empty"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := catalog.Open(fstest.MapFS{tt.folder + "/manifest.yaml": {Data: []byte(tt.text)}}, "own")
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Open = %v, want %q", err, tt.want)
			}
		})
	}
}

func FuzzParseEvidence(f *testing.F) {
	f.Add([]byte(`{"version":1,"integration":"a","sources":"","recorded":"2026-11-20T10:00:00Z","by":"","results":[{"check":"V07","values":{"coverage":1e308},"detail":""}]}`))
	f.Add([]byte(`{"version":1} {}`))
	f.Add([]byte(`[`))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := catalog.ParseEvidence(data)
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := e.Write(&b); err != nil {
			t.Fatal(err)
		}
		again, err := catalog.ParseEvidence(b.Bytes())
		if err != nil {
			t.Fatalf("what was written is refused: %v\n%s", err, b.Bytes())
		}
		if diff := cmp.Diff(e, again); diff != "" {
			t.Errorf("another came back (-wrote +read):\n%s", diff)
		}
	})
}

// TestOutcomesAreWhole shows that each outcome has a reason and says where it is
// from.
func TestOutcomesAreWhole(t *testing.T) {
	t.Parallel()
	for _, o := range grade(t, entry(t, "", withEvidence(t, postboxFiles(), nil))).Outcomes {
		if o.Reason == "" || o.Evidence == "" || strings.HasSuffix(o.Reason, ".") {
			t.Errorf("%s: reason %q, evidence %q", o.Check.ID, o.Reason, o.Evidence)
		}
	}
}
