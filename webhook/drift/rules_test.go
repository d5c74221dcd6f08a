package drift_test

import (
	"io/fs"
	"path"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/check/checktest"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/drift"
)

// TestRules runs every rule over the cases of its own: a description, and
// payloads in files that are named after their events.
func TestRules(t *testing.T) {
	t.Parallel()
	checktest.RunFS(t, drift.Rules(), "testdata/rules", func(fsys fs.FS, root string) (*drift.Result, error) {
		dir := path.Dir(root)
		doc, err := openapi.Load(t.Context(), fsys, dir+"/openapi.yaml")
		if err != nil {
			return nil, err
		}
		names, err := fs.Glob(fsys, dir+"/*.json")
		if err != nil {
			return nil, err
		}
		var payloads []drift.Payload
		for _, name := range names {
			data, err := fs.ReadFile(fsys, name)
			if err != nil {
				return nil, err
			}
			payloads = append(payloads, drift.Payload{Name: name, Event: strings.TrimSuffix(path.Base(name), ".json"), JSON: data})
		}
		return drift.Compare(t.Context(), drift.Of(doc, modelOf(doc)), payloads)
	})
}

// modelOf makes a model in which each webhook is an event of its name: "opened",
// or with an action, "ticket.opened".
func modelOf(doc *openapi.Document) *webhook.Model {
	m := &webhook.Model{Name: "test", Routing: webhook.Routing{EventPointers: []string{"/event"}, ActionPointers: []string{"/action"}}}
	for _, key := range []string{"webhooks", "x-webhooks"} {
		for _, w := range doc.Root().Get(key).Children() {
			name, action, _ := strings.Cut(w.Key(), ".")
			m.Events = append(m.Events, &webhook.Event{Name: name, Action: action, Location: w.KeyLocation()})
		}
	}
	return m
}
