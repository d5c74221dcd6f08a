package gitlab

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/phrase"
	"github.com/plumbapi/plumb/integration/internal/upsert"
	"github.com/plumbapi/plumb/integration/message"
)

// issues are the issues of a project as upsert sees them.
type issues struct {
	api *api
	d   *integration.Delivery
}

type issueEntry struct {
	IID         int    `json:"iid"`
	State       string `json:"state"`
	Description string `json:"description"`
	WebURL      string `json:"web_url"`
}

// object reads an issue; it reports false where it is none of ours.
func (t *issues) object(e issueEntry) (upsert.Object, bool) {
	mark := issueMark.FindStringSubmatch(e.Description)
	if mark == nil || mark[1] != product(t.d.Product) {
		return upsert.Object{}, false
	}
	id := strconv.Itoa(e.IID)
	return upsert.Object{ID: id, Name: "#" + id, URL: e.WebURL, Fingerprint: mark[2], Digest: mark[3], Open: e.State == "opened"}, true
}

func (t *issues) label() string { return t.api.client.Inputs["label"] }

// list reads issues, the oldest first.
func (t *issues) list(ctx context.Context, query url.Values) ([]upsert.Object, error) {
	query.Set("labels", t.label())
	query.Set("order_by", "created_at")
	query.Set("sort", "asc")
	var all []upsert.Object
	err := pages(ctx, t.api, "/issues", query, func(entries []issueEntry) {
		for _, e := range entries {
			if o, ok := t.object(e); ok {
				all = append(all, o)
			}
		}
	})
	return all, err
}

// Open implements upsert.Tracker.
func (t *issues) Open(ctx context.Context) ([]upsert.Object, error) {
	return t.list(ctx, url.Values{"state": {"opened"}})
}

// Find implements upsert.Tracker.
func (t *issues) Find(ctx context.Context, fingerprint string) (*upsert.Object, error) {
	all, err := t.list(ctx, url.Values{"search": {fingerprint}, "in": {"description"}, "state": {"all"}})
	if err != nil {
		return nil, err
	}
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Fingerprint == fingerprint {
			return &all[i], nil
		}
	}
	return nil, nil
}

// Create implements upsert.Tracker.
func (t *issues) Create(ctx context.Context, g *message.Group) (upsert.Object, error) {
	return t.write(ctx, http.MethodPost, "/issues", issueOf(g, t.label()))
}

// Update implements upsert.Tracker. Labels are left as people have set them.
func (t *issues) Update(ctx context.Context, o upsert.Object, g *message.Group) (upsert.Object, error) {
	return t.write(ctx, http.MethodPut, "/issues/"+o.ID, issueOf(g, ""))
}

// Close implements upsert.Tracker.
func (t *issues) Close(ctx context.Context, o upsert.Object) (upsert.Object, error) {
	closed, err := t.write(ctx, http.MethodPut, "/issues/"+o.ID, map[string]string{"state_event": "close"})
	if err != nil {
		return closed, err
	}
	m := message.FromDelivery(t.d, message.Options{}).Trim(0)
	m.Headline, m.Sections, m.Verdict = phrase.Of(t.d.Language).Say(phrase.AllMended), nil, message.Passed
	_, err = t.api.call(ctx, http.MethodPost, "/issues/"+o.ID+"/notes", map[string]string{"body": m.Markdown()}, nil)
	return closed, err
}

// Reopen implements upsert.Tracker.
func (t *issues) Reopen(ctx context.Context, o upsert.Object, g *message.Group) (upsert.Object, error) {
	i := issueOf(g, "")
	i.StateEvent = "reopen"
	return t.write(ctx, http.MethodPut, "/issues/"+o.ID, i)
}

func (t *issues) write(ctx context.Context, method, path string, in any) (upsert.Object, error) {
	var e issueEntry
	if _, err := t.api.call(ctx, method, path, in, &e); err != nil {
		return upsert.Object{}, err
	}
	id := strconv.Itoa(e.IID)
	return upsert.Object{ID: id, Name: "#" + id, URL: e.WebURL, Open: e.State == "opened"}, nil
}
