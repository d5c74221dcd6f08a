package teams

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/once"
	"github.com/plumbapi/plumb/integration/message"
)

// Deliver implements [integration.Tool]. It posts one message, and none where
// the memory of deliveries knows that it was told or nothing has changed. A
// request whose answer is lost is not repeated: it would be shown twice.
func (Tool) Deliver(ctx context.Context, c *integration.Client, d *integration.Delivery) (*integration.Receipt, error) {
	receipt := &integration.Receipt{Tool: manifest().Name}
	d = d.In(c.Inputs["language"])
	m := message.FromDelivery(d, message.Options{})
	turn := once.Of(c.Memory, manifest().Name, d, m)
	if turn.Silent() != "" {
		receipt.Actions = append(receipt.Actions, integration.Action{Verb: "unchanged", Object: channel, Fingerprints: []string{}})
		return receipt, nil
	}
	content := body(Render(m), c.Inputs["edition"])
	var refused error
	for _, address := range []string{c.Inputs["webhook_url"], c.Inputs["webhook_url_next"]} {
		if address == "" {
			continue
		}
		action, err := send(ctx, c, address, content)
		if err == nil {
			turn.Done()
			receipt.Actions = append(receipt.Actions, *action)
			return receipt, nil
		}
		refused = err
		var e *integration.Error
		if !errors.As(err, &e) || e.Kind != integration.Auth && e.Status != http.StatusNotFound {
			break
		}
	}
	if refused == nil {
		refused = c.Errorf(integration.Config, 0, "set TEAMS_WEBHOOK_URL", "there is no address to post to")
	}
	return receipt, refused
}

// channel is what a receipt calls the place that a workflow posts to.
const channel = "the workflow's channel"

// send makes one request.
func send(ctx context.Context, c *integration.Client, address string, body []byte) (*integration.Action, error) {
	if problem, hint := judge(address, c.Inputs["host"]); problem != "" {
		return nil, c.Errorf(integration.Config, 0, hint, "%s", problem)
	}
	r := &integration.Request{Method: http.MethodPost, URL: address, Header: http.Header{"Content-Type": {"application/json; charset=utf-8"}}, Body: body}
	answer, err := c.Do(ctx, r)
	if err != nil {
		return nil, explain(c, err, answer)
	}
	if answer.Status != http.StatusAccepted && answer.Status != http.StatusOK || len(answer.Body) > 0 && answer.Status == http.StatusOK && string(answer.Body) != "1" {
		return nil, c.Unexpected(r, answer, "a workflow answers 202 without a body")
	}
	return &integration.Action{Verb: "posted", Object: accepted(answer.Header), Fingerprints: []string{}}, nil
}

// runID is how a workflow names its runs.
var runID = regexp.MustCompile(`^[A-Za-z0-9]{8,64}$`)

// accepted says what is known of a message: that the workflow took it.
func accepted(header http.Header) string {
	if id := header.Get("X-Ms-Workflow-Run-Id"); runID.MatchString(id) {
		return channel + " (accepted as run " + id + "; its history says whether it was shown)"
	}
	return channel + " (accepted; the workflow's history says whether it was shown)"
}

// explain adds to an error what the codes of workflows mean. Source:
// https://learn.microsoft.com/azure/logic-apps/logic-apps-http-endpoint
func explain(c *integration.Client, err error, answer *integration.Response) error {
	var e *integration.Error
	if answer == nil || !errors.As(err, &e) {
		return err
	}
	if e.Status == http.StatusForbidden { // whatever the answer asks to wait for
		err = c.Errorf(integration.Auth, e.Status, "copy the workflow's address again into TEAMS_WEBHOOK_URL, and see whether the flow may be called by anyone", "%s", e.Text)
	}
	var said struct {
		Error struct {
			Code string `json:"code"`
		} `json:"error"`
	}
	if json.Unmarshal(answer.Body, &said) != nil {
		return err
	}
	known, ok := codes[said.Error.Code]
	if !ok {
		return err
	}
	return c.Errorf(known.kind, e.Status, known.hint, "the workflow says %.100q", said.Error.Code)
}

var codes = map[string]struct {
	kind integration.Kind
	hint string
}{
	"DirectApiAuthorizationRequired":      {integration.Auth, "the address is not whole: copy it again, with sig=, into TEAMS_WEBHOOK_URL"},
	"DirectApiInvalidAuthorizationScheme": {integration.Auth, "let the workflow's trigger be called by anyone"},
	"AuthorizationFailed":                 {integration.Auth, "the signature is not valid: copy the workflow's address again into TEAMS_WEBHOOK_URL"},
	"WorkflowNotFound":                    {integration.Config, "the workflow was deleted: make a new one and set its address as TEAMS_WEBHOOK_URL"},
	"WorkflowTriggerIsNotEnabled":         {integration.Config, "the workflow is switched off: turn it on in Power Automate; flows of an owner who has left are switched off"},
	"TriggerInputSchemaMismatch":          {integration.Config, "the workflow takes something else: set TEAMS_EDITION to what its trigger expects, message or card"},
	"TriggerRequestContentTooLarge":       {integration.Limit, "Teams takes less than it says: report what --dry-run shows"},
}
