package rally

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/describe"
	"github.com/plumbapi/plumb/integration/internal/upsert"
	"github.com/plumbapi/plumb/integration/message"
)

// A change that somebody else gets in the way of is made again, as often as
// conflicts, after a wait.
const (
	conflicts    = 3
	conflictWait = time.Second
)

// pageSize is how many defects are asked for at a time, of which Rally gives at
// most 2,000; pages bounds how often it is asked.
const (
	pageSize = 200
	pages    = 50
)

// search finds the defects of this product that a query finds, the oldest
// first. Queries have two conditions to a pair of parentheses.
// Source: https://knowledge.broadcom.com/external/article/47778/how-to-page-in-rally-ws-api-if-totalresu.html
func (t *tracker) search(ctx context.Context, query string) ([]upsert.Object, error) {
	var objects []upsert.Object
	seen := 0
	for range pages {
		values := url.Values{
			"query": {query}, "fetch": {"ObjectID,FormattedID,State,Resolution," + t.field}, "order": {"ObjectID ASC"},
			"pagesize": {strconv.Itoa(pageSize)}, "start": {strconv.Itoa(seen + 1)},
			"workspace": {t.workspace}, "project": {t.project}, "projectScopeUp": {"false"}, "projectScopeDown": {"true"},
		}
		page, err := t.call(ctx, http.MethodGet, "/defect", values, nil, "QueryResult")
		if err != nil {
			return nil, err
		}
		for i := range page.Results {
			if o, isOurs := t.object(&page.Results[i]); isOurs {
				objects = append(objects, o)
			}
		}
		if seen += len(page.Results); len(page.Results) == 0 || seen >= page.TotalResultCount {
			return objects, nil
		}
	}
	return nil, t.c.Errorf(integration.Limit, 0, "give each product a project of its own", "there are more than %d defects of plumb", pages*pageSize)
}

// object makes an object of a defect that has the mark of the product.
func (t *tracker) object(r *defectRow) (upsert.Object, bool) {
	m, isMark := upsert.ParseMark(r.mark)
	if !isMark || r.ObjectID == 0 || m.Product != upsert.MarkOf(t.d.Product, "", "").Product {
		return upsert.Object{}, false
	}
	id := strconv.FormatInt(r.ObjectID, 10)
	o := upsert.Object{
		ID: id, Name: r.FormattedID, URL: t.c.Inputs["url"] + "/#/detail/defect/" + id,
		Fingerprint: m.Fingerprint, Digest: m.Digest, Status: r.State,
		Open: r.State != t.c.Inputs["closed_state"] && r.State != "Closed",
	}
	if !o.Open && t.isDeclined(r.Resolution) {
		o.Declined, o.Status = true, r.Resolution
	}
	return o, true
}

// Open implements upsert.Tracker.
func (t *tracker) Open(ctx context.Context) ([]upsert.Object, error) {
	all, err := t.All(ctx)
	return slices.DeleteFunc(all, func(o upsert.Object) bool { return !o.Open }), err
}

// All implements upsert.Lister.
func (t *tracker) All(ctx context.Context) ([]upsert.Object, error) {
	return t.search(ctx, "("+t.field+" contains "+quote(upsert.MarkPrefix(t.d.Product))+")")
}

// Find implements upsert.Tracker.
func (t *tracker) Find(ctx context.Context, fingerprint string) (*upsert.Object, error) {
	found, err := t.search(ctx, "("+t.field+" contains "+quote(upsert.MarkOf(t.d.Product, fingerprint, "").String())+")")
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[len(found)-1], nil
}

// fields are the attributes that say what a group is.
func (t *tracker) fields(g *message.Group) map[string]string {
	return map[string]string{
		"Name": name(g), "Description": description(t.d, g),
		t.field: upsert.MarkOf(g.Product, g.Fingerprint, g.Digest()).String(),
	}
}

// Create implements upsert.Tracker.
func (t *tracker) Create(ctx context.Context, g *message.Group) (upsert.Object, error) {
	fields := t.fields(g)
	fields["Project"], fields["State"] = t.project, t.c.Inputs["open_state"]
	result, err := t.call(ctx, http.MethodPost, "/defect/create", t.query(), map[string]any{"Defect": fields}, "CreateResult")
	if err != nil {
		return upsert.Object{}, err
	}
	if result.Object == nil || result.Object.ObjectID == 0 {
		return upsert.Object{}, t.c.Errorf(integration.Remote, 0, "look in Rally whether the defect is there, and run it again", "what was created has no number")
	}
	row := *result.Object
	row.mark = fields[t.field]
	if row.State == "" {
		row.State = fields["State"]
	}
	o, _ := t.object(&row)
	return o, nil
}

func (t *tracker) query() url.Values {
	return url.Values{"workspace": {t.workspace}, "fetch": {"ObjectID,FormattedID,State,Resolution"}}
}

// Update implements upsert.Tracker.
func (t *tracker) Update(ctx context.Context, o upsert.Object, g *message.Group) (upsert.Object, error) {
	return t.write(ctx, o, t.fields(g), describe.Changed(t.d, g))
}

// write changes attributes, and says why in the discussion.
func (t *tracker) write(ctx context.Context, o upsert.Object, fields map[string]string, comment []describe.Block) (upsert.Object, error) {
	if _, err := t.call(ctx, http.MethodPost, "/defect/"+o.ID, t.query(), map[string]any{"Defect": fields}, "OperationResult"); err != nil {
		return o, err
	}
	post := map[string]string{"Artifact": "/defect/" + o.ID, "Text": describe.HTML(comment)}
	_, err := t.call(ctx, http.MethodPost, "/conversationpost/create", url.Values{"workspace": {t.workspace}}, map[string]any{"ConversationPost": post}, "CreateResult")
	return o, err
}

// Close implements upsert.Tracker.
func (t *tracker) Close(ctx context.Context, o upsert.Object) (upsert.Object, error) {
	fields := map[string]string{"State": t.c.Inputs["closed_state"]}
	if resolution := t.c.Inputs["resolution"]; resolution != "" {
		fields["Resolution"] = resolution
	}
	o.Open, o.Status = false, fields["State"]
	return t.write(ctx, o, fields, describe.Mended(t.d))
}

// Reopen implements upsert.Tracker.
func (t *tracker) Reopen(ctx context.Context, o upsert.Object, g *message.Group) (upsert.Object, error) {
	fields := t.fields(g)
	fields["State"] = t.c.Inputs["open_state"]
	if t.c.Inputs["resolution"] != "" {
		fields["Resolution"] = "None"
	}
	o.Open, o.Status = true, fields["State"]
	return t.write(ctx, o, fields, describe.Again(t.d, g))
}
