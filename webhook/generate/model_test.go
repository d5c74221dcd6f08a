package generate_test

import "github.com/plumbapi/plumb/webhook"

// tracker is the model of a small product with everything that a model can
// hold.
func tracker() *webhook.Model {
	str := &webhook.Type{Kind: webhook.String}
	state := &webhook.Type{
		Kind: webhook.Enum, Name: "IssueState", Description: "Whether work is left to do.",
		Values: []webhook.Value{{Text: "open", GoName: "Open"}, {Text: "closed", GoName: "Closed"}},
	}
	user := &webhook.Type{Kind: webhook.Object, Name: "User", Description: "A person, or a robot that acts for one.", Open: true}
	team := &webhook.Type{Kind: webhook.Object, Name: "Team", Fields: []*webhook.Field{
		{Name: "type", GoName: "Type", Type: str, Const: `"team"`},
		{Name: "members", GoName: "Members", Type: list(user)},
	}}
	user.Fields = []*webhook.Field{
		{Name: "type", GoName: "Type", Type: str, Const: `"user"`},
		{Name: "id", GoName: "ID", Type: kind(webhook.Integer)},
		{Name: "login", GoName: "Login", Type: str, Description: "The name that the user goes by."},
		{
			Name: "email", GoName: "Email", Type: str, Optional: true, Nullable: true,
			Description: "Where mail to the user goes. It is absent where the user has not said so, and null where the user has said that there is none.",
		},
		{Name: "manager", GoName: "Manager", Type: user, Optional: true, Recursive: true},
	}
	owner := &webhook.Type{
		Kind: webhook.Union, Name: "Owner", Discriminator: "type",
		Variants: []*webhook.Variant{
			{Type: user, Tags: []string{"user"}},
			{Type: team, Tags: []string{"team"}},
			{Type: str},
			{Type: list(str)},
		},
	}
	issue := &webhook.Type{Kind: webhook.Object, Name: "Issue", Fields: []*webhook.Field{
		{Name: "state", GoName: "State", Type: state},
		{Name: "title", GoName: "Title", Type: str},
		{Name: "body", GoName: "Body", Type: str, Nullable: true},
		{Name: "owner", GoName: "Owner", Type: owner},
		{Name: "weight", GoName: "Weight", Type: kind(webhook.Number), Optional: true},
		{Name: "labels", GoName: "Labels", Type: list(str), Deprecated: true},
		{Name: "reviewers", GoName: "Reviewers", Type: &webhook.Type{Kind: webhook.List, Element: user, ElementNullable: true}, Optional: true},
		{Name: "properties", GoName: "Properties", Type: &webhook.Type{Kind: webhook.Map, Element: str}, Optional: true},
		{Name: "anything", GoName: "Anything", Type: kind(webhook.Any), Optional: true, Nullable: true},
		{Name: "locked", GoName: "Locked", Type: kind(webhook.Boolean)},
		{Name: "created_at", GoName: "CreatedAt", Type: kind(webhook.Time)},
	}}
	payload := func(name, action string) *webhook.Type {
		return &webhook.Type{Kind: webhook.Object, Name: name, Fields: []*webhook.Field{
			{Name: "action", GoName: "Action", Type: str, Const: `"` + action + `"`},
			{Name: "issue", GoName: "Issue", Type: issue},
			{Name: "sender", GoName: "Sender", Type: user},
		}}
	}
	opened, closed := payload("IssuesOpened", "opened"), payload("IssuesClosed", "closed")
	ping := &webhook.Type{Kind: webhook.Object, Name: "Ping", Fields: []*webhook.Field{{Name: "zen", GoName: "Zen", Type: str}}}
	return &webhook.Model{
		Name: "tracker", Title: "Tracker", Description: "What happens to issues.",
		Routing: webhook.Routing{EventHeader: "X-Tracker-Event", ActionPointers: []string{"/action"}, DeliveryHeader: "X-Tracker-Delivery"},
		Types:   []*webhook.Type{issue, closed, opened, state, owner, ping, team, user},
		Events: []*webhook.Event{
			{Name: "issues", Action: "closed", GoName: "IssuesClosed", Payload: closed, Summary: "An issue was closed"},
			{Name: "issues", Action: "opened", GoName: "IssuesOpened", Payload: opened},
			{Name: "ping", GoName: "Ping", Payload: ping},
		},
	}
}

func kind(k webhook.Kind) *webhook.Type { return &webhook.Type{Kind: k} }

func list(element *webhook.Type) *webhook.Type {
	return &webhook.Type{Kind: webhook.List, Element: element}
}
