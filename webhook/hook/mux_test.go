package hook_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/webhook/hook"
)

func TestMux(t *testing.T) {
	t.Parallel()
	errStop := errors.New("stop")
	tests := []struct {
		name  string
		d     hook.Delivery
		setUp func(m *hook.Mux, called func(string) error)
		want  []string
		err   error
	}{
		{"no handler", hook.Delivery{Event: "review", Action: "asked", Body: []byte(`{`)}, func(*hook.Mux, func(string) error) {}, nil, nil},
		{"event and action", hook.Delivery{Event: "review", Action: "asked", Body: []byte(base)}, func(m *hook.Mux, called func(string) error) {
			m.OnUnknown(func(context.Context, *hook.Delivery) error { return called("unknown") })
			m.HandleEvent("review", func(context.Context, *hook.Delivery) error { return called("event") })
			hook.Handle(m, "review", "asked", func(_ context.Context, _ *hook.Delivery, e *ReviewAsked) error { return called(e.Author.Login) })
			hook.Handle(m, "review", "closed", func(context.Context, *hook.Delivery, *ReviewAsked) error { return called("closed") })
		}, []string{"ada", "event"}, nil},
		{"any action", hook.Delivery{Event: "review", Action: "new", Body: []byte(`no JSON`)}, func(m *hook.Mux, called func(string) error) {
			m.HandleEvent("review", func(context.Context, *hook.Delivery) error { return called("event") })
			hook.Handle(m, "review", "asked", func(context.Context, *hook.Delivery, *ReviewAsked) error { return called("asked") })
		}, []string{"event"}, nil},
		{"unknown", hook.Delivery{Event: "other"}, func(m *hook.Mux, called func(string) error) {
			m.OnUnknown(func(context.Context, *hook.Delivery) error { return called("unknown") })
			m.HandleEvent("review", func(context.Context, *hook.Delivery) error { return called("event") })
		}, []string{"unknown"}, nil},
		{"error ends it", hook.Delivery{Event: "review", Action: "asked", Body: []byte(base)}, func(m *hook.Mux, called func(string) error) {
			hook.Handle(m, "review", "asked", func(context.Context, *hook.Delivery, *ReviewAsked) error {
				return errors.Join(called("first"), errStop)
			})
			m.HandleEvent("review", func(context.Context, *hook.Delivery) error { return called("event") })
		}, []string{"first"}, errStop},
		{"drift is told", hook.Delivery{Event: "review", Action: "asked", Body: []byte(`{"x":1}`)}, func(m *hook.Mux, called func(string) error) {
			m.OnDrift(func(_ context.Context, _ *hook.Delivery, drifts []hook.Drift) error { return called(drifts[0].Path) })
			hook.Handle(m, "review", "asked", func(context.Context, *hook.Delivery, *ReviewAsked) error { return called("handler") })
		}, []string{"/x", "handler"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			m := hook.NewMux()
			tt.setUp(m, func(s string) error { got = append(got, s); return nil })
			if err := m.Serve(context.Background(), &tt.d); !errors.Is(err, tt.err) || (err == nil) != (tt.err == nil) {
				t.Errorf("Serve: %v, want %v", err, tt.err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("called (-want +got):\n%s", diff)
			}
		})
	}
}

func TestStrict(t *testing.T) {
	t.Parallel()
	m := hook.NewMux()
	m.OnDrift(hook.Strict)
	called := 0
	hook.Handle(m, "review", "asked", func(context.Context, *hook.Delivery, *ReviewAsked) error { called++; return nil })
	err := m.Serve(context.Background(), &hook.Delivery{Event: "review", Action: "asked", Body: []byte(strings.Replace(base, `7`, `"7"`, 1))})
	var drift *hook.DriftError
	if !errors.As(err, &drift) || called != 0 {
		t.Fatalf("Serve: %v and %d calls, want a DriftError and none", err, called)
	}
	if want := "payload of review asked is not as described: /id: string instead of integer"; err.Error() != want {
		t.Errorf("error %q, want %q", err, want)
	}
	if err := m.Serve(context.Background(), &hook.Delivery{Event: "review", Action: "asked", Body: []byte(base)}); err != nil || called != 1 {
		t.Errorf("Serve without drift: %v and %d calls, want 1", err, called)
	}
	var syntax *hook.SyntaxError
	if err := m.Serve(context.Background(), &hook.Delivery{Event: "review", Action: "asked", Body: []byte(`{`)}); !errors.As(err, &syntax) {
		t.Errorf("Serve of no JSON: %v, want a SyntaxError", err)
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	m := hook.NewMux()
	var wg sync.WaitGroup
	for k := range 8 {
		wg.Go(func() {
			hook.Handle(m, "review", fmt.Sprint(k), func(_ context.Context, d *hook.Delivery, e *ReviewAsked) error {
				if out := string(hook.Append(nil, e)); out != string(d.Body) {
					return fmt.Errorf("encoded as %s, want %s", out, d.Body)
				}
				return nil
			})
			for i := range 100 {
				body := strings.Replace(base, `7`, fmt.Sprint(k*1000+i), 1)
				if i%2 == 0 {
					body = body[:len(body)-1] + `,"x":[1]}`
				}
				if err := m.Serve(context.Background(), &hook.Delivery{Event: "review", Action: fmt.Sprint(k), Body: []byte(body)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

func TestRouting(t *testing.T) {
	t.Parallel()
	header := map[string][]string{"X-Event": {"push"}, "X-Id": {"4"}}
	tests := []struct {
		name          string
		routing       hook.Routing
		header        map[string][]string
		body          string
		event, action string
		id            string
	}{
		{"header", hook.Routing{EventHeader: "x-event", DeliveryHeader: "x-id", ActionPointers: []string{"/action"}}, header, `{"x":{"action":"no"},"action":"opened"}`, "push", "opened", "4"},
		{"no header", hook.Routing{EventHeader: "X-Event", EventPointers: []string{"/kind"}}, nil, `{"kind":"note"}`, "note", "", ""},
		{"header first", hook.Routing{EventHeader: "X-Event", EventPointers: []string{"/kind"}}, header, `{"kind":"note"}`, "push", "", ""},
		{"second pointer", hook.Routing{EventPointers: []string{"/a", "/b"}}, nil, `{"b":"B"}`, "B", "", ""},
		{"first pointer wins", hook.Routing{EventPointers: []string{"/a", "/b"}}, nil, `{"b":"B","a":"A"}`, "A", "", ""},
		{"deep", hook.Routing{ActionPointers: []string{"/attributes/action"}}, nil, `{"list":[{"attributes":1}],"attributes":{"x":"}","action":"open"}}`, "", "open", ""},
		{"no string", hook.Routing{EventPointers: []string{"/a", "/b"}}, nil, `{"a":5,"b":"x"}`, "x", "", ""},
		{"escapes", hook.Routing{EventPointers: []string{"/a~1b"}}, nil, `{"quote\"":"\\","\u0061/b":"\u0041"}`, "A", "", ""},
		{"white space", hook.Routing{EventPointers: []string{"/a"}}, nil, "\ufeff \n{ \"x\" : [ ] , \"a\" :\t\"b\" }", "b", "", ""},
		{"id in the payload", hook.Routing{DeliveryPointers: []string{"/id"}}, nil, `{"id":"e1"}`, "", "", "e1"},
		{"no JSON", hook.Routing{EventPointers: []string{"/a"}, ActionPointers: []string{"/b"}}, nil, `{"a":"x","b`, "x", "", ""},
		{"cut off", hook.Routing{EventPointers: []string{"/a"}}, nil, `{"b":"\`, "", "", ""},
		{"no object", hook.Routing{EventPointers: []string{"/a"}}, nil, `["a"]`, "", "", ""},
		{"nothing", hook.Routing{EventPointers: []string{"/a"}}, nil, ``, "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			event, action := tt.routing.Route(tt.header, []byte(tt.body))
			if event != tt.event || action != tt.action {
				t.Errorf("Route = %q, %q; want %q, %q", event, action, tt.event, tt.action)
			}
			if id := tt.routing.ID(tt.header, []byte(tt.body)); id != tt.id {
				t.Errorf("ID = %q, want %q", id, tt.id)
			}
		})
	}
}
