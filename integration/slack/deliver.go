package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/once"
	"github.com/plumbapi/plumb/integration/message"
)

// Deliver implements [integration.Tool].
//
// As a bot it looks for the message of the merge request, or of the same run of
// a branch, by the metadata that it puts on each; it edits that one, and posts
// one where there is none. Through a webhook it posts what the memory of
// deliveries does not know as told. Where nothing has changed it does nothing.
func (Tool) Deliver(ctx context.Context, c *integration.Client, d *integration.Delivery) (*integration.Receipt, error) {
	receipt := &integration.Receipt{Tool: manifest().Name}
	d = d.In(c.Inputs["language"])
	m := message.FromDelivery(d, message.Options{})
	s := &sending{c: c, d: d, turn: once.Of(c.Memory, manifest().Name, d, m), payload: Render(d, m, c.Inputs["interactive"] == "true")}
	s.mark = Mark{Series: once.Key(d), Delivery: d.ID, Digest: once.Digest(m)}
	var action *integration.Action
	var err error
	if byWebhook(c.Inputs) {
		action, err = s.webhook(ctx)
	} else {
		action, err = s.bot(ctx)
	}
	if action != nil {
		receipt.Actions = append(receipt.Actions, *action)
	}
	return receipt, err
}

// sending is one delivery.
type sending struct {
	c       *integration.Client
	d       *integration.Delivery
	turn    *once.Turn
	payload *Payload
	mark    Mark
}

func (s *sending) action(verb, object, link string) *integration.Action {
	return &integration.Action{Verb: verb, Object: object, URL: link, Fingerprints: []string{}}
}

// webhook posts through an incoming webhook. It answers "ok", or a word that
// says what is wrong, as plain text. Source:
// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/
func (s *sending) webhook(ctx context.Context) (*integration.Action, error) {
	const object = "the webhook's channel"
	if s.turn.Silent() != "" {
		return s.action("unchanged", object, ""), nil
	}
	var refused error
	for _, address := range secrets(s.c.Inputs, "webhook_url") {
		r := &integration.Request{Method: http.MethodPost, URL: address, Header: jsonHeader(""), Body: marshal(s.payload)}
		answer, err := s.c.Do(ctx, r)
		if err == nil {
			if string(answer.Body) != "ok" {
				return nil, s.c.Unexpected(r, answer, "it is not \"ok\"")
			}
			s.turn.Done()
			return s.action("posted", object, ""), nil
		}
		refused = s.explain(err, answer)
		if !isKind(refused, integration.Auth) {
			return nil, refused
		}
	}
	if refused == nil {
		refused = s.c.Errorf(integration.Config, 0, "set SLACK_BOT_TOKEN and SLACK_CHANNEL, or SLACK_WEBHOOK_URL", "there is nothing to post with")
	}
	return nil, refused
}

// secrets are the values of a secret and of the one that is to follow it.
func secrets(in integration.Inputs, name string) []string {
	return slices.DeleteFunc([]string{in[name], in[name+"_next"]}, func(s string) bool { return s == "" })
}

func jsonHeader(token string) http.Header {
	h := http.Header{"Content-Type": {"application/json; charset=utf-8"}}
	if token != "" {
		h.Set("Authorization", "Bearer "+token)
	}
	return h
}

// channelID is what the Web API takes everywhere; names are taken by
// chat.postMessage only.
var channelID = regexp.MustCompile(`^[CGD][A-Z0-9]{6,20}$`)

// bot posts or edits the message as a bot, with the first token that is not
// refused.
func (s *sending) bot(ctx context.Context) (*integration.Action, error) {
	channel := s.c.Inputs["channel"]
	switch {
	case s.c.Inputs["token"] == "":
		return nil, s.c.Errorf(integration.Config, 0, "set SLACK_BOT_TOKEN and SLACK_CHANNEL, or SLACK_WEBHOOK_URL", "there is nothing to post with")
	case !channelID.MatchString(channel):
		return nil, s.c.Errorf(integration.Config, 0, "give the ID, such as C0123456789: it is at the end of the channel's details in Slack", "SLACK_CHANNEL %q is no ID of a channel", channel)
	}
	var action *integration.Action
	var err error
	for _, token := range secrets(s.c.Inputs, "token") {
		if action, err = s.asBot(ctx, token, channel); !isKind(err, integration.Auth) {
			break
		}
	}
	return action, err
}

func isKind(err error, kind integration.Kind) bool {
	var e *integration.Error
	return errors.As(err, &e) && e.Kind == kind
}

func (s *sending) asBot(ctx context.Context, token, channel string) (*integration.Action, error) {
	known, err := s.find(ctx, token, channel)
	if err != nil {
		return nil, err
	}
	p := *s.payload
	p.Channel, p.Metadata = channel, &Metadata{EventType: eventType, EventPayload: s.mark}
	object := "a message in " + channel
	switch {
	case known != nil && known.mark.Digest == s.mark.Digest:
		return s.action("unchanged", object, s.permalink(channel, known.ts)), nil
	case s.turn.Unchanged():
		return s.action("unchanged", object, ""), nil
	case known != nil:
		p.TS, p.UnfurlLinks, p.UnfurlMedia = known.ts, nil, nil // chat.update does not know them
		if _, err := s.call(ctx, token, "chat.update", marshal(p), true); err != nil {
			return nil, err
		}
		return s.action("updated", object, s.permalink(channel, known.ts)), nil
	}
	ts, err := s.post(ctx, token, channel, &p)
	if err != nil {
		return nil, err
	}
	return s.action("posted", object, s.permalink(channel, ts)), nil
}

// post posts a new message. Where the answer is lost it looks whether the
// message is there before it tries once more.
func (s *sending) post(ctx context.Context, token, channel string, p *Payload) (string, error) {
	for again := false; ; again = true {
		answer, err := s.call(ctx, token, "chat.postMessage", marshal(p), false)
		if err == nil {
			return answer.TS, nil
		}
		var e *integration.Error
		if again || ctx.Err() != nil || !errors.As(err, &e) || e.Kind != integration.Remote || e.Status == http.StatusTooManyRequests {
			return "", err
		}
		known, lookup := s.find(ctx, token, channel)
		if lookup != nil {
			return "", err
		}
		if known != nil && known.mark == s.mark {
			return known.ts, nil
		}
	}
}

// permalink is where a message is read by whoever is in one workspace only;
// Slack leads on to the right one.
func (s *sending) permalink(channel, ts string) string {
	u, err := url.Parse(s.c.Inputs["api_url"])
	if err != nil || u.Host != "slack.com" || ts == "" {
		return ""
	}
	return "https://slack.com/archives/" + channel + "/p" + digits(ts)
}

func digits(ts string) string {
	var b []byte
	for i := range len(ts) {
		if ts[i] >= '0' && ts[i] <= '9' {
			b = append(b, ts[i])
		}
	}
	return string(b)
}

// answer is what the Web API answers: always 200 with ok, but where it is too
// often (429).
type answer struct {
	OK       bool   `json:"ok"`
	Error    string `json:"error"`
	Needed   string `json:"needed"`
	TS       string `json:"ts"`
	Messages []struct {
		TS       string          `json:"ts"`
		Metadata json.RawMessage `json:"metadata"`
	} `json:"messages"`
	HasMore  bool `json:"has_more"`
	Metadata struct {
		NextCursor string `json:"next_cursor"`
	} `json:"response_metadata"`
}

// call calls a method with a body.
func (s *sending) call(ctx context.Context, token, method string, body []byte, repeatable bool) (*answer, error) {
	return s.do(ctx, &integration.Request{Method: http.MethodPost, URL: s.c.Inputs["api_url"] + "/" + method, Header: jsonHeader(token), Body: body, Repeatable: repeatable})
}

func (s *sending) do(ctx context.Context, r *integration.Request) (*answer, error) {
	response, err := s.c.Do(ctx, r)
	if err != nil {
		return nil, s.explain(err, response)
	}
	var a answer
	if err := s.c.JSON(r, response, &a); err != nil {
		return nil, err
	}
	if !a.OK {
		return nil, s.refusal(a.Error, a.Needed, response.Status)
	}
	return &a, nil
}

// How far back the history is searched.
const (
	pages    = 5
	pageSize = 100
	lookBack = 30 * 24 * time.Hour
)

// found is a message of an earlier delivery.
type found struct {
	ts   string
	mark Mark
}

// find looks for the message that this delivery belongs to, the latest first:
// that of the merge request, or that of the same run. Source:
// https://docs.slack.dev/reference/methods/conversations.history/
func (s *sending) find(ctx context.Context, token, channel string) (*found, error) {
	query := url.Values{"channel": {channel}, "limit": {strconv.Itoa(pageSize)}, "include_all_metadata": {"true"}}
	if !s.d.At.IsZero() {
		query.Set("oldest", strconv.FormatInt(s.d.At.Add(-lookBack).Unix(), 10))
	}
	for range pages {
		a, err := s.do(ctx, &integration.Request{Method: http.MethodGet, URL: s.c.Inputs["api_url"] + "/conversations.history?" + query.Encode(), Header: http.Header{"Authorization": {"Bearer " + token}}})
		if err != nil {
			return nil, err
		}
		for _, m := range a.Messages {
			var meta Metadata
			if len(m.Metadata) == 0 || json.Unmarshal(m.Metadata, &meta) != nil || meta.EventType != eventType {
				continue
			}
			if mark := meta.EventPayload; mark.Series == s.mark.Series && (s.d.Change != 0 || mark.Delivery == s.mark.Delivery) {
				return &found{ts: m.TS, mark: mark}, nil
			}
		}
		if !a.HasMore || a.Metadata.NextCursor == "" {
			break
		}
		query.Set("cursor", a.Metadata.NextCursor)
	}
	return nil, nil
}

// explain turns the answer of a webhook, or of a method that answers with a
// status, into an error that says what to do.
func (s *sending) explain(err error, response *integration.Response) error {
	if response == nil {
		return err
	}
	word := string(response.Body)
	if a := new(answer); json.Unmarshal(response.Body, a) == nil {
		word = a.Error
	}
	if _, known := refusals[word]; known {
		return s.refusal(word, "", response.Status)
	}
	if response.Status == http.StatusForbidden { // whatever the answer asks to wait for
		return s.c.Errorf(integration.Auth, response.Status, "copy the token or the webhook's address again; an administrator of the workspace must let the app post there", "Slack answers 403 Forbidden")
	}
	return err
}

// refusal is the error of what Slack says.
func (s *sending) refusal(word, needed string, status int) error {
	known, ok := refusals[word]
	if !ok {
		known = hint{integration.Remote, "look the word up in Slack's documentation of the method, and try again later"}
	}
	text := fmt.Sprintf("Slack says %.100q", word)
	if needed != "" {
		text += fmt.Sprintf(", and that the scope %.100q is missing", needed)
	}
	return s.c.Errorf(known.kind, status, known.text, "%s", text)
}

type hint struct {
	kind integration.Kind
	text string
}

// refusals are the words that Slack says no with. Sources: the tables of errors
// at https://docs.slack.dev/reference/methods/chat.postMessage/ and the pages of
// the other methods, and of incoming webhooks.
var refusals = map[string]hint{
	"invalid_auth":                      {integration.Auth, "copy the bot token (xoxb-…) from the app's page OAuth & Permissions into SLACK_BOT_TOKEN"},
	"not_authed":                        {integration.Auth, "set SLACK_BOT_TOKEN"},
	"account_inactive":                  {integration.Auth, "install the app again, and set its new token as SLACK_BOT_TOKEN"},
	"token_revoked":                     {integration.Auth, "install the app again, and set its new token as SLACK_BOT_TOKEN"},
	"token_expired":                     {integration.Auth, "set the token that followed it as SLACK_BOT_TOKEN"},
	"missing_scope":                     {integration.Auth, "add the scopes chat:write and channels:history (groups:history for a private channel) to the app and install it again"},
	"not_allowed_token_type":            {integration.Auth, "use a bot token, xoxb-…"},
	"restricted_action":                 {integration.Auth, "an administrator of the workspace must let the app post there"},
	"no_permission":                     {integration.Auth, "invite the app to the channel: /invite @app"},
	"access_denied":                     {integration.Auth, "an administrator of the workspace must let the app post there"},
	"no_service":                        {integration.Auth, "the webhook is switched off: make a new one and set it as SLACK_WEBHOOK_URL"},
	"no_service_id":                     {integration.Auth, "the webhook's address is not whole: copy it again into SLACK_WEBHOOK_URL"},
	"no_team":                           {integration.Auth, "the webhook's address is wrong: copy it again into SLACK_WEBHOOK_URL"},
	"invalid_token":                     {integration.Auth, "the webhook's address is wrong or was revoked: copy it again into SLACK_WEBHOOK_URL"},
	"action_prohibited":                 {integration.Auth, "an administrator of the workspace must let webhooks post there"},
	"posting_to_general_channel_denied": {integration.Auth, "choose another channel, or ask an administrator"},
	"channel_not_found":                 {integration.Config, "check the ID in SLACK_CHANNEL; to a private channel the app must be invited: /invite @app"},
	"not_in_channel":                    {integration.Config, "invite the app to the channel: /invite @app"},
	"is_archived":                       {integration.Config, "choose a channel that is not archived"},
	"channel_is_archived":               {integration.Config, "make a webhook for a channel that is not archived"},
	"cant_update_message":               {integration.Config, "use the token of the app that posted the message, or delete the message"},
	"edit_window_closed":                {integration.Config, "an administrator has bounded how long messages may be edited; delete the message to begin a new one"},
	"message_not_found":                 {integration.Remote, "the message was deleted meanwhile: run it again"},
	"invalid_blocks":                    {integration.Limit, "Slack takes less than it says: report what --dry-run shows"},
	"invalid_payload":                   {integration.Limit, "Slack takes less than it says: report what --dry-run shows"},
	"msg_blocks_too_long":               {integration.Limit, "Slack takes less than it says: report what --dry-run shows"},
	"msg_too_long":                      {integration.Limit, "Slack takes less than it says: report what --dry-run shows"},
	"too_many_attachments":              {integration.Limit, "Slack takes less than it says: report what --dry-run shows"},
	"rate_limited":                      {integration.Limit, "Slack takes about one message a second in a channel: try again later"},
	"ratelimited":                       {integration.Limit, "Slack takes about one message a second in a channel: try again later"},
	"message_limit_exceeded":            {integration.Limit, "the workspace has sent all the messages that its plan allows"},
}
