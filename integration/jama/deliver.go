package jama

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/describe"
	"github.com/plumbapi/plumb/integration/internal/upsert"
	"github.com/plumbapi/plumb/integration/message"
)

// found is an item as searches show it.
type found struct {
	ID          int
	DocumentKey string
	ItemType    int
	Fields      map[string]json.RawMessage
}

// search finds items whose text has a word of a mark. The index finds words in
// any field, and may lag behind by seconds, so each item is looked at again.
func (t *tracker) search(ctx context.Context, text string) ([]upsert.Object, error) {
	query := url.Values{"project": {strconv.Itoa(t.project)}, "itemType": {strconv.Itoa(t.kind)}, "contains": {text}, "sortBy": {"sequence.asc"}}
	items, err := list[found](ctx, t, "/abstractitems", query)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(items, func(a, b found) int { return a.ID - b.ID })
	var objects []upsert.Object
	for i := range items {
		if o, isOurs := t.object(&items[i]); isOurs {
			objects = append(objects, o)
		}
	}
	return objects, nil
}

func (t *tracker) object(i *found) (upsert.Object, bool) {
	var text string
	var status int
	_ = json.Unmarshal(i.Fields[t.field], &text)                      // what is no text is no mark
	_ = json.Unmarshal(i.Fields[t.c.Inputs["status_field"]], &status) // what is no number is no status
	m, isMark := upsert.ParseMark(text)
	if !isMark || i.ID == 0 || m.Product != upsert.MarkOf(t.d.Product, "", "").Product {
		return upsert.Object{}, false
	}
	name := t.options[status]
	o := upsert.Object{
		ID: strconv.Itoa(i.ID), Name: i.DocumentKey, URL: t.address(i.ID), Fingerprint: m.Fingerprint, Digest: m.Digest,
		Status: name, Declined: t.isDeclined(name),
	}
	o.Open = status != t.closed && !o.Declined
	if o.Status == "" {
		o.Status = "none"
	}
	return o, true
}

// address is where people read an item.
func (t *tracker) address(id int) string {
	return t.c.Inputs["url"] + "/perspective.req#/items/" + strconv.Itoa(id) + "?projectId=" + strconv.Itoa(t.project)
}

// Open implements upsert.Tracker.
func (t *tracker) Open(ctx context.Context) ([]upsert.Object, error) {
	all, err := t.All(ctx)
	return slices.DeleteFunc(all, func(o upsert.Object) bool { return !o.Open }), err
}

// All implements upsert.Lister.
func (t *tracker) All(ctx context.Context) ([]upsert.Object, error) {
	return t.search(ctx, strings.TrimSuffix(upsert.MarkPrefix(t.d.Product), ":"))
}

// Find implements upsert.Tracker.
func (t *tracker) Find(ctx context.Context, fingerprint string) (*upsert.Object, error) {
	items, err := t.search(ctx, upsert.MarkOf(t.d.Product, fingerprint, "").String())
	if err != nil {
		return nil, err
	}
	for i := len(items) - 1; i >= 0; i-- {
		if items[i].Fingerprint == fingerprint {
			return &items[i], nil
		}
	}
	return nil, nil
}

// mark is the mark of a group; without a digest it says that the item is not
// finished.
func mark(g *message.Group, digest string) string {
	return upsert.MarkOf(g.Product, g.Fingerprint, digest).String()
}

// Create implements upsert.Tracker. An item is traced before its mark is whole,
// so one whose trace was not made is finished by the next run.
func (t *tracker) Create(ctx context.Context, g *message.Group) (upsert.Object, error) {
	parent := map[string]int{"project": t.project}
	if t.parent != 0 {
		parent = map[string]int{"item": t.parent}
	}
	digest := g.Digest()
	if t.rule != 0 {
		digest = ""
	}
	body := map[string]any{
		"project": t.project, "itemType": t.kind, "location": map[string]any{"parent": parent},
		"fields": map[string]any{
			"name": name(g), "description": description(t.d, g), t.c.Inputs["status_field"]: t.open, t.field: mark(g, digest),
		},
	}
	var made struct {
		Meta struct{ ID int }
	}
	if err := t.call(ctx, http.MethodPost, "/items", body, &made); err != nil {
		return upsert.Object{}, err
	}
	if made.Meta.ID == 0 {
		return upsert.Object{}, t.c.Errorf(integration.Remote, 0, "look in Jama whether the item is there, and run it again", "what was created has no number")
	}
	id := strconv.Itoa(made.Meta.ID)
	o := upsert.Object{ID: id, Name: "item " + id, URL: t.address(made.Meta.ID), Fingerprint: g.Fingerprint, Digest: digest, Open: true, Status: t.options[t.open]}
	if t.rule == 0 {
		return o, nil
	}
	if err := t.trace(ctx, o); err != nil {
		return o, err
	}
	o.Digest = g.Digest()
	return o, t.patch(ctx, o, replace(t.field, mark(g, o.Digest)))
}

// trace relates an item to the one that states the rule, once.
func (t *tracker) trace(ctx context.Context, o upsert.Object) error {
	if t.rule == 0 {
		return nil
	}
	type relation struct{ ToItem int }
	relations, err := list[relation](ctx, t, "/items/"+o.ID+"/downstreamrelationships", nil)
	if err != nil || slices.Contains(relations, relation{t.rule}) {
		return err
	}
	from, err := strconv.Atoi(o.ID)
	if err != nil {
		return t.c.Errorf(integration.Remote, 0, "run it again", "an item has no number")
	}
	return t.call(ctx, http.MethodPost, "/relationships", map[string]int{"fromItem": from, "toItem": t.rule, "relationshipType": t.relation}, nil)
}

// operation is one step of a change, as JSON Patch (RFC 6902) has them.
type operation struct {
	Op    string `json:"op"`
	Path  string `json:"path"`
	Value any    `json:"value"`
}

func replace(field string, value any) operation {
	return operation{"replace", "/fields/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(field), value}
}

func (t *tracker) patch(ctx context.Context, o upsert.Object, operations ...operation) error {
	return t.call(ctx, http.MethodPatch, "/items/"+o.ID, operations, nil)
}

// Update implements upsert.Tracker.
func (t *tracker) Update(ctx context.Context, o upsert.Object, g *message.Group) (upsert.Object, error) {
	comment := describe.Changed(t.d, g)
	if o.Digest == "" { // it was never finished: there is nothing that has changed
		comment = nil
	}
	return t.write(ctx, o, g, comment)
}

// write makes an item say what the group is now, and comments on it.
func (t *tracker) write(ctx context.Context, o upsert.Object, g *message.Group, comment []describe.Block, more ...operation) (upsert.Object, error) {
	if err := t.trace(ctx, o); err != nil {
		return o, err
	}
	o.Digest = g.Digest()
	operations := append([]operation{replace("name", name(g)), replace("description", description(t.d, g)), replace(t.field, mark(g, o.Digest))}, more...)
	if err := t.patch(ctx, o, operations...); err != nil {
		return o, err
	}
	return o, t.say(ctx, o, comment)
}

// say comments on an item; nothing is said of nothing.
func (t *tracker) say(ctx context.Context, o upsert.Object, comment []describe.Block) error {
	if comment == nil {
		return nil
	}
	id, err := strconv.Atoi(o.ID)
	if err != nil {
		return t.c.Errorf(integration.Remote, 0, "run it again", "an item has no number")
	}
	return t.call(ctx, http.MethodPost, "/comments", map[string]any{
		"location": map[string]int{"item": id}, "body": map[string]string{"text": describe.HTML(comment)}, "commentType": "GENERAL",
	}, nil)
}

// Close implements upsert.Tracker.
func (t *tracker) Close(ctx context.Context, o upsert.Object) (upsert.Object, error) {
	if err := t.patch(ctx, o, replace(t.c.Inputs["status_field"], t.closed)); err != nil {
		return o, err
	}
	o.Open, o.Status = false, t.options[t.closed]
	return o, t.say(ctx, o, describe.Mended(t.d))
}

// Reopen implements upsert.Tracker.
func (t *tracker) Reopen(ctx context.Context, o upsert.Object, g *message.Group) (upsert.Object, error) {
	o.Open, o.Status = true, t.options[t.open]
	return t.write(ctx, o, g, describe.Again(t.d, g), replace(t.c.Inputs["status_field"], t.open))
}
