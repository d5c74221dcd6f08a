package hook_test

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/webhook/hook"
)

// ReviewAsked is what generated code of an event looks like.
type ReviewAsked struct {
	Action    string
	ID        int64
	State     State
	Title     hook.Null[string]
	Author    Person
	Asked     hook.List[Person]
	Owner     hook.Opt[Owner]
	Labels    hook.OptNull[hook.Map[string]]
	Weight    hook.Opt[hook.Number]
	CreatedAt hook.Time
	Draft     bool
	Anything  hook.Opt[hook.Raw]
	Sizes     hook.Opt[hook.List[int64]]
	Grid      hook.Opt[hook.List[hook.List[int64]]]
	Before    hook.Opt[*ReviewAsked]
	hook.Extra
}

var reviewAskedTable = hook.NewTable("ReviewAsked", "action", "id", "state", "title", "author", "asked", "owner",
	"labels", "weight", "created_at", "draft", "anything", "sizes", "grid", "before").Const("action", `"asked"`)

func (v *ReviewAsked) HookFields(dst []any) []any {
	return append(dst, &v.Action, &v.ID, &v.State, &v.Title, &v.Author, &v.Asked, &v.Owner,
		&v.Labels, &v.Weight, &v.CreatedAt, &v.Draft, &v.Anything, &v.Sizes, &v.Grid, &v.Before)
}

func (*ReviewAsked) HookTable() *hook.Table            { return reviewAskedTable }
func (*ReviewAsked) HookEvent() (event, action string) { return "review", "asked" }
func (*ReviewAsked) HookNew() any                      { return new(ReviewAsked) }
func (v ReviewAsked) MarshalJSON() ([]byte, error)     { return hook.Marshal(&v) }
func (v *ReviewAsked) UnmarshalJSON(b []byte) error    { return hook.Unmarshal(b, v) }

type Person struct {
	Login string
	Email hook.OptNull[string]
	hook.Extra
}

var personTable = hook.NewTable("Person", "login", "email")

func (v *Person) HookFields(dst []any) []any { return append(dst, &v.Login, &v.Email) }

func (*Person) HookTable() *hook.Table         { return personTable }
func (*Person) isOwner()                       {}
func (v Person) MarshalJSON() ([]byte, error)  { return hook.Marshal(&v) }
func (v *Person) UnmarshalJSON(b []byte) error { return hook.Unmarshal(b, v) }

// State is an open enum.
type State string

const (
	StateOpen   State = "open"
	StateClosed State = "closed"
)

func (s State) Known() bool {
	switch s {
	case StateOpen, StateClosed:
		return true
	}
	return false
}

func (s *State) HookText() *string { return (*string)(s) }

// Owner is a union.
type Owner struct{ Value OwnerValue }

type OwnerValue interface{ isOwner() }

type OwnerText struct{ hook.Hold[string] }

type OwnerUnknown struct{ hook.Unknown }

func (*OwnerText) isOwner()    {}
func (*OwnerUnknown) isOwner() {}

func (v *Owner) HookPick(p hook.Peek) any {
	switch {
	case p.Has("login"):
		return hook.Pick[OwnerValue](&v.Value, new(Person))
	case p.Kind() == hook.JSONString:
		return hook.Pick[OwnerValue](&v.Value, new(OwnerText))
	}
	return hook.Pick[OwnerValue](&v.Value, new(OwnerUnknown))
}

func (v *Owner) HookValue() any               { return v.Value }
func (v Owner) MarshalJSON() ([]byte, error)  { return hook.Marshal(&v) }
func (v *Owner) UnmarshalJSON(b []byte) error { return hook.Unmarshal(b, v) }

func Example() {
	mux := hook.NewMux()
	hook.Handle(mux, "review", "asked", func(_ context.Context, d *hook.Delivery, e *ReviewAsked) error {
		fmt.Println(e.Author.Login, "asks for a review of", e.Title.Or("something"))
		if e.State == StateOpen {
			e.Title.Set("Pipes, again")
		}
		body, err := hook.Encode(d, e)
		fmt.Println(string(body))
		return err
	})
	mux.OnDrift(func(_ context.Context, _ *hook.Delivery, drifts []hook.Drift) error {
		for _, d := range drifts {
			fmt.Println("drift:", d)
		}
		return nil
	})

	routing := hook.Routing{EventPointers: []string{"/type"}, ActionPointers: []string{"/action"}}
	body := []byte(`{"type":"review","action":"asked","id":7,"state":"open","title":"Pipes",` +
		`"author":{"login":"ada","email":null},"asked":[],"created_at":"2026-02-03T10:00:00Z","draft":"no"}`)
	d := &hook.Delivery{Body: body}
	d.Event, d.Action = routing.Route(nil, body)
	if err := mux.Serve(context.Background(), d); err != nil {
		fmt.Println(err)
	}
	// Output:
	// drift: /type: string, of which the description knows nothing
	// drift: /draft: string instead of boolean
	// ada asks for a review of Pipes
	// {"action":"asked","id":7,"state":"open","title":"Pipes, again","author":{"login":"ada","email":null},"asked":[],"created_at":"2026-02-03T10:00:00Z","draft":"no","type":"review"}
}
