package webhook

import (
	"strings"

	"github.com/plumbapi/plumb/internal/form"
	"github.com/plumbapi/plumb/openapi"
)

// providerShape says what the file of a provider may hold.
func providerShape() *form.Shape {
	text := func(doc string) *form.Shape { return &form.Shape{Kind: form.Text, Doc: doc} }
	pointers := func(doc string) *form.Shape { return textsShape(doc, pointerProblem) }
	return &form.Shape{
		Kind: form.Mapping, Required: []string{"name"},
		Fields: []form.Field{
			{Key: "name", Shape: &form.Shape{Kind: form.Text, Doc: "The sender in one lowercase word.", Valid: nameProblem}},
			{Key: "title", Shape: text("What the sender is called.")},
			{Key: "docs", Shape: text("The address of the sender's pages on its webhooks.")},
			{Key: "routing", Shape: &form.Shape{Kind: form.Mapping, Doc: "How a delivery tells its event.", Fields: []form.Field{
				{Key: "event-header", Shape: text("The header with the name of the event.")},
				{Key: "event-pointers", Shape: pointers("JSON Pointers to members with the name of the event.")},
				{Key: "action-pointers", Shape: pointers("JSON Pointers to members with the action.")},
				{Key: "delivery-header", Shape: text("The header with the id that attempts of one delivery share.")},
				{Key: "delivery-pointers", Shape: pointers("JSON Pointers to members with that id.")},
			}}},
			{Key: "signatures", Shape: &form.Shape{Kind: form.List, Doc: "How deliveries are signed.", Item: &form.Shape{
				Kind: form.Mapping, Required: []string{"scheme", "header"}, Fields: []form.Field{
					{Key: "scheme", Shape: text("The name of the scheme.")},
					{Key: "header", Shape: text("The header that shows that the scheme is in use.")},
				},
			}}},
			{Key: "reading", Shape: readingShape()},
		},
	}
}

func readingShape() *form.Shape {
	text := func(doc string) *form.Shape { return &form.Shape{Kind: form.Text, Doc: doc} }
	pointer := func(doc string) *form.Shape { return &form.Shape{Kind: form.Text, Doc: doc, Valid: pointerProblem} }
	return &form.Shape{Kind: form.Mapping, Doc: "How the sender's description is read.", Fields: []form.Field{
		{Key: "extension", Shape: textsShape("The way to the name of the event in the operation of a webhook.", nil)},
		{Key: "rename", Shape: &form.Shape{Kind: form.Mapping, Doc: "Texts in names of events, and what deliveries have in their place.", Item: text("")}},
		{Key: "events", Shape: &form.Shape{Kind: form.Mapping, Doc: "The events of webhooks by their keys.", Item: &form.Shape{
			Kind: form.Mapping, Required: []string{"event"}, Fields: []form.Field{
				{Key: "event", Shape: text("The name of the event.")},
				{Key: "action", Shape: text("Its action.")},
			},
		}}},
		{Key: "split", Shape: &form.Shape{Kind: form.Bool, Doc: "Whether each action is a type of its own where only payloads are known."}},
		{Key: "envelope", Shape: &form.Shape{
			Kind: form.Mapping, Doc: "Where events are described by one schema and a list of names.", Required: []string{"schema", "names", "event"},
			Fields: []form.Field{
				{Key: "schema", Shape: pointer("A JSON Pointer to the schema of all payloads.")},
				{Key: "names", Shape: textsShape("JSON Pointers to enums of names of events.", pointerProblem)},
				{Key: "event", Shape: pointer("A JSON Pointer into payloads to the name of the event.")},
				{Key: "object", Shape: pointer("A JSON Pointer into payloads to the member that differs by event.")},
				{Key: "objects", Shape: &form.Shape{Kind: form.Mapping, Doc: "What events are about whose names do not say it.", Item: text("")}},
				{Key: "kind", Shape: text("The member of that whose value begins the name of the event.")},
			},
		}},
	}}
}

func pointerProblem(text string) string {
	if _, err := openapi.ParsePointer(text); err != nil {
		return "is no JSON Pointer"
	}
	return ""
}

func nameProblem(text string) string {
	if text == "" || strings.Trim(text, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
		return "is not one lowercase word"
	}
	return ""
}

func textsShape(doc string, valid func(string) string) *form.Shape {
	return &form.Shape{Kind: form.Texts, Doc: doc, Item: &form.Shape{Kind: form.Text, Valid: valid}}
}
