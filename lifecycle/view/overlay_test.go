package view_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/view"
	"github.com/plumbapi/plumb/openapi"
)

// An overlay, applied to its description, says the days of the calendar.
func TestOverlayApplies(t *testing.T) {
	t.Parallel()
	c, doc, _ := fixture(t)
	overlay, _ := view.NewOverlay(c, doc, options)
	var tree any
	if err := yaml.Unmarshal([]byte(restText), &tree); err != nil {
		t.Fatal(err)
	}
	for _, a := range overlay.Actions {
		target, err := selectNode(tree, a.Target)
		if err != nil {
			t.Fatalf("%s: %v", a.Target, err)
		}
		for key, value := range map[string]string{"x-deprecated-at": a.Update.DeprecatedAt, "x-sunset": a.Update.Sunset, "x-replaced-by": a.Update.ReplacedBy} {
			if value != "" {
				target[key] = value
			}
		}
	}
	text, err := yaml.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	after, err := openapi.Parse("api.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]lifecycle.State{}
	for _, e := range lifecycle.Inspect(after).Elements {
		states[e.Name] = e.State
	}
	for _, e := range c.Entries {
		if e.Surface == lifecycle.GraphQL {
			continue
		}
		s := states[e.Name]
		if !s.Sunset.Date.Equal(e.Gone.Date) || s.Since != e.Since || s.Replacement != e.Replacement || len(s.Problems) > 0 {
			t.Errorf("%s: the description says %v, %v, %q, %v; the calendar %v, %v, %q", e.Name, s.Since, s.Sunset, s.Replacement, s.Problems, e.Since, e.Gone, e.Replacement)
		}
	}
	// Applied, there is nothing left to write.
	again := lifecycle.NewCalendar(nil, today, lifecycle.Inspect(after))
	rest, _ := view.NewOverlay(again, after, options)
	if diff := cmp.Diff([]view.OverlayAction{}, rest.Actions); diff != "" {
		t.Errorf("a second overlay (-want +got):\n%s", diff)
	}
}

var pathStep = regexp.MustCompile(`^(?:\.([A-Za-z_][A-Za-z0-9_]*)|\['((?:[^'\\]|\\.)*)'\]|\[(\d+)\])`)

// selectNode follows a JSONPath of names and indexes.
func selectNode(tree any, path string) (map[string]any, error) {
	rest := strings.TrimPrefix(path, "$")
	for rest != "" {
		m := pathStep.FindStringSubmatch(rest)
		if m == nil {
			return nil, fmt.Errorf("no step at %q", rest)
		}
		rest = rest[len(m[0]):]
		key := m[1]
		switch {
		case m[2] != "":
			key = strings.NewReplacer(`\'`, "'", `\\`, `\`).Replace(m[2])
		case m[3] != "":
			list, ok := tree.([]any)
			i, err := strconv.Atoi(m[3])
			if !ok || err != nil || i >= len(list) {
				return nil, fmt.Errorf("no element %s", m[3])
			}
			tree = list[i]
			continue
		}
		object, ok := tree.(map[string]any)
		if !ok || object[key] == nil {
			return nil, fmt.Errorf("no member %q", key)
		}
		tree = object[key]
	}
	object, ok := tree.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%s is no object", path)
	}
	return object, nil
}
