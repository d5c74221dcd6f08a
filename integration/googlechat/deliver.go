package googlechat

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/once"
	"github.com/plumbapi/plumb/integration/message"
)

// Deliver implements [integration.Tool]. It posts one message, which Chat knows
// by the delivery's ID and what it says; and none where the memory of deliveries
// knows that it was told, or nothing has changed.
func (Tool) Deliver(ctx context.Context, c *integration.Client, d *integration.Delivery) (*integration.Receipt, error) {
	d = d.In(c.Inputs["language"])
	receipt := &integration.Receipt{Tool: manifest().Name}
	m := message.FromDelivery(d, message.Options{})
	turn := once.Of(c.Memory, manifest().Name, d, m)
	p := Render(d, m)
	if turn.Silent() != "" {
		receipt.Actions = append(receipt.Actions, integration.Action{Verb: "unchanged", Object: "thread " + p.Thread.ThreadKey, Fingerprints: []string{}})
		return receipt, nil
	}
	var refused error
	for _, address := range []string{c.Inputs["webhook_url"], c.Inputs["webhook_url_next"]} {
		if address == "" {
			continue
		}
		action, err := send(ctx, c, address, requestID(d, m), p)
		if err == nil {
			turn.Done()
			receipt.Actions = append(receipt.Actions, *action)
			return receipt, nil
		}
		refused = err
		var e *integration.Error
		if !errors.As(err, &e) || e.Kind != integration.Auth {
			break
		}
	}
	if refused == nil {
		refused = c.Errorf(integration.Config, 0, "set GOOGLE_CHAT_WEBHOOK_URL", "there is no address to post to")
	}
	return receipt, refused
}

// requestID names a request: a hash in the form of a UUID, equal for equal
// deliveries.
func requestID(d *integration.Delivery, m *message.Message) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %s", once.Key(d), d.ID, once.Digest(m)))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80 // version 8: of the maker's own (RFC 9562, 5.8)
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// target is the address of a request to a webhook.
func target(address, id string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || !strings.HasSuffix(u.Path, "/messages") {
		return "", errors.New("it is no address of a space's messages")
	}
	query := u.Query()
	if query.Get("key") == "" || query.Get("token") == "" {
		return "", errors.New("it has no key and token")
	}
	query.Set("requestId", id)
	query.Set("messageReplyOption", "REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD")
	u.RawQuery = query.Encode()
	return u.String(), nil
}

// send makes one request, which may be repeated.
func send(ctx context.Context, c *integration.Client, address, id string, p *Payload) (*integration.Action, error) {
	to, err := target(address, id)
	if err != nil {
		return nil, c.Errorf(integration.Config, 0, "copy the whole address from the space's menu: Apps & integrations, Webhooks", "GOOGLE_CHAT_WEBHOOK_URL: %v", err)
	}
	r := &integration.Request{Method: http.MethodPost, URL: to, Header: http.Header{"Content-Type": {"application/json; charset=utf-8"}}, Body: marshal(p), Repeatable: true}
	answer, err := c.Do(ctx, r)
	if err != nil {
		return nil, explain(c, err)
	}
	var made struct {
		Name   string `json:"name"`
		Thread struct {
			Name string `json:"name"`
		} `json:"thread"`
	}
	if err := c.JSON(r, answer, &made); err != nil {
		return nil, err
	}
	if !strings.HasPrefix(made.Name, "spaces/") {
		return nil, c.Unexpected(r, answer, "it has no name of a message")
	}
	return &integration.Action{Verb: "posted", Object: "a message in thread " + p.Thread.ThreadKey, Fingerprints: []string{}}, nil
}

// explain says of refusals what to do in Google Chat.
func explain(c *integration.Client, err error) error {
	var e *integration.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return c.Errorf(integration.Auth, e.Status, "copy the webhook's address again into GOOGLE_CHAT_WEBHOOK_URL; an administrator may have switched webhooks off", "%s", e.Text)
	case http.StatusNotFound:
		return c.Errorf(integration.Config, e.Status, "the space or its webhook was deleted: make a new one and set its address as GOOGLE_CHAT_WEBHOOK_URL", "%s", e.Text)
	case http.StatusTooManyRequests:
		return c.Errorf(integration.Limit, e.Status, "a space takes one post a second of all apps together: try again later", "%s", e.Text)
	}
	return err
}
