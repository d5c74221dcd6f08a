package generate_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A generated package does what its comments say: a program that uses it as
// people would is built and run.
func TestGeneratedPackage(t *testing.T) {
	t.Parallel()
	dir := module(t, tracker(), map[string]string{"main.go": `package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"example.test/made"
	"github.com/plumbapi/plumb/webhook/hook"
)

const body = ` + "`" + `{"action":"opened","issue":{"state":"ajar","title":"Leak","body":null,"owner":{"type":"team","members":[]},"weight":1.10,"labels":["a",7],"locked":"no","created_at":"2026-11-27 10:00:00 UTC","new":{"x":[1e2]}},"sender":{"type":"user","id":1,"login":"ann","email":null,"manager":{"type":"user","id":2,"login":"bob"}}}` + "`" + `

func main() {
	mux := made.NewMux()
	mux.OnIssuesOpened(func(_ context.Context, d *hook.Delivery, p *made.IssuesOpened) error {
		fmt.Println(p.Issue.Title, p.Issue.State.Known(), p.Issue.Weight.Or(hook.Int(0)))
		if team, ok := p.Issue.Owner.Value.(*made.Team); ok {
			fmt.Println("team of", len(team.Members))
		}
		email, ok := p.Sender.Email.Get()
		fmt.Println(email, ok, p.Sender.Email.IsNull(), p.Sender.Manager.Ptr() != nil)
		at, err := p.Issue.CreatedAt.Time()
		fmt.Println(at.Format(time.RFC3339), err)
		untouched, err := hook.Encode(d, p)
		fmt.Println(string(untouched) == body, err)
		p.Issue.Title = "Leaks"
		p.Issue.State = made.IssueStateClosed
		p.Issue.Owner.Value = &made.OwnerText{Hold: hook.Hold[string]{Value: "ann"}}
		changed, err := json.Marshal(p)
		fmt.Println(string(changed), err)
		return nil
	})
	mux.OnIssues(func(_ context.Context, d *hook.Delivery) error {
		fmt.Println("any action:", d.Action)
		return nil
	})
	mux.OnUnknown(func(_ context.Context, d *hook.Delivery) error {
		fmt.Println("unknown:", d.Event, d.Action)
		return nil
	})
	routing := made.Routing()
	header := map[string][]string{"X-Tracker-Event": {"issues"}}
	event, action := routing.Route(header, []byte(body))
	for _, d := range []*hook.Delivery{{Event: event, Action: action, Body: []byte(body)}, {Event: "issues", Action: "closed"}, {Event: "fork"}} {
		if err := mux.Serve(context.Background(), d); err != nil {
			fmt.Println(err)
		}
	}

	_, drift, err := made.Decode(made.EventIssues, made.ActionOpened, []byte(body))
	for _, d := range drift {
		fmt.Println(d.Path, d.Kind, d.Got)
	}
	fmt.Println(err, made.New("fork", ""))
	_, _, err = made.Decode("ping", "", []byte("{"))
	fmt.Println(err != nil)

	fresh := made.Ping{Zen: "Less"}
	text, err := json.Marshal(fresh)
	fmt.Println(string(text), err)
	text, err = json.Marshal(made.IssuesClosed{})
	fmt.Println(string(text), err)
	var back made.Ping
	fmt.Println(json.Unmarshal([]byte(` + "`" + `{"zen":"More","extra":1}` + "`" + `), &back), back.Zen, back.Extra.UnknownNames())
}
`})
	run(t, dir, "vet", "./...")
	got := run(t, dir, "run", ".")
	want := `Leak false 1.10
team of 0
 false true true
2026-11-27T10:00:00Z <nil>
true <nil>
{"action":"opened","issue":{"state":"closed","title":"Leaks","body":null,"owner":"ann","weight":1.10,"labels":["a",7],"locked":"no","created_at":"2026-11-27 10:00:00 UTC","new":{"x":[1e2]}},"sender":{"type":"user","id":1,"login":"ann","email":null,"manager":{"type":"user","id":2,"login":"bob"}}} <nil>
any action: opened
any action: closed
unknown: fork 
/issue/state enum ajar
/issue/labels/1 type number
/issue/locked type string
/issue/new unknown object
<nil> <nil>
true
{"zen":"Less"} <nil>
{"action":"closed","issue":{"state":"","title":"","body":null,"owner":null,"labels":[],"locked":false,"created_at":"0001-01-01T00:00:00Z"},"sender":{"type":"user","id":0,"login":""}} <nil>
<nil> More [extra]
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("printed (-want +got):\n%s", diff)
	}
}
