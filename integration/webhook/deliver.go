package webhook

import (
	"context"
	"net/http"
	"net/netip"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/webhook/send"
	"github.com/plumbapi/plumb/webhook/signature"
)

// Deliver implements integration.Tool. The same delivery sends the same events
// under the same ids, so a receiver that keeps ids takes each once; every
// request may therefore be repeated.
func (Tool) Deliver(ctx context.Context, c *integration.Client, d *integration.Delivery) (*integration.Receipt, error) {
	d = d.In(c.Inputs["language"])
	receipt := &integration.Receipt{Tool: manifest().Name}
	if err := permitted(c); err != nil {
		return receipt, err
	}
	signer := signature.Standard(c.Inputs["secret"], c.Inputs["secret_next"])
	if err := signer.Err(); err != nil {
		return receipt, c.Errorf(integration.Config, 0, `set PLUMB_WEBHOOK_SECRET to "whsec_" and base64`, "the secret cannot be used: %v", err)
	}
	for _, e := range events(d) {
		if !wanted(c.Inputs["events"], e.kind) {
			continue
		}
		if err := post(ctx, c, signer, &e); err != nil {
			return receipt, err
		}
		action := integration.Action{Verb: "posted", Object: "event " + e.kind}
		if e.data.Finding != nil {
			action.Fingerprints = []string{e.data.Finding.Fingerprint}
		}
		receipt.Actions = append(receipt.Actions, action)
	}
	return receipt, nil
}

// permitted says whether the address is one that may be sent to. What its name
// resolves to is judged where the connection is made.
func permitted(c *integration.Client) error {
	var guard send.Guard
	if c.Inputs["private"] == "true" {
		guard = send.Guard{HTTP: true, Networks: []netip.Prefix{netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0")}}
	}
	if _, err := guard.Check(c.Inputs["url"]); err != nil {
		return c.Errorf(integration.Config, 0, "give an address with https on the internet, or set PLUMB_WEBHOOK_PRIVATE to true", "nothing is sent to %s: %v", c.Inputs["url"], err)
	}
	return nil
}

// wanted reports whether one of the patterns is for the event.
func wanted(patterns, kind string) bool {
	for p := range strings.SplitSeq(patterns, ",") {
		if ok, err := path.Match(strings.TrimSpace(p), kind); ok && err == nil {
			return true
		}
	}
	return false
}

func post(ctx context.Context, c *integration.Client, signer signature.Signer, e *event) error {
	contentType, value := e.body(c.Inputs["format"])
	body, err := integration.Encode(value)
	if err != nil {
		return c.Errorf(integration.Config, 0, "report this", "event %s cannot be written as JSON", e.kind)
	}
	r := &integration.Request{
		Method: http.MethodPost, URL: c.Inputs["url"], Header: http.Header{"Content-Type": {contentType}}, Body: body, Repeatable: true,
		Sign: func(header http.Header, now time.Time) error {
			header.Set("Webhook-Id", e.id)
			header.Set("Webhook-Timestamp", strconv.FormatInt(now.Unix(), 10))
			return signer.Sign(header, e.id, body, now)
		},
	}
	_, err = c.Do(ctx, r)
	return err
}
