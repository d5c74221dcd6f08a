package send_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/webhook/hook"
	"github.com/plumbapi/plumb/webhook/send"
)

// issueOpened is a payload as they are generated.
type issueOpened struct {
	Action string
	Number int64
	Title  hook.Opt[string]
	hook.Extra
}

var issueOpenedTable = hook.NewTable("issueOpened", "action", "number", "title").Const("action", `"opened"`)

func (*issueOpened) HookTable() *hook.Table { return issueOpenedTable }

func (v *issueOpened) HookFields(dst []any) []any { return append(dst, &v.Action, &v.Number, &v.Title) }

func (*issueOpened) HookEvent() (event, action string) { return "issue", "opened" }

func TestEvent(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBook()
		w := newWorld(t, func(_ http.ResponseWriter, r *http.Request) {
			b.note(r)
			if e := r.Header.Get("X-Event"); e != "issue" {
				t.Errorf("the event is %q", e)
			}
		})
		s := open(t, send.Options{Guard: w.guard(), Endpoints: []send.Endpoint{
			{ID: "a", URL: inbox, Unsigned: true, Events: []string{"issue.opened"}, EventHeader: "X-Event"},
			{ID: "b", URL: inbox, Unsigned: true, Events: []string{"push"}},
		}})
		r, err := s.Event(t.Context(), &issueOpened{Number: 7, Title: hook.Some("it breaks")})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"a"}, r.Endpoints); diff != "" {
			t.Errorf("endpoints (-want +got):\n%s", diff)
		}
		wait(t, s)
		want := []hop{{ID: r.ID, Path: "/in", Body: `{"action":"opened","number":7,"title":"it breaks"}`}}
		if diff := cmp.Diff(want, b.all()); diff != "" {
			t.Errorf("deliveries (-want +got):\n%s", diff)
		}
	})
}
