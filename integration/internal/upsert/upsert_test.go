package upsert_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/internal/upsert"
	"github.com/plumbapi/plumb/integration/message"
)

// memory is a tracker without a server. Errors may be set by the call that has
// them, as "create /a".
type memory struct {
	objects []upsert.Object
	fail    map[string]error
	// lost says that a creation is carried out and its answer lost.
	lost bool
	log  []string
}

func (m *memory) call(verb, what string) error {
	m.log = append(m.log, verb+" "+what)
	return m.fail[verb+" "+what]
}

func (m *memory) Open(context.Context) ([]upsert.Object, error) {
	var open []upsert.Object
	for _, o := range m.objects {
		if o.Open {
			open = append(open, o)
		}
	}
	return open, m.call("list", "open")
}

func (m *memory) Find(_ context.Context, fingerprint string) (*upsert.Object, error) {
	if err := m.call("find", "one"); err != nil {
		return nil, err
	}
	for i := len(m.objects) - 1; i >= 0; i-- {
		if m.objects[i].Fingerprint == fingerprint {
			o := m.objects[i]
			return &o, nil
		}
	}
	return nil, nil
}

func (m *memory) Create(_ context.Context, g *message.Group) (upsert.Object, error) {
	err := m.call("create", g.Element)
	if err == nil || m.lost {
		m.objects = append(m.objects, upsert.Object{ID: fmt.Sprint(len(m.objects)), Name: g.Element, Fingerprint: g.Fingerprint, Digest: g.Digest(), Open: true})
	}
	if err != nil {
		return upsert.Object{}, err
	}
	return m.objects[len(m.objects)-1], nil
}

func (m *memory) change(verb string, o upsert.Object, change func(*upsert.Object)) (upsert.Object, error) {
	if err := m.call(verb, o.Name); err != nil {
		return upsert.Object{}, err
	}
	for i := range m.objects {
		if m.objects[i].ID == o.ID {
			change(&m.objects[i])
			return m.objects[i], nil
		}
	}
	return upsert.Object{}, errors.New("no such object")
}

func (m *memory) Update(_ context.Context, o upsert.Object, g *message.Group) (upsert.Object, error) {
	return m.change("update", o, func(o *upsert.Object) { o.Digest = g.Digest() })
}

func (m *memory) Close(_ context.Context, o upsert.Object) (upsert.Object, error) {
	return m.change("close", o, func(o *upsert.Object) { o.Open = false })
}

func (m *memory) Reopen(_ context.Context, o upsert.Object, g *message.Group) (upsert.Object, error) {
	return m.change("reopen", o, func(o *upsert.Object) { o.Open, o.Digest = true, g.Digest() })
}

func run(t *testing.T, m *memory, d *integration.Delivery, o upsert.Options) (did []string, err error) {
	t.Helper()
	c := integration.NewClient(&integration.Manifest{Name: "memory"}, nil, nil)
	receipt := &integration.Receipt{}
	err = upsert.Run(t.Context(), m, c, d, o, receipt)
	for _, a := range receipt.Actions {
		did = append(did, a.Verb+" "+a.Object)
	}
	return did, err
}

func finding(element, text string) check.Finding {
	return integrationtest.Finding(check.Warning, "operation-tags", element, text, 1)
}

func list(elements ...string) []check.Finding {
	all := []check.Finding{}
	for _, e := range elements {
		all = append(all, finding(e, "has no tags"))
	}
	return all
}

// TestLife follows objects from their making to their return.
func TestLife(t *testing.T) {
	t.Parallel()
	m := &memory{}
	changed := integrationtest.Delivery("3", []check.Finding{finding("/a", "has an empty tag"), finding("/b", "has no tags")}, list("/a", "/b"))
	broken := integrationtest.Delivery("5", list("/a"), list("/a", "/b"))
	broken.Report.Incomplete = []check.Incomplete{{File: "b.yaml"}}
	aside := integrationtest.Delivery("6", list("/a"), list("/a", "/b"))
	aside.Report.Suppressed = []check.Suppressed{{Finding: list("/b")[0], By: "unchanged"}}
	steps := []struct {
		name     string
		before   func()
		delivery *integration.Delivery
		want     []string
	}{
		{"first", nil, integrationtest.Delivery("1", list("/a", "/b"), nil), []string{"created /a", "created /b"}},
		{"again", nil, integrationtest.Delivery("1", list("/a", "/b"), nil), []string{"unchanged /a", "unchanged /b"}},
		{"another text", nil, changed, []string{"updated /a", "unchanged /b"}},
		{"not finished closes nothing", nil, broken, []string{"updated /a"}},
		{"set aside is not mended", nil, aside, []string{"unchanged /a"}},
		{"mended", nil, integrationtest.Delivery("7", list("/a"), list("/a", "/b")), []string{"unchanged /a", "closed /b"}},
		{"it comes back", nil, integrationtest.Delivery("8", list("/a", "/b"), list("/a")), []string{"unchanged /a", "reopened /b"}},
		{"closed by somebody", func() { m.objects[0].Open = false }, integrationtest.Delivery("9", list("/a", "/b"), list("/a", "/b")), []string{"unchanged /a", "unchanged /b"}},
		{"closed, and nothing is known", nil, integrationtest.Delivery("10", list("/a", "/b"), nil), []string{"reopened /a", "unchanged /b"}},
		{"all mended", nil, integrationtest.Delivery("11", nil, list("/a", "/b")), []string{"closed /a", "closed /b"}},
	}
	for _, s := range steps {
		if s.before != nil {
			s.before()
		}
		got, err := run(t, m, s.delivery, upsert.Options{})
		if err != nil {
			t.Fatalf("%s: %v", s.name, err)
		}
		if diff := cmp.Diff(s.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", s.name, diff)
		}
	}
	if len(m.objects) != 2 {
		t.Errorf("%d objects, want 2", len(m.objects))
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	m := &memory{}
	d := integrationtest.Many("run", 7)
	got, err := run(t, m, d, upsert.Options{Most: 5})
	if err != nil || len(m.objects) != 5 || got[len(got)-1] != "unchanged 2 groups of findings for a later run: a run makes no more objects" {
		t.Errorf("%d objects, %q, error %v", len(m.objects), got, err)
	}
	if _, err := run(t, m, d, upsert.Options{Most: 5}); err != nil || len(m.objects) != 7 {
		t.Errorf("%d objects after a second run, error %v; want 7", len(m.objects), err)
	}
	m = &memory{}
	if _, err := run(t, m, d, upsert.Options{Least: check.Error}); err != nil || len(m.objects) != 0 {
		t.Errorf("%d objects of warnings, error %v; want none", len(m.objects), err)
	}
}

// TestErrors shows which errors end a run, and that none leads to a second
// object.
func TestErrors(t *testing.T) {
	t.Parallel()
	remote := &integration.Error{Tool: "memory", Kind: integration.Remote, Text: "no answer", Hint: "wait"}
	field := &integration.Error{Tool: "memory", Kind: integration.Config, Status: 422, Text: "a field", Hint: "mend it"}
	auth := &integration.Error{Tool: "memory", Kind: integration.Auth, Status: 403, Text: "forbidden", Hint: "ask"}
	tests := []struct {
		name string
		m    memory
		want []string
		err  string
	}{
		{"the list", memory{fail: map[string]error{"list open": remote}}, nil, "memory: no answer; wait"},
		{"the search", memory{fail: map[string]error{"find one": remote}}, nil, "memory: no answer; wait"},
		{"one object", memory{fail: map[string]error{"create /a": field}}, []string{"created /b", "created /c"}, "memory: a field; mend it"},
		{"two objects", memory{fail: map[string]error{"create /a": field, "create /c": field}}, []string{"created /b"}, "memory: a field (and 1 error more alike); mend it"},
		{"credentials", memory{fail: map[string]error{"create /b": auth}}, []string{"created /a"}, "memory: forbidden; ask"},
		{"an answer that is lost", memory{fail: map[string]error{"create /a": remote}, lost: true}, []string{"created /a", "created /b", "created /c"}, ""},
		{"no answer", memory{fail: map[string]error{"create /a": remote}}, nil, "memory: no answer; wait"},
	}
	for i := range tests {
		tt := &tests[i]
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := integrationtest.Delivery("run", list("/a", "/b", "/c"), nil)
			got, err := run(t, &tt.m, d, upsert.Options{})
			if text := fmt.Sprint(err); text != tt.err && (tt.err != "" || err != nil) {
				t.Errorf("error %q, want %q", text, tt.err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("actions (-want +got):\n%s", diff)
			}
			tt.m.fail = nil
			if _, err := run(t, &tt.m, d, upsert.Options{}); err != nil || len(tt.m.objects) != 3 {
				t.Errorf("after a second run there are %d objects, error %v: %s", len(tt.m.objects), err, strings.Join(tt.m.log, ", "))
			}
		})
	}
}
