package webhooks

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/fake"
)

// findEvent returns the event that a name on the command line means:
// "issues.opened", or "issues" where the event has no actions or one only.
func findEvent(m *webhook.Model, name string) (*webhook.Event, error) {
	var names, actions []string
	var of []*webhook.Event
	for _, e := range m.Events {
		full := fake.Name(e)
		if strings.EqualFold(full, name) || e.GoName == name {
			return e, nil
		}
		names = append(names, full)
		if strings.EqualFold(e.Name, name) {
			of = append(of, e)
			actions = append(actions, full)
		}
	}
	switch len(of) {
	case 0:
		return nil, env.Usagef("%w (plumb webhooks events lists them)", env.Unknown("event", name, names))
	case 1:
		return of[0], nil
	}
	return nil, env.Usagef("event %q has %d actions; name one: %s", name, len(of), few(actions))
}

// few joins the first names of a list.
func few(names []string) string {
	const most = 8
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}
