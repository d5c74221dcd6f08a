package demo

import (
	"context"
	"encoding/json"
	"net/netip"
	"slices"
	"time"

	"github.com/plumbapi/plumb/webhook/send"
	"github.com/plumbapi/plumb/webhook/signature"
)

// newSender makes what delivers webhooks: signed, in their order, to this
// machine only.
func newSender(o Options) (*send.Sender, error) {
	options := send.Options{
		Now:     o.Now,
		Timeout: 5 * time.Second,
		Guard:   send.Guard{HTTP: true, Networks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}},
	}
	if o.Hooks != "" {
		options.Endpoints = []send.Endpoint{{
			ID: "site-office", URL: o.Hooks, Signer: signature.Standard(o.Secret), Ordered: true, EventHeader: "X-Gutter-Event",
		}}
	}
	return send.New(options)
}

// open opens an issue and tells those who want to know. Refused says why not.
func (p *Product) open(ctx context.Context, project, title, priority string) (i issue, refused string) {
	if priority == "" {
		priority = "normal"
	}
	switch {
	case title == "" || len(title) > 200:
		return i, "A title has 1 to 200 characters."
	case !slices.Contains([]string{"low", "normal", "high"}, priority):
		return i, "A priority is low, normal or high."
	}
	i = p.store.open(project, title, priority, p.clock())
	p.tell(ctx, "issueOpened", map[string]any{"issue": issueJSON(i), "sender": userJSON(i.Author)})
	return i, ""
}

// finish closes an issue. The flaws: what is sent of it has the weight that
// issues had before, and no priority.
func (p *Product) finish(ctx context.Context, id string) (issue, bool) {
	i, ok := p.store.close(id, p.clock())
	if ok {
		payload := issueJSON(i)
		payload["weight"] = i.Estimate
		payload["priority"] = nil
		p.tell(ctx, "issueClosed", map[string]any{"issue": payload, "sender": userJSON(i.Author)})
	}
	return i, ok
}

// remark writes a comment.
func (p *Product) remark(ctx context.Context, id, body string) (comment, bool) {
	c, ok := p.store.comment(id, body, p.clock())
	if ok {
		p.tell(ctx, "commentCreated", map[string]any{"issue_id": id, "comment": commentJSON(c)})
	}
	return c, ok
}

// tell hands an event to the sender, which keeps it until it is delivered.
func (p *Product) tell(ctx context.Context, event string, payload map[string]any) {
	body, err := json.Marshal(payload)
	if err != nil {
		return // there is nothing in it that JSON cannot say
	}
	// An outbox in memory takes everything until the end.
	_, _ = p.sender.Send(context.WithoutCancel(ctx), send.Message{Event: event, Body: body})
}
